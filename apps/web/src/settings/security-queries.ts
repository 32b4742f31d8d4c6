import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

/** How the person gets in. */
export type Security = Schema<'SecurityDto'>;
/** A browser in which the person is signed in. */
export type Session = Schema<'SessionDto'>;

export const securityQuery = queryOptions({
  queryKey: ['security'],
  queryFn: ({ signal }) => answer(api.GET('/v1/auth/security', { signal })),
});

/** This one first, then those seen last. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/auth/sessions', { signal }))).data,
});
