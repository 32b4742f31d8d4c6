import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

/** A key for programs, without its secret. */
export type ApiKey = Schema<'ApiKeyDto'>;

/** The signed-in person's keys, oldest first, page by page. */
export const apiKeysQuery = infiniteQueryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET('/v1/api-keys', { params: { query: pageParam === '' ? {} : { cursor: pageParam } }, signal })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
});
