import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

export type CauseCount = Schema<'CauseDto'>;
export type AttentionItem = Schema<'AttentionDto'>;

/** What waits for a person, by cause, the worst first. @param workspaceId only there; everywhere when left out */
export const causesOfQuery = (workspaceId: string | undefined) =>
  queryOptions({
    queryKey: ['attention', 'causes', workspaceId ?? 'all'],
    queryFn: ({ signal }) => answer(api.GET('/v1/support/causes', { params: { query: place(workspaceId) }, signal })),
  });

const PAGE = 10;

/** The publications of a cause, page by page, the newest change first. */
export const itemsQuery = (cause: CauseCount['cause'], workspaceId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['attention', 'publications', cause, workspaceId ?? 'all'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, cause, ...place(workspaceId), ...(pageParam !== '' && { cursor: pageParam }) };
      return answer(api.GET('/v1/support/publications', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

function place(workspaceId: string | undefined): { workspaceId?: string } {
  return workspaceId === undefined ? {} : { workspaceId };
}
