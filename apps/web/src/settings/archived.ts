import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { type Workspace } from '../api/queries.js';

const PAGE = 100;

/** The workspaces that were put away. */
export const archivedQuery = queryOptions({
  queryKey: ['archived-workspaces'],
  queryFn: async ({ signal }) => {
    const archived: Workspace[] = [];
    let cursor: string | undefined;
    do {
      const query = { archived: true, limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const page = await answer(api.GET('/v1/workspaces', { params: { query }, signal }));
      archived.push(...page.data.filter((workspace) => workspace.archived));
      cursor = page.next;
    } while (cursor !== undefined);
    return archived;
  },
});
