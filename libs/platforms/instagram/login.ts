import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import {
  type Authorization,
  endpointOf,
  handOnTo,
  isJsonObject,
  type JsonObject,
  type OAuthApp,
  type OAuthConnect,
  type OAuthGrant,
  type PlatformContext,
  PlatformFailure,
  requestJson,
  stringField,
} from '#platforms/core';
import { metaAppOf, facebookLogin } from '#platforms/meta';
import { facebookGraph, wayOf } from './api.js';
import { FACEBOOK_LOGIN, facebookWay, instagramWay } from './manifest.js';
import { readProfile } from './profile.js';

/** https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login */
export const LOGIN_DOCS =
  'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login';

const withFacebook: OAuthConnect = facebookLogin({
  name: 'Facebook',
  scopes: facebookWay.scopes,
  requiredScopes: facebookWay.requiredScopes,
  graph: facebookGraph,
});

const withInstagram: OAuthConnect = {
  strategy: ({ app, callbackUrl, endpoints, verify }) => new InstagramStrategy(app, callbackUrl, endpoints, verify),
  authorize,
};

/** The consent page of the way that was chosen. */
export const oauth: OAuthConnect = {
  strategy: (input) => connectBy(input).strategy(input),
  authorize: (ctx, grant) => connectBy(ctx).authorize(ctx, grant),
};

const connectBy = (ctx: { way?: string }): OAuthConnect =>
  wayOf(ctx) === FACEBOOK_LOGIN ? withFacebook : withInstagram;

/**
 * Instagram's own consent page. The state belongs to the bridge, as with Facebook; PKCE is not offered. A refused consent
 * ends in the strategy's `fail`, with Instagram's `error_description`.
 */
class InstagramStrategy extends OAuth2Strategy {
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
        authorizationURL: `${endpointOf({ endpoints }, 'instagramWww')}/oauth/authorize`,
        tokenURL: `${endpointOf({ endpoints }, 'api')}/oauth/access_token`,
        scope: [...instagramWay.scopes],
        scopeSeparator: ',',
        // `authorize` asks who it is, with the long-lived token.
        skipUserProfile: true,
      },
      handOnTo(verify),
    );
    this.readWrappedTokens();
  }

  /** The answer is documented as `{"data": [{"access_token": …}]}`, and comes without that around it as well. */
  private readWrappedTokens(): void {
    const client = this._oauth2;
    const ask = client.getOAuthAccessToken.bind(client);
    const unwrapped = (code: string, params: unknown, callback: TokenCallback): void =>
      ask(code, params, (error, token, refreshToken, result: unknown) => {
        const given = tokenAnswer(result);
        const inner = typeof given.access_token === 'string' ? given.access_token : token;
        callback(error, inner, refreshToken, given);
      });
    Object.assign(client, { getOAuthAccessToken: unwrapped });
  }
}

/** What the OAuth client under passport calls back with. */
type TokenCallback = (
  error: Error | { statusCode: number; data?: unknown },
  token?: string,
  refreshToken?: string,
  result?: unknown,
) => unknown;

/** The object that holds the token, in either form of the answer. */
export function tokenAnswer(result: unknown): JsonObject {
  if (!isJsonObject(result)) return {};
  const [first] = Array.isArray(result.data) ? result.data : [];
  return isJsonObject(first) ? first : result;
}

/** The permissions that were granted: a text with commas by the documentation, a list as it was seen. */
export function grantedScopes({ permissions }: JsonObject): string[] {
  const list = typeof permissions === 'string' ? permissions.split(/[\s,]+/) : permissions;
  return Array.isArray(list) ? list.filter((scope) => typeof scope === 'string').filter((scope) => scope !== '') : [];
}

/**
 * Swaps the grant for a token of 60 days and finds out whose it is.
 * Throws a `PlatformFailure` when a required permission was left out or the account is not a professional one.
 */
async function authorize(ctx: PlatformContext, { accessToken, params }: OAuthGrant): Promise<Authorization> {
  const scopes = grantedScopes(params);
  requireScopes(scopes);
  const longLived = await longLivedToken(ctx, accessToken);
  const profile = await readProfile(ctx, longLived.token);
  if (profile.personal) throw personalAccount(profile.username);
  return {
    // The id that the app knows the person by, and that Meta's callbacks name; the channel has the account's own.
    account: { id: profile.appScopedId, name: profile.name, handle: profile.username, url: profile.url },
    credentials: { token: longLived.token, issuedAt: ctx.now().toISOString() },
    scopes,
    ...(longLived.expiresAt && { expiresAt: longLived.expiresAt }),
  };
}

/**
 * An hour's token for one of 60 days. Secret and token stand in the address, as this call is documented to read them nowhere
 * else. https://developers.facebook.com/docs/instagram-platform/reference/access_token
 */
async function longLivedToken(ctx: PlatformContext, accessToken: string): Promise<{ token: string; expiresAt?: Date }> {
  const query = { client_secret: metaAppOf(ctx, 'Instagram').clientSecret, access_token: accessToken };
  return tokenCall(ctx, 'exchange for a long-lived token', 'access_token', {
    grant_type: 'ig_exchange_token',
    ...query,
  });
}

/** One of the two calls of graph.instagram.com that answer a token; they have no version. */
export async function tokenCall(
  ctx: PlatformContext,
  operation: string,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<{ token: string; expiresAt?: Date }> {
  const url = `${endpointOf(ctx, 'graph')}/${path}?${new URLSearchParams(query).toString()}`;
  const { body } = await requestJson(ctx.fetch, operation, url);
  const seconds = body.expires_in;
  return {
    token: stringField(body, 'access_token', operation),
    ...(typeof seconds === 'number' && { expiresAt: new Date(ctx.now().getTime() + seconds * 1_000) }),
  };
}

function requireScopes(granted: readonly string[]): void {
  const missing = instagramWay.requiredScopes.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new PlatformFailure({
    kind: 'permission',
    message: `Instagram did not give ClickPost every permission that it needs; missing: ${missing.join(', ')}.`,
    remedy: 'Connect once more, and leave every permission switched on.',
    docs: LOGIN_DOCS,
  });
}

function personalAccount(username: string): PlatformFailure {
  return new PlatformFailure({
    kind: 'permission',
    message: `${username} is a personal account; Instagram lets programs publish on professional ones alone.`,
    remedy: 'In the Instagram app, switch it to a business or creator account under Settings, then connect once more.',
    docs: 'https://developers.facebook.com/docs/instagram-platform/overview',
  });
}
