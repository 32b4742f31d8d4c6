import { type QueryClient } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { ApiError } from '../api/problem.js';
import { meQuery } from '../api/queries.js';

/**
 * Calls `onEnded` when an answer says that nobody is signed in any more: the session ended, or was ended elsewhere; or that
 * a second factor has to be set up first.
 */
export function watchSession(queryClient: QueryClient, onEnded: () => void): void {
  const ended = (error: unknown) => {
    if (needsSecondFactor(error) && queryClient.getQueryData(meQuery.queryKey)) {
      queryClient.removeQueries({ queryKey: meQuery.queryKey });
      onEnded();
      return;
    }
    // The passcode of a review link says nothing of who is signed in.
    if (!(error instanceof ApiError) || error.status !== 401 || error.is('passcode-required')) return;
    // Whoever was not signed in before has nothing to be told.
    if (!queryClient.getQueryData(meQuery.queryKey)) return;
    queryClient.setQueryData(meQuery.queryKey, null);
    onEnded();
  };
  queryClient.getQueryCache().config.onError = ended;
  queryClient.getMutationCache().config.onError = ended;
}

/** Signs up and in. */
export async function signUp(queryClient: QueryClient, body: Schema<'SignUpDto'>): Promise<Schema<'SignedUpDto'>> {
  const signedUp = await answer(api.POST('/v1/auth/signup', { body }));
  await begin(queryClient);
  return signedUp;
}

/** Signs in with the password. Answers whether the person is in, or a code is asked for first. */
export async function signIn(queryClient: QueryClient, body: Schema<'LogInDto'>): Promise<'in' | 'code'> {
  const { secondFactor } = await answer(api.POST('/v1/auth/login', { body }));
  if (secondFactor) return 'code';
  await begin(queryClient);
  return 'in';
}

/** The second step of signing in. */
export async function enterCode(queryClient: QueryClient, code: string): Promise<void> {
  await answer(api.POST('/v1/auth/second-factor', { body: { code: code.trim() } }));
  await begin(queryClient);
}

/** Whether the person has to set up a second factor before anything else. */
export function needsSecondFactor(error: unknown): boolean {
  return error instanceof ApiError && error.is('second-factor-required');
}

/** Goes on in another of the person's organizations, in a new session. */
export async function enterOrganization(queryClient: QueryClient, organizationId: string): Promise<void> {
  await answer(api.POST('/v1/auth/switch', { body: { organizationId } }));
  await begin(queryClient);
}

/**
 * Joins an organization by the link of a mail; makes the account where there is none. Answers whether the person is in, or a
 * code is asked for first.
 */
export async function acceptInvitation(
  queryClient: QueryClient,
  token: string,
  body: Schema<'AcceptInvitationDto'>,
): Promise<'in' | 'code'> {
  const { secondFactor } = await answer(
    api.POST('/v1/invitations/{token}/accept', { params: { path: { token } }, body }),
  );
  if (secondFactor) return 'code';
  await begin(queryClient);
  return 'in';
}

/** Signs out, and forgets what was read. */
export async function signOut(queryClient: QueryClient): Promise<void> {
  await answer(api.POST('/v1/auth/logout'));
  forgetEverything(queryClient);
}

/** Forgets what was read, and who was signed in: the session has ended. */
export function forgetEverything(queryClient: QueryClient): void {
  queryClient.clear();
  queryClient.setQueryData(meQuery.queryKey, null);
}

/** Nothing that was read for somebody else stays. */
async function begin(queryClient: QueryClient): Promise<void> {
  queryClient.clear();
  try {
    await queryClient.fetchQuery(meQuery);
  } catch (error) {
    // Signed in all the same; the router leads to setting it up.
    if (!needsSecondFactor(error)) throw error;
  }
}
