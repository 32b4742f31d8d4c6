import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';

const PAGE = 20;

/** What a post said before, newest first, page by page. Made anew with the post. */
export const revisionsQuery = (postId: string) =>
  infiniteQueryOptions({
    queryKey: ['post', postId, 'revisions'],
    queryFn: ({ signal, pageParam: cursor }) => {
      const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
      return answer(api.GET('/v1/posts/{id}/revisions', { params: { path: { id: postId }, query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

/** What differs between two revisions. They never change. */
export const changesQuery = (postId: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['changes', postId, from, to],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/posts/{id}/changes', { params: { path: { id: postId }, query: { from, to } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
