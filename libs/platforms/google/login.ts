import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import {
  type AccountContext,
  appOf,
  type Authorization,
  endpointOf,
  type Failure,
  handOnTo,
  type JsonObject,
  type OAuthApp,
  type OAuthConnect,
  type OAuthGrant,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  requestJson,
  stringField,
} from '#platforms/core';
import { type Caller, type GoogleCredentials, googleCredentialsOf } from './api.js';
import { googleErrorOf } from './errors.js';

/** How Google signs people in for programs on servers. */
export const SIGN_IN_DOCS = 'https://developers.google.com/identity/protocols/oauth2/web-server';
/** When a sign-in ends by itself. */
export const SIGN_IN_END_DOCS = 'https://developers.google.com/identity/protocols/oauth2#expiration';

/** The endpoints that every platform of Google's needs for its sign-in. */
export const GOOGLE_SIGN_IN_ENDPOINTS = {
  accounts: 'https://accounts.google.com',
  oauth2: 'https://oauth2.googleapis.com',
} as const;

/** Seconds, where an answer does not say. */
const ACCESS_LIFE_S = 3_600;
/** So long an app in testing may sign people in: https://developers.google.com/identity/protocols/oauth2#expiration */
const TESTING_LIFE_MS = 7 * 86_400_000;

/** What a platform that signs in through Google says of itself. */
export interface GoogleLoginOptions {
  /** The platform's name, for people. */
  name: string;
  /** The scopes that are asked for, and those without which nothing works. */
  scopes: readonly string[];
  requiredScopes: readonly string[];
  /** Finds out whose the sign-in is. */
  identify(ctx: Caller): Promise<Authorization['account']>;
}

/** Sign-in through Google's consent page. */
export function googleLogin(options: GoogleLoginOptions): OAuthConnect {
  return {
    strategy: ({ app, callbackUrl, endpoints, verify }) =>
      new GoogleStrategy(options, app, callbackUrl, endpoints, verify),
    authorize: (ctx, grant) => authorize(options, ctx, grant),
  };
}

/**
 * The state belongs to the bridge, which passes it with `authenticate` and checks it on the way back. A refused consent ends in
 * the strategy's `fail`.
 */
class GoogleStrategy extends OAuth2Strategy {
  constructor(
    { scopes }: GoogleLoginOptions,
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
        authorizationURL: `${endpointOf({ endpoints }, 'accounts')}/o/oauth2/v2/auth`,
        tokenURL: `${endpointOf({ endpoints }, 'oauth2')}/token`,
        scope: [...scopes],
        scopeSeparator: ' ',
        skipUserProfile: true,
      },
      handOnTo(verify),
    );
  }

  /**
   * `offline` asks for a refresh token, which Google hands out again only where people are asked again: `consent`.
   * `include_granted_scopes` is left out: one app serves several of Google's networks, and what a person allowed for one of them
   * is not to be in the tokens of another.
   * https://developers.google.com/identity/protocols/oauth2/web-server#incrementalAuth
   */
  override authorizationParams(): object {
    return { access_type: 'offline', prompt: 'consent' };
  }
}

/**
 * People may switch off each permission by itself, so what was granted is looked at.
 * https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions
 */
async function authorize(
  options: GoogleLoginOptions,
  ctx: PlatformContext,
  { accessToken, refreshToken, params }: OAuthGrant,
): Promise<Authorization> {
  const scopes = typeof params.scope === 'string' ? params.scope.split(' ').filter((scope) => scope !== '') : [];
  const missing = options.requiredScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) throw new PlatformFailure(scopesMissing(options.name, missing));
  if (refreshToken === undefined) throw new PlatformFailure(noRefreshToken(options.name));
  const endsAt = secondsFrom(ctx, params.refresh_token_expires_in);
  const credentials: GoogleCredentials = {
    accessToken,
    refreshToken,
    ...(endsAt && { endsAt: endsAt.toISOString() }),
  };
  const account = await options.identify({ ...ctx, credentials });
  return {
    account,
    credentials,
    scopes,
    expiresAt: endsAt ?? accessEnd(ctx, params),
    ...(endsAt && { expiryNote: endNote(endsAt.getTime() - ctx.now().getTime()) }),
  };
}

/**
 * A new access token. The refresh token stays as it is, unless the answer names another. Where the sign-in has an end of its own,
 * that is what is told to people, as only they can prolong it; otherwise the end of the access token, before which the engine
 * renews it. https://developers.google.com/identity/protocols/oauth2/web-server#offline
 */
export async function refreshGoogle(
  ctx: AccountContext,
  name: string,
): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  const { refreshToken, endsAt } = googleCredentialsOf(ctx);
  const operation = 'renew the sign-in';
  const app = appOf(ctx, { name, at: 'the Google Cloud console', docs: SIGN_IN_DOCS });
  try {
    const { body } = await requestJson(ctx.fetch, operation, `${endpointOf(ctx, 'oauth2')}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: app.clientId,
        client_secret: app.clientSecret,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      }),
    });
    const end = secondsFrom(ctx, body.refresh_token_expires_in)?.toISOString() ?? endsAt;
    const credentials: GoogleCredentials = {
      accessToken: stringField(body, 'access_token', operation),
      refreshToken: typeof body.refresh_token === 'string' ? body.refresh_token : refreshToken,
      ...(end !== undefined && { endsAt: end }),
    };
    return { credentials, expiresAt: end === undefined ? accessEnd(ctx, body) : new Date(end) };
  } catch (error) {
    const isOver = endsAt !== undefined && new Date(endsAt) <= ctx.now();
    if (isOver && googleErrorOf(error)?.signIn === 'invalid_grant') throw new PlatformFailure(signInOver(name));
    throw error;
  }
}

/**
 * Gives the sign-in back: a refresh token takes its access tokens with it. That it is worth nothing already is as good.
 * https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
 */
export async function revokeGoogle(ctx: AccountContext): Promise<void> {
  const { refreshToken } = googleCredentialsOf(ctx);
  try {
    await requestJson(ctx.fetch, 'give the sign-in back', `${endpointOf(ctx, 'oauth2')}/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: refreshToken }),
    });
  } catch (error) {
    if (!(error instanceof PlatformHttpError) || googleErrorOf(error)?.signIn !== 'invalid_token') throw error;
  }
}

/** It is told before "ends". An app in testing has 7 days; people may also allow an app for a time of their own choice. */
function endNote(lifeMs: number): string {
  return lifeMs <= TESTING_LIFE_MS
    ? 'The sign-in (Google gives it 7 days at the most while the app is in testing)'
    : 'The sign-in (it was allowed for a time only)';
}

function accessEnd(ctx: Pick<PlatformContext, 'now'>, { expires_in: seconds }: JsonObject): Date {
  return secondsFrom(ctx, seconds) ?? new Date(ctx.now().getTime() + ACCESS_LIFE_S * 1000);
}

function secondsFrom(ctx: Pick<PlatformContext, 'now'>, seconds: unknown): Date | undefined {
  return typeof seconds === 'number' && seconds > 0 ? new Date(ctx.now().getTime() + seconds * 1000) : undefined;
}

function scopesMissing(name: string, missing: readonly string[]): Failure {
  const named = missing.map((scope) => scope.replace('https://www.googleapis.com/auth/', ''));
  return {
    kind: 'permission',
    message: `Google did not give ClickPost every permission that it needs for ${name}; missing: ${named.join(', ')}.`,
    remedy: 'Connect once more, and tick every permission on Google’s page.',
    docs: 'https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions',
  };
}

function noRefreshToken(name: string): Failure {
  return {
    kind: 'permission',
    message: `Google gave ClickPost no way to stay signed in to ${name}.`,
    remedy: 'Remove ClickPost at https://myaccount.google.com/connections, then connect once more.',
    docs: `${SIGN_IN_DOCS}#offline`,
  };
}

function signInOver(name: string): Failure {
  return {
    kind: 'auth',
    message: `Google gave the sign-in to ${name} an end, and it has come: 7 days at the most while the app is in testing.`,
    remedy:
      'Reconnect the account; everything scheduled on it is kept. The operator ends this by publishing the app in the Google Cloud console.',
    docs: SIGN_IN_END_DOCS,
    platformCode: 'invalid_grant',
  };
}
