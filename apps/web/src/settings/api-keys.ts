import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

/** A key for programs, without its secret. */
export type ApiKey = Schema<'ApiKeyDto'>;

/** What begins the keys of all of these queries. */
export const API_KEYS = ['api-keys'] as const;

/** Keys for programs, oldest first, page by page: the person's own, or those of all members. */
export const apiKeysQuery = (all: boolean) =>
  infiniteQueryOptions({
    queryKey: [...API_KEYS, all ? 'all' : 'own'],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(all && { all }), ...(pageParam !== '' && { cursor: pageParam }) };
      return answer(api.GET('/v1/api-keys', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
