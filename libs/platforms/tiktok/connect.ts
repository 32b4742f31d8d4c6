import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type OAuthApp,
  type OAuthConnect,
  type OAuthGrant,
  parseJson,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  stringField,
} from '#platforms/core';
import { callApi, type Caller, codeOf, credentialsOf, type TikTokCredentials } from './api.js';
import { readCreator } from './creator.js';
import { CLOSED, NO_APP, scopesMissing } from './failures.js';
import { isGranted, PUBLISHING, REQUIRED_SCOPES, scopesIn } from './scopes.js';
import { TikTokStrategy } from './strategy.js';

/** Sign-in through TikTok's consent page, the code flow. */
export const oauth: OAuthConnect = {
  strategy: ({ app, callbackUrl, endpoints, verify }) => new TikTokStrategy(app, callbackUrl, endpoints, verify),
  authorize,
};

/** Finds out whose the grant is. Throws where it allows nothing to be published. */
async function authorize(ctx: PlatformContext, grant: OAuthGrant): Promise<Authorization> {
  const { scope, expires_in: seconds, open_id: openId } = grant.params;
  const scopes = scopesIn(scope);
  const missing: string[] = REQUIRED_SCOPES.filter((wanted) => !scopes.includes(wanted));
  if (!PUBLISHING.some((wanted) => scopes.includes(wanted))) missing.push(...PUBLISHING);
  if (missing.length > 0) throw new PlatformFailure(scopesMissing(missing));
  if (typeof openId !== 'string' || openId === '') throw new MalformedAnswerError('sign in', '"open_id" is missing');
  const credentials: TikTokCredentials = {
    accessToken: grant.accessToken,
    // Without one the sign-in cannot be renewed; it works until it ends.
    refreshToken: grant.refreshToken ?? '',
    openId,
    scopes,
  };
  const { id, name, handle, url } = await readAccount({ ...ctx, credentials });
  return {
    account: { id, name, ...(handle !== undefined && { handle }), ...(url !== undefined && { url }) },
    credentials,
    scopes,
    ...expiryOf(seconds, ctx),
  };
}

/**
 * New tokens for old ones. The refresh token may be another one, too: then the old one is used up.
 * https://developers.tiktok.com/doc/oauth-user-access-token-management
 */
export async function refresh(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  const operation = 'renew the sign-in';
  const known = credentialsOf(ctx);
  const answer = await askSignIn(ctx, operation, '/oauth/token/', {
    grant_type: 'refresh_token',
    refresh_token: known.refreshToken,
  });
  const { refresh_token: next, scope, expires_in: seconds } = answer;
  const credentials: TikTokCredentials = {
    ...known,
    accessToken: stringField(answer, 'access_token', operation),
    refreshToken: typeof next === 'string' && next !== '' ? next : known.refreshToken,
    // People can take single permissions back in the TikTok app.
    scopes: typeof scope === 'string' ? scopesIn(scope) : known.scopes,
  };
  return { credentials, ...expiryOf(seconds, ctx) };
}

/** Gives the sign-in back. https://developers.tiktok.com/doc/oauth-user-access-token-management ("Revoke access") */
export async function revoke(ctx: AccountContext): Promise<void> {
  await askSignIn(ctx, 'give the sign-in back', '/oauth/revoke/', { token: credentialsOf(ctx).accessToken });
}

/** A request of the sign-in, whose answers have a shape of their own: `error` is a text there. */
async function askSignIn(
  ctx: AccountContext,
  operation: string,
  path: string,
  fields: Record<string, string>,
): Promise<JsonObject> {
  const { clientId, clientSecret } = appOf(ctx);
  const response = await ctx.fetch(`${endpointOf(ctx, 'api')}${path}`, {
    method: 'POST',
    headers: { 'cache-control': 'no-cache' },
    body: new URLSearchParams({ client_key: clientId, client_secret: clientSecret, ...fields }),
  });
  const text = await response.text();
  const body = parseJson(text);
  const isError = isJsonObject(body) && typeof body.error === 'string' && body.error !== '';
  if (!response.ok || isError) {
    throw new PlatformHttpError(response.status, response.headers, body ?? text, operation);
  }
  return isJsonObject(body) ? body : {};
}

/** The one channel of a sign-in: the account itself. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const { id, name, handle, url, avatarUrl } = await readAccount(ctx);
  return [
    {
      id,
      name,
      ...(handle !== undefined && { handle, details: { username: handle } }),
      ...(url !== undefined && { url }),
      ...(avatarUrl !== undefined && { avatarUrl }),
    },
  ];
}

interface Account {
  id: string;
  name: string;
  handle?: string;
  url?: string;
  avatarUrl?: string;
}

/** https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info */
async function readAccount(ctx: Caller): Promise<Account> {
  const operation = 'read the account';
  const query = { fields: 'open_id,display_name,avatar_url' };
  const { user } = await callApi(ctx, { operation, path: '/user/info/', query });
  if (!isJsonObject(user)) throw new MalformedAnswerError(operation, '"user" is missing');
  const { avatar_url: picture } = user;
  const handle = await usernameOf(ctx);
  return {
    id: stringField(user, 'open_id', operation),
    name: stringField(user, 'display_name', operation),
    ...(handle !== undefined && { handle, url: `${endpointOf(ctx, 'www')}/@${encodeURIComponent(handle)}` }),
    ...(typeof picture === 'string' && picture !== '' && { avatarUrl: picture }),
  };
}

/**
 * The username belongs to a permission of its own, `user.info.profile`, which is not asked for: who may post is told it
 * beside what may be posted. Who may send drafts alone has none here.
 */
async function usernameOf(ctx: Caller): Promise<string | undefined> {
  if (!isGranted(ctx, 'video.publish')) return undefined;
  try {
    return (await readCreator(ctx)).username;
  } catch (error) {
    // An account that can post nothing today can be connected all the same.
    if (CLOSED.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

function expiryOf(seconds: unknown, ctx: Pick<PlatformContext, 'now'>): { expiresAt?: Date } {
  return typeof seconds === 'number' ? { expiresAt: new Date(ctx.now().getTime() + seconds * 1000) } : {};
}

function appOf({ app }: Pick<PlatformContext, 'app'>): OAuthApp {
  if (app) return app;
  throw new PlatformFailure(NO_APP);
}
