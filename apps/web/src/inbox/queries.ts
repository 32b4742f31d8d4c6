import { infiniteQueryOptions, type InfiniteData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api, type Schema } from '../api/client.js';

/** A post whose approval waits. */
export type InboxItem = Schema<'InboxItemDto'>;
/** What became of one of several decisions. */
export type DecisionResult = Schema<'DecisionResultDto'>;
/** Whose: what waits for the person, or everything that waits. */
export type Whose = 'me' | 'anybody';

export interface InboxPage {
  data: InboxItem[];
  next?: string;
}

const PAGE = 20;
/** Not everything that waits is told live: people are given roles, and absences begin and end. */
const EVERY_MS = 30_000;

/** Posts whose approval waits, by when they are due. Looked at anew every half minute while the page is looked at. */
export const inboxQuery = (whose: Whose) =>
  infiniteQueryOptions({
    queryKey: ['approvals', whose],
    queryFn: ({ pageParam, signal }): Promise<InboxPage> =>
      answer(
        api.GET('/v1/approvals', {
          params: { query: { waitingFor: whose, limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
    staleTime: 0,
  });

/** How many posts wait for the person; 100 = or more. */
export const inboxCountQuery = queryOptions({
  queryKey: ['approvals', 'count'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/approvals/count', { signal }))).count,
  refetchInterval: EVERY_MS,
});

/** How many posts wait for the person; undefined until it is known. */
export function useInboxCount(): number | undefined {
  return useQuery(inboxCountQuery).data;
}

/** Takes what was decided out of the lists, and reads anew what a decision shows in. */
export function useDecided(): (postIds: readonly string[]) => void {
  const queryClient = useQueryClient();
  return useMemo(
    () => (postIds) => {
      const { queryKey } = inboxQuery('me');
      queryClient.setQueryData<InfiniteData<InboxPage, string>>(queryKey, (found) => found && without(found, postIds));
      for (const key of ['approvals', 'post', 'posts', 'publication', 'calendar', 'attention']) {
        void queryClient.invalidateQueries({ queryKey: [key] });
      }
    },
    [queryClient],
  );
}

function without(found: InfiniteData<InboxPage, string>, postIds: readonly string[]): InfiniteData<InboxPage, string> {
  const isLeft = ({ postId }: InboxItem) => !postIds.includes(postId);
  return { ...found, pages: found.pages.map((page) => ({ ...page, data: page.data.filter(isLeft) })) };
}

/** A decision, bound to what was looked at. */
export type Decision = Schema<'DecideOneDto'>;

/** Decides about several posts, each on its own. */
export async function decideMany(decisions: Decision[]): Promise<DecisionResult[]> {
  return (await answer(api.POST('/v1/approvals/decisions', { body: { decisions } }))).results;
}
