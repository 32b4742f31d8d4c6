import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { type AuditFilter } from './search.js';

export type AuditEntry = Schema<'AuditEntryDto'>;

const PAGE = 50;

/** Who did what, the newest first, page by page. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'entries', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) };
      return answer(api.GET('/v1/audit-log', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** What can be done, in words. It changes with a new version of ClickPost alone. */
export const auditOperationsQuery = queryOptions({
  queryKey: ['audit', 'operations'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/audit-log/operations', { signal }))).data,
  staleTime: Number.POSITIVE_INFINITY,
});
