import { type AccountContext, endpointOf } from '#platforms/core';
import { graphClient, type GraphClient } from '#platforms/meta';

/** Threads has versions of its own; there is one. https://developers.facebook.com/documentation/threads/overview */
export const THREADS_VERSION = 'v1.0';

/**
 * Threads' Graph API, for what is done with a profile's own token. `appsecret_proof` is no parameter of it.
 * https://developers.facebook.com/documentation/threads/reference
 */
export const threads: GraphClient = graphClient({
  name: 'Threads',
  base: (ctx) => `${endpointOf(ctx, 'graph')}/${THREADS_VERSION}`,
  proof: false,
});

/** What is kept of a sign-in. `issuedAt` is an instant (ISO 8601): tokens younger than a day cannot be renewed. */
export type ThreadsCredentials = { token: string; userId: string; issuedAt: string };

/** The profile of a context, and the token that acts for it. */
export function profileOf(ctx: AccountContext): { token: string; userId: string; issuedAt: Date } {
  const { token, userId, issuedAt } = ctx.credentials;
  if (typeof token !== 'string' || typeof userId !== 'string') {
    throw new Error('The stored Threads connection has no token.');
  }
  return { token, userId, issuedAt: new Date(typeof issuedAt === 'string' ? issuedAt : 0) };
}
