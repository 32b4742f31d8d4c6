import { type Strategy } from 'passport';
import { Strategy as FacebookStrategy } from 'passport-facebook';
import {
  type Authorization,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type OAuthApp,
  type OAuthConnect,
  type OAuthGrant,
  type PlatformContext,
  PlatformFailure,
  requestJson,
  stringField,
} from '#platforms/core';
import { metaAppOf, GRAPH_VERSION, type GraphClient } from './graph.js';

const LOGIN_DOCS = 'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow';

/** What a platform that signs in through Facebook Login says of itself. */
export interface FacebookLoginOptions {
  /** The platform's name, for people. */
  name: string;
  /** The scopes that are asked for, and those without which nothing works. */
  scopes: readonly string[];
  requiredScopes: readonly string[];
  /** The Graph API of Facebook. */
  graph: GraphClient;
  /** The name of the endpoint of facebook.com; `www` where left out. */
  www?: string;
}

/** What `facebookLogin` keeps: the long-lived user token and whose it is. */
export type LoginCredentials = { userToken: string; userId: string };

/** Sign-in through Facebook Login, the code flow. */
export function facebookLogin(options: FacebookLoginOptions): OAuthConnect {
  return {
    strategy: ({ app, callbackUrl, endpoints, verify }) =>
      facebookStrategy(options, app, callbackUrl, endpoints, verify),
    authorize: (ctx, grant) => authorize(options, ctx, grant),
  };
}

/**
 * The state belongs to the bridge, which passes it with `authenticate` and checks it on the way back, so the strategy has
 * no store of its own. A refused consent ends in the strategy's `fail`, with Facebook's `error_description`.
 */
function facebookStrategy(
  { scopes, graph, www = 'www' }: FacebookLoginOptions,
  app: OAuthApp,
  callbackUrl: string,
  endpoints: Readonly<Record<string, string>>,
  verify: (grant: OAuthGrant) => void,
): Strategy {
  return new FacebookStrategy(
    {
      clientID: app.clientId,
      clientSecret: app.clientSecret,
      callbackURL: callbackUrl,
      authorizationURL: `${endpointOf({ endpoints }, www)}/${GRAPH_VERSION}/dialog/oauth`,
      tokenURL: graph.url({ endpoints }, 'oauth/access_token'),
      profileURL: graph.url({ endpoints }, 'me'),
      graphAPIVersion: GRAPH_VERSION,
      scope: [...scopes],
      enableProof: true,
      // `authorize` asks who it is, with the long-lived token.
      skipUserProfile: true,
    },
    (accessToken, refreshToken, _profile, done) => {
      const grant: OAuthGrant = { accessToken, params: {}, ...(refreshToken && { refreshToken }) };
      verify(grant);
      done(null, grant);
    },
  );
}

/**
 * Swaps the grant for a long-lived user token and finds out whose it is and what it allows.
 * Throws a `PlatformFailure` when the token is not for this app or a required scope was left out.
 */
async function authorize(
  options: FacebookLoginOptions,
  ctx: PlatformContext,
  grant: OAuthGrant,
): Promise<Authorization> {
  const app = metaAppOf(ctx, options.name);
  const longLived = await exchangeForLongLived(options.graph, ctx, app, grant.accessToken);
  const inspected = await inspectToken(options.graph, ctx, app, longLived.token);
  requireScopes(options, inspected.scopes);
  const operation = 'ask who signed in';
  const query = { fields: 'id,name' };
  const me = await options.graph.call(ctx, { operation, method: 'GET', path: 'me', token: longLived.token, query });
  const userId = stringField(me, 'id', operation);
  if (userId !== inspected.userId) throw new MalformedAnswerError(operation, 'the token belongs to somebody else');
  const credentials: LoginCredentials = { userToken: longLived.token, userId };
  return {
    account: { id: userId, name: stringField(me, 'name', operation) },
    credentials,
    scopes: inspected.scopes,
    ...endOf([longLived.expiresAt, inspected.expiresAt], inspected.dataAccessExpiresAt),
  };
}

/**
 * About 60 days instead of two hours: https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 * The page shows a GET; the endpoint takes a POST as well, as for codes, and so neither token nor secret is in the address.
 */
async function exchangeForLongLived(
  graph: GraphClient,
  ctx: PlatformContext,
  app: OAuthApp,
  token: string,
): Promise<{ token: string; expiresAt?: Date }> {
  const operation = 'exchange for a long-lived token';
  const { body } = await requestJson(ctx.fetch, operation, graph.url(ctx, 'oauth/access_token'), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'fb_exchange_token',
      client_id: app.clientId,
      client_secret: app.clientSecret,
      fb_exchange_token: token,
    }),
  });
  const seconds = body.expires_in;
  return {
    token: stringField(body, 'access_token', operation),
    ...(typeof seconds === 'number' && { expiresAt: new Date(ctx.now().getTime() + seconds * 1000) }),
  };
}

interface InspectedToken {
  userId: string;
  scopes: string[];
  expiresAt?: Date;
  dataAccessExpiresAt?: Date;
}

/**
 * https://developers.facebook.com/docs/graph-api/reference/debug_token
 * `input_token` is read from the address only: the one place where a token stands in a URL.
 */
async function inspectToken(
  graph: GraphClient,
  ctx: PlatformContext,
  app: OAuthApp,
  token: string,
): Promise<InspectedToken> {
  const operation = 'inspect the token';
  const appToken = `${app.clientId}|${app.clientSecret}`;
  const query = { input_token: token };
  const { data } = await graph.call(ctx, { operation, method: 'GET', path: 'debug_token', token: appToken, query });
  if (!isJsonObject(data)) throw new MalformedAnswerError(operation, '"data" is missing');
  if (data.is_valid !== true || data.app_id !== app.clientId) {
    throw new PlatformFailure({
      kind: 'auth',
      message: 'Facebook handed back a sign-in that is not valid for this installation.',
      remedy: 'Connect once more, in the same browser window from start to end.',
      docs: LOGIN_DOCS,
    });
  }
  const expiresAt = epoch(data.expires_at);
  const dataAccessExpiresAt = epoch(data.data_access_expires_at);
  return {
    userId: stringField(data, 'user_id', operation),
    scopes: effectiveScopes(data),
    ...(expiresAt && { expiresAt }),
    ...(dataAccessExpiresAt && { dataAccessExpiresAt }),
  };
}

/** A scope that was granted for certain Pages, but for none of them, is no scope: `granular_scopes[].target_ids`. */
function effectiveScopes(data: JsonObject): string[] {
  const scopes = Array.isArray(data.scopes) ? data.scopes.filter((scope) => typeof scope === 'string') : [];
  const granular = Array.isArray(data.granular_scopes) ? data.granular_scopes.filter(isJsonObject) : [];
  const withoutTarget = granular.filter(({ target_ids: ids }) => Array.isArray(ids) && ids.length === 0);
  return scopes.filter((scope) => !withoutTarget.some((entry) => entry.scope === scope));
}

function requireScopes({ requiredScopes }: FacebookLoginOptions, granted: readonly string[]): void {
  const missing = requiredScopes.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new PlatformFailure({
    kind: 'permission',
    message: `Facebook did not give ClickPost every permission that it needs; missing: ${missing.join(', ')}.`,
    remedy: 'Connect once more, choose at least one Page, and leave every permission switched on.',
    docs: 'https://developers.facebook.com/docs/permissions',
  });
}

/**
 * Page tokens go on when the sign-in that they came of has ended, but the Pages can be listed no more; when the permission to
 * read data ends, nothing can be read back. What ends first is told.
 * https://developers.facebook.com/docs/facebook-login/auth-vs-data
 */
function endOf(
  signIn: readonly (Date | undefined)[],
  dataAccess: Date | undefined,
): Pick<Authorization, 'expiresAt' | 'expiryNote'> {
  const ends = signIn.filter((date) => date !== undefined).sort((a, b) => a.getTime() - b.getTime());
  const [ending] = ends;
  if (dataAccess && (!ending || dataAccess <= ending)) {
    return { expiresAt: dataAccess, expiryNote: 'Facebook’s permission to read data' };
  }
  return ending ? { expiresAt: ending, expiryNote: 'The sign-in by which Pages are listed' } : {};
}

/** Seconds since 1970; 0 stands for "never". */
function epoch(value: unknown): Date | undefined {
  return typeof value === 'number' && value > 0 ? new Date(value * 1000) : undefined;
}
