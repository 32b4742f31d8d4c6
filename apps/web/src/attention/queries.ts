import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { filterWith, type Understanding } from './find.js';

export type CauseCount = Schema<'CauseDto'>;
export type AttentionItem = Schema<'AttentionDto'>;
/** Which publications that need attention; what is left out stands for all. */
export type AttentionFilter = Schema<'AttentionFilterDto'>;

/** What waits for a person, by cause, the worst first. */
export const causesOfQuery = (filter: AttentionFilter) =>
  queryOptions({
    queryKey: ['attention', 'causes', filter],
    queryFn: ({ signal }) => answer(api.GET('/v1/support/causes', { params: { query: filter }, signal })),
  });

const PAGE = 10;

/** The publications of a cause, page by page, the newest change first. */
export const itemsQuery = (cause: CauseCount['cause'], filter: AttentionFilter) =>
  infiniteQueryOptions({
    queryKey: ['attention', 'publications', cause, filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: PAGE, cause, ...(pageParam !== '' && { cursor: pageParam }) };
      return answer(api.GET('/v1/support/publications', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** What a pasted text is: the first of its understandings that finds anything, else the last one. */
export const understoodQuery = (find: string, understandings: readonly Understanding[], filter: AttentionFilter) =>
  queryOptions({
    queryKey: ['attention', 'understood', find, filter],
    enabled: understandings.length > 0,
    queryFn: async ({ signal }): Promise<Understanding | null> => {
      for (const understanding of understandings) {
        const query = filterWith(filter, understanding);
        const { total } = await answer(api.GET('/v1/support/causes', { params: { query }, signal }));
        if (total > 0) return understanding;
      }
      return understandings.at(-1) ?? null;
    },
  });
