import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';

/** The ways to sign in here, and who came from Facebook with this browser. */
export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: ({ signal }) => answer(api.GET('/v1/auth/options', { signal })),
  staleTime: 0,
});
