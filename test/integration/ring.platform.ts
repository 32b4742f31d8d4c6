import { createHmac } from 'node:crypto';
import { type Request } from 'express';
import { Strategy } from 'passport';
import {
  checkLimits,
  classifyByStatus,
  definePlatform,
  type Json,
  type OAuthConnect,
  type Platform,
  type PlatformAdapter,
  type PlatformManifest,
} from '#platforms/core';
import { metaCallbacks } from '#platforms/meta';

/** The app of the practice network. */
export const PRACTICE_APP = { clientId: 'practice-ring', clientSecret: 'practice-secret' };

/** A network with two ways to connect, each with an app of its own, that tells of people who leave as Meta's networks do. */
export function ring(more: Partial<PlatformAdapter> = {}): Platform {
  return platform('ring', { ...more, manifest: ringManifest });
}

/** A network whose only app is the one that the second way of the ring uses. */
export function hall(): Platform {
  return platform('hall', {
    manifest: { ...base('hall', 'Hall'), connect: { type: 'oauth', scopes: [], requiredScopes: [] } },
  });
}

/** `<signature>.<payload>`: https://developers.facebook.com/docs/facebook-login/guides/advanced/oauth-in-games#parsingsr */
export function signedRequest(secret: string, payload: object, algorithm = 'HMAC-SHA256'): string {
  const encoded = Buffer.from(JSON.stringify({ algorithm, ...payload })).toString('base64url');
  return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
}

/** `X-Hub-Signature-256`: https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications */
export function hubSignature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

const base = (id: string, name: string) => ({
  ...{ id, name, summary: `Texts at ${name}.`, docs: `https://${id}.example/docs`, verifiedOn: '2026-11-23' },
  settings: [],
  limits: {
    text: { max: 500, unit: 'graphemes' as const, emptyAlone: false, emptyWithAttachment: false },
    link: { supported: false, withMedia: false },
    media: { maxCount: 0 },
  },
  capabilities: { remove: false, edit: false, thread: false, firstComment: false },
  endpoints: { server: `https://${id}.example` },
  practiceCredentials: {},
  reconcile: { method: 'none' as const, settleMs: 0, explanation: 'Nothing is ever published here.' },
  refusals: [],
  preparedTtlMs: 3_600_000,
  appearance: { color: '#335577' },
});

const ringManifest: PlatformManifest = {
  ...base('ring', 'Ring'),
  connect: {
    type: 'oauth',
    scopes: ['publish', 'figures'],
    requiredScopes: ['publish'],
    app: 'ring',
    ways: [
      way('ring-login', 'With Ring', 'ring', ['publish', 'figures']),
      way('hall-login', 'With Hall', 'hall', ['publish', 'places']),
    ],
  },
  extra: { practiceApp: PRACTICE_APP, scopeFeatures: { places: 'Naming places', figures: 'Reading figures' } },
};

function way(id: string, label: string, app: string, scopes: string[]) {
  return { id, label, app, scopes, requiredScopes: ['publish'], help: `Choose it for ${label}.` };
}

function platform(
  id: string,
  { manifest, ...more }: Partial<PlatformAdapter> & { manifest: PlatformManifest },
): Platform {
  const never = () => Promise.reject(new Error('Nothing is published here.'));
  const adapter: PlatformAdapter = {
    manifest,
    oauth,
    callbacks: metaCallbacks,
    validate: (draft, limits) => checkLimits(draft, limits, manifest),
    prepare: async () => ({}),
    commit: never,
    reconcile: never,
    classify: (error, now) => classifyByStatus(error, manifest, now),
    listChannels: ({ credentials }) => {
      const person = textOf(credentials.token);
      const place = {
        handle: `@${person}`,
        url: `https://${id}.example/${person}`,
        avatarUrl: `https://${id}.example/a.png`,
      };
      return Promise.resolve([{ id: `${person}-wall`, name: `The wall of ${person}`, ...place, details: { person } }]);
    },
    ...more,
  };
  return definePlatform({
    adapter,
    sandbox: () => Promise.resolve({ routes: () => [], refusal: () => ({ status: 503 }) }),
  });
}

/** Who comes back with a code is whom the code names; scopes come with it. */
const oauth: OAuthConnect = {
  strategy: ({ app, endpoints, way: chosen = '', verify }) => {
    class CodeStrategy extends Strategy {
      override authenticate({ query }: Request, { state = '' }: { state?: string } = {}): void {
        const { code, scope = '' } = query;
        if (typeof code !== 'string') {
          const asked = new URLSearchParams({ state, client_id: app.clientId, secret: app.clientSecret, way: chosen });
          return this.redirect(`${endpoints['server']}/consent?${asked.toString()}`);
        }
        verify({ accessToken: code, params: { scope: typeof scope === 'string' ? scope : '' } });
        this.success({} as Express.User);
      }
    }
    return new CodeStrategy();
  },
  authorize: (ctx, { accessToken: person, params }) =>
    Promise.resolve({
      account: { id: person, name: `Person ${person}`, handle: `@${person}`, url: `https://ring.example/${person}` },
      credentials: { token: person, clientId: ctx.app?.clientId ?? '', way: ctx.way ?? '' },
      scopes: textOf(params.scope).split(' ').filter(Boolean),
      expiresAt: new Date(ctx.now().getTime() + 50 * 86_400_000),
      expiryNote: 'Ring’s permission to read data',
    }),
};

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
