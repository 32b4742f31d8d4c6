import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import {
  type AccountContext,
  appOf,
  type Authorization,
  basicAuthorization,
  type ChannelInfo,
  endpointOf,
  handOnTo,
  isJsonObject,
  type JsonObject,
  keepOutOfBody,
  type OAuthApp,
  type OAuthConnect,
  type OAuthGrant,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  requestJson,
  stringField,
} from '#platforms/core';
import { callApi, credentialsOf, idField, type PinterestCredentials, refuseFailure } from './api.js';
import { NOT_RENEWED, scopesMissing } from './failures.js';
import { SCOPES } from './manifest.js';
import { CONNECT_APP_DOCS } from './pages.js';

const APP = { name: 'Pinterest', at: 'Pinterest', docs: CONNECT_APP_DOCS } as const;

/** Sign-in through Pinterest's consent page, the code flow. */
export const oauth: OAuthConnect = {
  strategy: ({ app, callbackUrl, endpoints, verify }) => new PinterestStrategy(app, callbackUrl, endpoints, verify),
  authorize,
};

/**
 * The state belongs to the bridge, which passes it with `authenticate` and checks it on the way back. The app's id and secret
 * go as Basic authentication alone, and apps of before 25 September 2025 ask for continuous refresh tokens by a parameter.
 * A refused consent ends in the strategy's `fail`.
 * https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/
 */
class PinterestStrategy extends OAuth2Strategy {
  constructor(
    app: OAuthApp,
    callbackUrl: string,
    endpoints: Readonly<Record<string, string>>,
    verify: (grant: OAuthGrant) => void,
  ) {
    super(
      {
        clientID: app.clientId,
        clientSecret: app.clientSecret,
        callbackURL: callbackUrl,
        authorizationURL: `${endpointOf({ endpoints }, 'www')}/oauth/`,
        tokenURL: `${endpointOf({ endpoints }, 'api')}/oauth/token`,
        scope: [...SCOPES],
        scopeSeparator: ',',
        customHeaders: { Authorization: basicAuthorization(app) },
        skipUserProfile: true,
      },
      handOnTo(verify),
    );
    keepOutOfBody(this._oauth2, 'client_id', 'client_secret');
  }

  override tokenParams(): object {
    return { continuous_refresh: 'true' };
  }
}

/** Finds out whose the grant is. Throws where a permission was left out, as none of them can be done without. */
async function authorize(ctx: PlatformContext, grant: OAuthGrant): Promise<Authorization> {
  const { scope, expires_in: seconds } = grant.params;
  const scopes = scopesIn(scope);
  const missing = SCOPES.filter((wanted) => !scopes.includes(wanted));
  if (missing.length > 0) throw new PlatformFailure(scopesMissing(missing));
  const credentials: PinterestCredentials = {
    accessToken: grant.accessToken,
    // Without one the sign-in cannot be renewed; it works until it ends.
    refreshToken: grant.refreshToken ?? '',
  };
  const account = await readAccount({ ...ctx, credentials, channelDetails: {} });
  return {
    account: { id: account.id, name: account.name, handle: account.handle, url: account.url },
    credentials,
    scopes,
    ...expiryOf(seconds, ctx),
  };
}

/**
 * New tokens for old ones: the refresh token is used up by that, and the next lives for 60 days.
 * https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ ("Refresh a token")
 */
export async function refresh(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  const { refreshToken } = credentialsOf(ctx);
  const operation = 'renew the sign-in';
  try {
    const { body } = await requestJson(ctx.fetch, operation, `${endpointOf(ctx, 'api')}/oauth/token`, {
      method: 'POST',
      headers: { authorization: basicAuthorization(appOf(ctx, APP)) },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
    const credentials: PinterestCredentials = {
      accessToken: stringField(body, 'access_token', operation),
      refreshToken: stringField(body, 'refresh_token', operation),
    };
    return { credentials, ...expiryOf(body.expires_in, ctx) };
  } catch (error) {
    // Which code a refresh token ends with is on no page; whatever is refused here is a matter of sign-in.
    if (!(error instanceof PlatformHttpError) || ![400, 401, 403].includes(error.status)) throw error;
    throw new PlatformFailure({ ...NOT_RENEWED, platformCode: String(codeOf(error)) });
  }
}

/**
 * Gives both tokens back. The page says that "only tokens issued for system users are currently supported": it is tried all
 * the same, and a refusal is told as one of permission. https://developers.pinterest.com/docs/api/v5/token-revoke
 */
export async function revoke(ctx: AccountContext): Promise<void> {
  const { accessToken, refreshToken } = credentialsOf(ctx);
  if (refreshToken !== '') await giveBack(ctx, refreshToken, 'refresh_token');
  await giveBack(ctx, accessToken, 'access_token');
}

async function giveBack(ctx: AccountContext, token: string, hint: 'refresh_token' | 'access_token'): Promise<void> {
  const response = await ctx.fetch(`${endpointOf(ctx, 'api')}/oauth/token/revoke`, {
    method: 'POST',
    headers: { authorization: basicAuthorization(appOf(ctx, APP)) },
    body: new URLSearchParams({ token, token_type_hint: hint }),
  });
  await refuseFailure(response, 'give the sign-in back');
}

/** The one channel of a sign-in: the account itself. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const { id, name, handle, url, avatarUrl } = await readAccount(ctx);
  return [{ id, name, handle, url, ...(avatarUrl !== undefined && { avatarUrl }) }];
}

interface Account {
  id: string;
  name: string;
  handle: string;
  url: string;
  avatarUrl?: string;
}

/** https://developers.pinterest.com/docs/api/v5/user_account-get. Only businesses have a name beside the username. */
async function readAccount(ctx: AccountContext): Promise<Account> {
  const operation = 'read the account';
  const body = await callApi(ctx, { operation, method: 'GET', path: '/user_account' });
  const handle = stringField(body, 'username', operation);
  const { business_name: name, profile_image: picture } = body;
  return {
    id: idField(body, 'id', operation),
    name: typeof name === 'string' && name.trim() !== '' ? name : handle,
    handle,
    url: `${endpointOf(ctx, 'www')}/${encodeURIComponent(handle)}/`,
    ...(typeof picture === 'string' && picture !== '' && { avatarUrl: picture }),
  };
}

/** Separated by spaces in answers, and by commas in what is asked. */
function scopesIn(scope: unknown): string[] {
  return typeof scope === 'string' ? scope.split(/[\s,]+/).filter((name) => name !== '') : [];
}

function expiryOf(seconds: unknown, ctx: Pick<PlatformContext, 'now'>): { expiresAt?: Date } {
  return typeof seconds === 'number' ? { expiresAt: new Date(ctx.now().getTime() + seconds * 1000) } : {};
}

function codeOf({ status, body }: PlatformHttpError): number {
  return isJsonObject(body) && typeof body.code === 'number' ? body.code : status;
}
