import { type Strategy } from 'passport';
import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type OAuthConnect,
  type OAuthGrant,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  requestJson,
  stringField,
} from '#platforms/core';
import { metaAppOf } from '#platforms/meta';
import { profileOf, threads, type ThreadsCredentials } from './api.js';
import { DELETE_SCOPE, LOCATION_SCOPE, READ_REPLIES_SCOPE, REPLY_SCOPE, REQUIRED_SCOPES, SCOPES } from './manifest.js';
import { CONSENT_DOCS } from './pages.js';
import { mayRead } from './usage.js';

/** A token has to be this old before it can be renewed. */
const YOUNGEST_MS = 24 * 3_600_000;
const PROFILE_FIELDS = 'id,username,name,threads_profile_picture_url';

/** Sign-in through Threads' Authorization Window, with the installation's Threads app. */
export const oauth: OAuthConnect = {
  strategy: ({ app, callbackUrl, endpoints, verify }) =>
    threadsStrategy({
      clientID: app.clientId,
      clientSecret: app.clientSecret,
      callbackURL: callbackUrl,
      authorizationURL: `${endpointOf({ endpoints }, 'www')}/oauth/authorize`,
      tokenURL: `${endpointOf({ endpoints }, 'graph')}/oauth/access_token`,
      verify,
    }),
  authorize,
};

interface StrategyInput {
  clientID: string;
  clientSecret: string;
  callbackURL: string;
  authorizationURL: string;
  tokenURL: string;
  verify: (grant: OAuthGrant) => void;
}

/**
 * The state belongs to the bridge, which passes it with `authenticate` and checks it on the way back. A refused consent ends in
 * the strategy's `fail`. https://developers.facebook.com/documentation/threads/get-started/get-access-tokens-and-permissions
 */
function threadsStrategy({ verify, ...options }: StrategyInput): Strategy {
  return new OAuth2Strategy(
    { ...options, scope: [...SCOPES], scopeSeparator: ',' },
    (accessToken: string, _refresh: unknown, _profile: unknown, done: (error: null, grant: OAuthGrant) => void) => {
      // The answer's `user_id` is a number of seventeen digits, which none of JavaScript's holds: `authorize` asks who it is.
      const grant: OAuthGrant = { accessToken, params: {} };
      verify(grant);
      done(null, grant);
    },
  );
}

/** Swaps the grant for a token of 60 days and finds out whose it is. Throws where a required permission was left out. */
async function authorize(ctx: PlatformContext, grant: OAuthGrant): Promise<Authorization> {
  const { clientSecret } = metaAppOf(ctx, 'Threads');
  const { token, expiresAt } = await askForToken(ctx, 'exchange for a long-lived token', 'access_token', {
    grant_type: 'th_exchange_token',
    client_secret: clientSecret,
    access_token: grant.accessToken,
  });
  const me = await readProfile(ctx, token);
  const credentials: ThreadsCredentials = { token, userId: me.id, issuedAt: ctx.now().toISOString() };
  const scopes = await grantedScopes({ ...ctx, credentials, channelDetails: {} });
  requireScopes(scopes);
  return {
    account: { id: me.id, name: me.name, handle: me.username, url: me.url },
    credentials,
    scopes,
    ...(expiresAt && { expiresAt }),
  };
}

/** Another 60 days. A token younger than a day is kept as it is: Threads renews none. */
export async function refresh(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  const { token, userId, issuedAt } = profileOf(ctx);
  if (ctx.now().getTime() - issuedAt.getTime() < YOUNGEST_MS) return { credentials: ctx.credentials };
  const next = await askForToken(ctx, 'renew the token', 'refresh_access_token', {
    grant_type: 'th_refresh_token',
    access_token: token,
  });
  const credentials: ThreadsCredentials = { token: next.token, userId, issuedAt: ctx.now().toISOString() };
  return { credentials, ...(next.expiresAt && { expiresAt: next.expiresAt }) };
}

/** The one channel of a sign-in: the profile itself. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const { token } = profileOf(ctx);
  const { id, name, username, url, picture } = await readProfile(ctx, token);
  return [{ id, name, handle: username, url, ...(picture !== undefined && { avatarUrl: picture }) }];
}

/**
 * `GET /access_token` and `GET /refresh_access_token`, outside of the versions. Both read their parameters from the address
 * alone, so this is where token and secret stand in one; no value of a query is ever recorded.
 * https://developers.facebook.com/documentation/threads/get-started/long-lived-tokens
 */
async function askForToken(
  ctx: PlatformContext,
  operation: string,
  path: string,
  query: Record<string, string>,
): Promise<{ token: string; expiresAt?: Date }> {
  const url = `${endpointOf(ctx, 'graph')}/${path}?${new URLSearchParams(query).toString()}`;
  const { body } = await requestJson(ctx.fetch, operation, url);
  const seconds = body.expires_in;
  return {
    token: stringField(body, 'access_token', operation),
    ...(typeof seconds === 'number' && { expiresAt: new Date(ctx.now().getTime() + seconds * 1000) }),
  };
}

interface Profile {
  id: string;
  username: string;
  name: string;
  url: string;
  picture?: string;
}

/** https://developers.facebook.com/documentation/threads/threads-profiles. A profile may have no name, but has a username. */
async function readProfile(ctx: PlatformContext, token: string): Promise<Profile> {
  const operation = 'read the profile';
  const me = await threads.call(ctx, {
    operation,
    method: 'GET',
    path: 'me',
    token,
    query: { fields: PROFILE_FIELDS },
  });
  const username = stringField(me, 'username', operation);
  const { name, threads_profile_picture_url: picture } = me;
  return {
    id: stringField(me, 'id', operation),
    username,
    name: typeof name === 'string' && name !== '' ? name : username,
    url: `${endpointOf(ctx, 'www')}/@${username}`,
    ...(typeof picture === 'string' && picture !== '' && { picture }),
  };
}

/**
 * What the person allowed. Threads answers `debug_token` to tokens of the app's testers alone; for everybody else the limits
 * tell it: those of posts need the permission to publish, those of replies the one to reply. The others nothing tells before
 * they are used, so they count as given.
 * https://developers.facebook.com/documentation/threads/troubleshooting/debug-access-token
 */
async function grantedScopes(ctx: AccountContext): Promise<string[]> {
  const told = await inspect(ctx);
  if (told) return told;
  const scopes: string[] = ['threads_basic', READ_REPLIES_SCOPE, DELETE_SCOPE, LOCATION_SCOPE];
  if (await mayRead(ctx, 'posts')) scopes.push('threads_content_publish');
  if (await mayRead(ctx, 'replies')) scopes.push(REPLY_SCOPE);
  return scopes;
}

async function inspect(ctx: AccountContext): Promise<string[] | undefined> {
  const operation = 'inspect the token';
  const { token } = profileOf(ctx);
  try {
    const query = { input_token: token };
    const { data } = await threads.call(ctx, { operation, method: 'GET', path: 'debug_token', token, query });
    if (!isJsonObject(data)) throw new MalformedAnswerError(operation, '"data" is missing');
    return Array.isArray(data.scopes) ? data.scopes.filter((scope) => typeof scope === 'string') : undefined;
  } catch (error) {
    // Whoever is no tester is refused, in words that no page tells.
    if (error instanceof PlatformHttpError && error.status < 500 && error.status !== 429) return undefined;
    throw error;
  }
}

function requireScopes(granted: readonly string[]): void {
  const missing = REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new PlatformFailure({
    kind: 'permission',
    message: `Threads did not give ClickPost every permission that it needs; missing: ${missing.join(', ')}.`,
    remedy: 'Connect once more, and leave every permission switched on.',
    docs: CONSENT_DOCS,
  });
}
