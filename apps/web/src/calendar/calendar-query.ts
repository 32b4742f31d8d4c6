import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { type CalendarEntry } from './groups.js';
import { type DayRange, instantsOf } from './range.js';

/** As many as the API gives at once. */
const PAGE = 1000;

/** All publications of a workspace that are due within a range of days of a zone. */
export function calendarQuery(workspaceId: string, range: DayRange, zone: string) {
  const { from, to } = instantsOf(range, zone);
  return queryOptions({
    queryKey: ['calendar', workspaceId, from, to],
    queryFn: ({ signal }) => loadAll(workspaceId, from, to, signal),
  });
}

/** Why a publication is held, and what to do; null when it is not any more. */
export const heldQuery = (publicationId: string) =>
  queryOptions({
    queryKey: ['publication', publicationId, 'held'],
    queryFn: async ({ signal }) => {
      const call = api.GET('/v1/publications/{id}', { params: { path: { id: publicationId } }, signal });
      return (await answer(call)).held ?? null;
    },
  });

async function loadAll(workspaceId: string, from: string, to: string, signal: AbortSignal): Promise<CalendarEntry[]> {
  const found: CalendarEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await answer(
      api.GET('/v1/workspaces/{id}/calendar', {
        params: { path: { id: workspaceId }, query: { from, to, limit: PAGE, ...(cursor && { cursor }) } },
        signal,
      }),
    );
    found.push(...page.data);
    cursor = page.next;
  } while (cursor);
  return found;
}
