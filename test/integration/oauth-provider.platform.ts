import { Strategy as OAuth2Strategy, type VerifyCallback } from 'passport-oauth2';
import {
  type AccountContext,
  checkLimits,
  classifyByStatus,
  definePlatform,
  isJsonObject,
  type Json,
  type JsonObject,
  type OAuthConnect,
  type Platform,
  type PlatformAdapter,
  PlatformHttpError,
  type PlatformManifest,
  requestJson,
  stringField,
} from '#platforms/core';

/** A platform folder as one for a network with plain OAuth 2.0 would be: the bridge does the rest. */
export function guild(origin: string): Platform {
  const manifest: PlatformManifest = {
    id: 'guild',
    name: 'Guild',
    summary: 'Short texts in the halls of an imaginary guild.',
    docs: 'https://guild.example/docs',
    verifiedOn: '2026-11-22',
    connect: {
      type: 'oauth',
      scopes: ['openid', 'offline_access', 'publish', 'insights'],
      requiredScopes: ['publish'],
    },
    settings: [],
    limits: {
      text: { max: 50, unit: 'graphemes', emptyAlone: false, emptyWithAttachment: false },
      link: { supported: false, withMedia: false },
      media: { maxCount: 0 },
    },
    capabilities: { remove: false, edit: false, thread: false, firstComment: false },
    endpoints: { server: origin },
    practiceCredentials: {},
    reconcile: { method: 'none', settleMs: 0, explanation: 'Nothing is ever published here.' },
    refusals: [],
    preparedTtlMs: 3_600_000,
    appearance: { color: '#335577' },
    extra: { scopeFeatures: { insights: 'Figures of what was published' } },
  };
  const adapter: PlatformAdapter = {
    manifest,
    oauth,
    validate: (draft, limits) => checkLimits(draft, limits, manifest),
    prepare: async () => ({}),
    commit: () => Promise.reject(new Error('Nothing is published here.')),
    reconcile: () => Promise.reject(new Error('Nothing is published here.')),
    classify: (error, now) => {
      const failure = classifyByStatus(error, manifest, now);
      if (!(error instanceof PlatformHttpError) || !isJsonObject(error.body)) return failure;
      if (error.body.error !== 'invalid_grant') return failure;
      return {
        kind: 'auth',
        message: 'Guild has ended this sign-in.',
        remedy: 'Reconnect the account; everything scheduled on it is kept.',
      };
    },
    listChannels: async (ctx) => {
      const { body } = await get(ctx, '/api/places', textOf(ctx.credentials.accessToken));
      const places = Array.isArray(body.places) ? body.places.filter((place) => typeof place === 'string') : [];
      return places.map((place) => ({ id: place, name: place }));
    },
    refresh: async (ctx) => {
      const form = { grant_type: 'refresh_token', refresh_token: textOf(ctx.credentials.refreshToken) };
      const { body } = await post(ctx, '/token', form);
      return { credentials: tokens(body), expiresAt: new Date(ctx.now().getTime() + Number(body.expires_in) * 1000) };
    },
    revoke: async (ctx) => {
      const answer = await ctx.fetch(`${ctx.endpoints['server']}/token/revocation`, {
        method: 'POST',
        body: new URLSearchParams({ ...appForm(ctx), token: textOf(ctx.credentials.refreshToken) }),
      });
      if (!answer.ok) throw new PlatformHttpError(answer.status, answer.headers, await answer.text(), 'revoke');
    },
  };
  const sandbox = { routes: () => [], refusal: () => ({ status: 503 }) };
  return definePlatform({ adapter, sandbox: () => Promise.resolve(sandbox) });
}

/** Refresh tokens are given to those alone who are asked for their consent each time: OpenID Connect Core, section 11. */
class GuildStrategy extends OAuth2Strategy {
  override authorizationParams(): object {
    return { prompt: 'consent' };
  }
}

const oauth: OAuthConnect = {
  strategy: ({ app, callbackUrl, endpoints, verify }) =>
    new GuildStrategy(
      {
        clientID: app.clientId,
        clientSecret: app.clientSecret,
        callbackURL: callbackUrl,
        authorizationURL: `${endpoints['server']}/auth`,
        tokenURL: `${endpoints['server']}/token`,
        scope: ['openid', 'offline_access', 'publish', 'insights'],
      },
      (accessToken: string, refreshToken: string, params: JsonObject, _: object, done: VerifyCallback) => {
        verify({ accessToken, params, ...(refreshToken && { refreshToken }) });
        done(null, {} as Express.User);
      },
    ),
  authorize: async (ctx, { accessToken, refreshToken, params }) => {
    const { body } = await get(ctx, '/api/me', accessToken);
    return {
      account: { id: stringField(body, 'id', 'me'), name: stringField(body, 'name', 'me') },
      credentials: { accessToken, ...(refreshToken !== undefined && { refreshToken }) },
      scopes: textOf(params.scope).split(' '),
      expiresAt: new Date(ctx.now().getTime() + Number(params.expires_in) * 1000),
    };
  },
};

type Context = Pick<AccountContext, 'fetch' | 'endpoints' | 'app'>;

function get(ctx: Context, path: string, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  return requestJson(ctx.fetch, path, `${ctx.endpoints['server']}${path}`, { headers });
}

function post(ctx: Context, path: string, form: Record<string, string>) {
  const body = new URLSearchParams({ ...appForm(ctx), ...form });
  return requestJson(ctx.fetch, path, `${ctx.endpoints['server']}${path}`, { method: 'POST', body });
}

function appForm({ app }: Context): Record<string, string> {
  return { client_id: app?.clientId ?? '', client_secret: app?.clientSecret ?? '' };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function tokens(body: JsonObject): JsonObject {
  const { access_token: accessToken = null, refresh_token: refreshToken } = body;
  return { accessToken, ...(refreshToken !== undefined && { refreshToken }) };
}
