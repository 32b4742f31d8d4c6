import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import {
  type AccountContext,
  type Authorization,
  basicAuthorization,
  type ChannelInfo,
  endpointOf,
  handOnTo,
  type JsonObject,
  keepOutOfBody,
  MalformedAnswerError,
  type OAuthApp,
  type OAuthConnect,
  type OAuthGrant,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  requestJson,
  stringField,
} from '#platforms/core';
import { accountOf, callX, dataOf, type XCredentials } from './api.js';
import { limits, premiumLimits } from './limits.js';
import { SCOPES } from './manifest.js';
import { OAUTH_DOCS, TOKEN_DOCS } from './pages.js';
import { costOf } from './prices.js';

/** Two hours, where the answer does not say: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code */
const TOKEN_LIFE_S = 7_200;
const USER_FIELDS = 'id,name,profile_image_url,subscription_type,username';
/** What `subscription_type` says of an account without X Premium. https://docs.x.com/x-api/fundamentals/data-dictionary */
const NO_SUBSCRIPTION = 'None';

/** Sign-in through X's consent page, with the installation's app. */
export const oauth: OAuthConnect = {
  strategy: ({ app, callbackUrl, endpoints, verify }) => new XStrategy(app, callbackUrl, endpoints, verify),
  authorize,
};

/**
 * The state and the proof key (S256) belong to the bridge, which adds them on the way there and back. X wants the app's id and
 * secret in the head of the exchange, as Basic authentication. A refused consent ends in the strategy's `fail`.
 * https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
 */
class XStrategy extends OAuth2Strategy {
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
        authorizationURL: `${endpointOf({ endpoints }, 'www')}/i/oauth2/authorize`,
        tokenURL: `${endpointOf({ endpoints }, 'api')}/2/oauth2/token`,
        scope: [...SCOPES],
        scopeSeparator: ' ',
        customHeaders: { Authorization: basicAuthorization(app) },
        skipUserProfile: true,
      },
      handOnTo(verify),
    );
    keepOutOfBody(this._oauth2, 'client_secret');
  }
}

/** Finds out whose sign-in it is and when it ends. Throws where a required permission was left out. */
async function authorize(ctx: PlatformContext, grant: OAuthGrant): Promise<Authorization> {
  const { scope } = grant.params;
  const scopes = typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : [];
  requireScopes(scopes);
  const me = await readMe(ctx, grant.accessToken);
  const credentials: XCredentials = {
    accessToken: grant.accessToken,
    userId: me.id,
    ...(grant.refreshToken !== undefined && { refreshToken: grant.refreshToken }),
  };
  return {
    account: { id: me.id, name: me.name, handle: `@${me.username}`, url: `${endpointOf(ctx, 'www')}/${me.username}` },
    credentials,
    scopes,
    expiresAt: endOf(ctx, grant.params),
  };
}

/**
 * A new pair for the old one, which is worth nothing from then on: each refresh token works once. The engine sees to it that
 * one worker asks at a time and that the new pair is stored before it is used.
 * https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token (step 5)
 */
export async function refresh(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  const { refreshToken, userId } = accountOf(ctx);
  if (refreshToken === undefined) throw new PlatformFailure(noRefreshToken());
  const body = await askForToken(ctx, 'renew the token', 'token', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
  const credentials: XCredentials = {
    accessToken: stringField(body, 'access_token', 'renew the token'),
    refreshToken: typeof body.refresh_token === 'string' ? body.refresh_token : refreshToken,
    userId,
  };
  return { credentials, expiresAt: endOf(ctx, body) };
}

/** Gives both tokens back. Same page, step 6. That one is worth nothing already is as good. */
export async function revoke(ctx: AccountContext): Promise<void> {
  const { token, refreshToken } = accountOf(ctx);
  const all: [string, string][] = [['access_token', token]];
  if (refreshToken !== undefined) all.push(['refresh_token', refreshToken]);
  for (const [hint, value] of all) {
    try {
      await askForToken(ctx, 'give the sign-in back', 'revoke', { token: value, token_type_hint: hint });
    } catch (error) {
      if (!(error instanceof PlatformHttpError) || error.status !== 400) throw error;
    }
  }
}

/** The one channel of a sign-in: the account itself, with what its subscription allows. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const { token } = accountOf(ctx);
  const { id, name, username, picture, subscription } = await readMe(ctx, token);
  const isPremium = subscription !== NO_SUBSCRIPTION;
  return [
    {
      id,
      name,
      handle: `@${username}`,
      url: `${endpointOf(ctx, 'www')}/${username}`,
      details: { username, subscription },
      limits: isPremium ? premiumLimits : limits,
      capabilities: { edit: isPremium },
      ...(picture !== undefined && { avatarUrl: picture }),
    },
  ];
}

async function askForToken(
  ctx: AccountContext,
  operation: string,
  path: 'token' | 'revoke',
  fields: Record<string, string>,
): Promise<JsonObject> {
  const { app } = ctx;
  if (!app) throw new Error('X needs the app of this installation.');
  const { body } = await requestJson(ctx.fetch, operation, `${endpointOf(ctx, 'api')}/2/oauth2/${path}`, {
    method: 'POST',
    headers: { authorization: basicAuthorization(app) },
    body: new URLSearchParams(fields),
  });
  return body;
}

interface Me {
  id: string;
  name: string;
  username: string;
  subscription: string;
  picture?: string;
}

/** https://docs.x.com/x-api/users/get-my-user. Charged as one user. */
async function readMe(ctx: PlatformContext, token: string): Promise<Me> {
  const operation = 'read the profile';
  const query = { 'user.fields': USER_FIELDS };
  const body = await callX(ctx, token, { operation, method: 'GET', path: 'users/me', query });
  const me = dataOf(body, operation);
  const username = stringField(me, 'username', operation);
  if (!/^\w+$/.test(username)) throw new MalformedAnswerError(operation, '"username" is no name');
  const { name, subscription_type: subscription, profile_image_url: picture } = me;
  ctx.spend(costOf('user-read'));
  return {
    id: stringField(me, 'id', operation),
    name: typeof name === 'string' && name !== '' ? name : username,
    username,
    subscription: typeof subscription === 'string' && subscription !== '' ? subscription : NO_SUBSCRIPTION,
    ...(typeof picture === 'string' && picture !== '' && { picture }),
  };
}

function endOf(ctx: Pick<PlatformContext, 'now'>, { expires_in: seconds }: JsonObject): Date {
  return new Date(ctx.now().getTime() + (typeof seconds === 'number' ? seconds : TOKEN_LIFE_S) * 1000);
}

function requireScopes(granted: readonly string[]): void {
  const missing = SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new PlatformFailure({
    kind: 'permission',
    message: `X did not give ClickPost every permission that it needs; missing: ${missing.join(', ')}.`,
    remedy: 'Connect once more, and leave every permission switched on.',
    docs: OAUTH_DOCS,
  });
}

function noRefreshToken() {
  return {
    kind: 'auth' as const,
    message: 'X gave this connection no way to stay signed in.',
    remedy: 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.',
    docs: TOKEN_DOCS,
  };
}
