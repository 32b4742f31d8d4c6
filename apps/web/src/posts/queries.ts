import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { type LogEntry } from './timeline/log-evidence.js';

/** A publication in full. Live changes make it anew. */
export const publicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['publication', id],
    queryFn: ({ signal }) => answer(api.GET('/v1/publications/{id}', { params: { path: { id } }, signal })),
  });

const PAGE = 100;

/** Everything that happened to a publication, oldest first, all pages of it. */
export const logQuery = (id: string) =>
  queryOptions({
    queryKey: ['publication', id, 'log'],
    queryFn: async ({ signal }): Promise<LogEntry[]> => {
      const entries: LogEntry[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
        const page = await answer(api.GET('/v1/publications/{id}/log', { params: { path: { id }, query }, signal }));
        entries.push(...page.data);
        cursor = page.next;
      } while (cursor !== undefined);
      return entries;
    },
  });

/** What a post said in one of its revisions; null where there is no such one. It never changes. */
export const revisionQuery = (postId: string, revision: number) =>
  queryOptions({
    queryKey: ['revision', postId, revision],
    queryFn: async ({ signal }): Promise<Schema<'RevisionDto'> | null> => {
      let cursor: string | undefined;
      do {
        const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
        const page = await answer(
          api.GET('/v1/posts/{id}/revisions', { params: { path: { id: postId }, query }, signal }),
        );
        const found = page.data.find(({ number }) => number === revision);
        if (found) return found;
        cursor = page.next;
      } while (cursor !== undefined);
      return null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
