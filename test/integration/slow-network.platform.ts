import {
  checkLimits,
  classifyByStatus,
  definePlatform,
  type Failure,
  type JsonObject,
  MalformedAnswerError,
  type Platform,
  type PlatformAdapter,
  type PlatformManifest,
  type PlatformSandbox,
  requestJson,
  type SandboxRequest,
  StillProcessing,
  stringField,
} from '#platforms/core';

const DOCS = 'https://lantern.example/docs';

/** What a text asks the network to do with it. */
export const SLOW_PREPARING = '[slow preparing]';
export const SLOW_SHOWING = '[slow showing]';
export const BUSY = '[busy]';

/** How long the network asks everybody to wait where it is busy. */
export const BUSY_MS = 2_000;
const ASK_AGAIN_MS = 300;

const limits: PlatformManifest['limits'] = {
  text: { max: 80, unit: 'graphemes', emptyAlone: false, emptyWithAttachment: true },
  link: { supported: false, withMedia: false },
  media: { maxCount: 0 },
};

const manifest: PlatformManifest = {
  id: 'lantern',
  name: 'Lantern',
  summary: 'A network that takes its time.',
  docs: DOCS,
  verifiedOn: '2026-11-23',
  connect: {
    type: 'credentials',
    fields: [{ name: 'account', label: 'Account', type: 'text', required: true }],
  },
  settings: [
    {
      name: 'format',
      label: 'Format',
      type: 'select',
      required: false,
      options: [
        { value: 'post', label: 'Post' },
        { value: 'spark', label: 'Spark' },
      ],
      default: 'post',
    },
    { name: 'place', label: 'Place', type: 'lookup', required: false },
  ],
  limits,
  formats: [
    { id: 'post', label: 'Post', help: 'Stays.', limits },
    {
      id: 'spark',
      label: 'Spark',
      help: 'Short, and soon gone.',
      limits: { ...limits, text: { ...limits.text, max: 20 } },
      capabilities: { edit: false },
    },
  ],
  capabilities: { remove: true, edit: true, thread: false, firstComment: false },
  endpoints: { api: 'https://api.lantern.example' },
  practiceCredentials: { account: 'practice' },
  reconcile: { method: 'exact', settleMs: 0, explanation: 'The lamp has an id before it is lit.' },
  refusals: [{ status: 422, docs: DOCS }],
  preparedTtlMs: 3_600_000,
  appearance: { color: '#e0a020' },
};

type Prepared = { lamp: string };

const adapter: PlatformAdapter<Prepared> = {
  manifest,
  validate: (draft, own) => checkLimits(draft, own, manifest),
  prepare: async (ctx, draft) => {
    const lamp = await ctx.step('lamp', async () => {
      const { body } = await requestJson(ctx.fetch, 'make', `${ctx.endpoints['api']}/lamps`, {
        ...json({ text: draft.text, account: ctx.channelId ?? '' }),
        method: 'POST',
      });
      return stringField(body, 'id', 'make');
    });
    const { body } = await requestJson(ctx.fetch, 'look', `${ctx.endpoints['api']}/lamps/${lamp}`);
    if (body['state'] === 'working') throw new StillProcessing('Lantern is processing the lamp.', soon(ctx.now()));
    return { lamp };
  },
  commit: async (ctx, { lamp }) => {
    const url = `${ctx.endpoints['api']}/lamps/${lamp}/light`;
    const { body } = await requestJson(ctx.fetch, 'commit', url, { method: 'POST' });
    if (body['state'] === 'accepted') throw new StillProcessing('Lantern is lighting the lamp.', soon(ctx.now()));
    if (body['state'] !== 'lit') throw new MalformedAnswerError('commit', 'no state');
    return { id: lamp };
  },
  reconcile: async (ctx, { prepared: { lamp } }) => {
    const { body } = await requestJson(ctx.fetch, 'look', `${ctx.endpoints['api']}/lamps/${lamp}`);
    const evidence = { lamp, state: body['state'] ?? null };
    switch (body['state']) {
      case 'lit':
        return { outcome: 'published', receipt: { id: lamp }, confidence: 'certain', evidence };
      case 'accepted':
        return { outcome: 'pending', checkAt: soon(ctx.now()), evidence };
      case 'broken':
        return { outcome: 'refused', failure: broken, evidence };
      default:
        return { outcome: 'absent', evidence };
    }
  },
  classify: (error, now) => classifyByStatus(error, manifest, now),
  pressure: (headers) => {
    const until = headers['x-ratelimit-wait-until'];
    return until === undefined
      ? undefined
      : { until: new Date(until), scope: 'channel', why: 'Lantern asks to slow down.' };
  },
  usage: async (ctx) => {
    const { body } = await requestJson(ctx.fetch, 'usage', `${ctx.endpoints['api']}/usage`);
    return [{ what: 'lamps in 24 hours', used: Number(body['used']), limit: 25, windowMs: 86_400_000, docs: DOCS }];
  },
  lookup: async (ctx, _setting, query) => {
    const { body } = await requestJson(ctx.fetch, 'search', `${ctx.endpoints['api']}/places?q=${query}`);
    return [{ value: '1', label: stringField(body, 'name', 'search') }];
  },
  edit: async (ctx, { id }, text) => {
    await requestJson(ctx.fetch, 'edit', `${ctx.endpoints['api']}/lamps/${id}`, { ...json({ text }), method: 'PATCH' });
  },
  remove: async (ctx, { id }) => {
    await requestJson(ctx.fetch, 'remove', `${ctx.endpoints['api']}/lamps/${id}`, { method: 'DELETE' });
  },
  connect: async (_ctx, { account = '' }) => ({ account: { id: account, name: account }, credentials: {}, scopes: [] }),
  listChannels: async () => [{ id: 'street', name: 'The street' }],
};

const broken: Failure = { kind: 'media', message: 'The lamp broke while it was lit.', remedy: 'Use another lamp.' };

function soon(now: Date): Date {
  return new Date(now.getTime() + ASK_AGAIN_MS);
}

function json(body: JsonObject): RequestInit {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

type Lamp = { text: string; account: string; state: string; looks: number };

/** A network whose lamps are lit, or break, when the test says so. */
export class SlowNetwork {
  readonly lamps = new Map<string, Lamp>();
  readonly platform: Platform = definePlatform({ adapter, sandbox: () => Promise.resolve(this.sandbox()) });
  private light: (id: string) => void = () => undefined;

  /** The lamp with this text comes to its end. */
  finish(text: string, state: 'lit' | 'broken'): void {
    const [id, lamp] = [...this.lamps].findLast(([, one]) => one.text === text) ?? [];
    if (id === undefined || !lamp) throw new Error('There is no such lamp.');
    lamp.state = state;
    if (state === 'lit') this.light(id);
  }

  private sandbox(): PlatformSandbox {
    return {
      routes: (world) => {
        this.light = (id) => {
          const lamp = this.lamps.get(id);
          if (lamp) world.show({ ...shown(id, lamp), at: world.now().toISOString() });
        };
        return [
          { method: 'POST', path: '/api/lamps', operation: 'prepare', handle: (request) => this.make(request) },
          { method: 'POST', path: '/api/lamps/:id/light', operation: 'commit', handle: (request) => this.lit(request) },
          { method: 'GET', path: '/api/lamps/:id', operation: 'read', handle: (request) => this.look(request) },
          {
            method: 'DELETE',
            path: '/api/lamps/:id',
            operation: 'remove',
            handle: ({ params }) => {
              world.hide('street', params['id'] ?? '');
              return { status: 200, body: {} };
            },
          },
          {
            method: 'PATCH',
            path: '/api/lamps/:id',
            operation: 'remove',
            handle: ({ params, json: { text } }) => {
              const id = params['id'] ?? '';
              const lamp = this.lamps.get(id);
              if (!lamp || typeof text !== 'string') return { status: 404, body: {} };
              lamp.text = text;
              world.hide('street', id);
              world.show({ ...shown(id, lamp), at: world.now().toISOString() });
              return { status: 200, body: {} };
            },
          },
          {
            method: 'GET',
            path: '/api/usage',
            operation: 'read',
            handle: () => ({ status: 200, body: { used: world.visible().length } }),
          },
          {
            method: 'GET',
            path: '/api/places',
            operation: 'read',
            handle: ({ query }) => ({ status: 200, body: { name: `The ${query['q']}` } }),
          },
        ];
      },
      refusal: (kind) => ({
        status: { auth: 401, 'rate-limit': 429, unavailable: 503, 'bad-request': 400, content: 422 }[kind],
      }),
    };
  }

  private make({ json: { text, account } }: SandboxRequest) {
    const id = `lamp${this.lamps.size + 1}`;
    const lamp = { text: textIn(text), account: textIn(account), looks: 0 };
    this.lamps.set(id, { ...lamp, state: lamp.text.includes(SLOW_PREPARING) ? 'working' : 'made' });
    const until = new Date(Date.now() + BUSY_MS).toISOString();
    const headers = lamp.text.includes(BUSY) ? { headers: { 'x-ratelimit-wait-until': until } } : {};
    return { status: 200, body: { id }, ...headers };
  }

  private look({ params }: SandboxRequest) {
    const lamp = this.lamps.get(params['id'] ?? '');
    if (!lamp) return { status: 404, body: {} };
    lamp.looks += 1;
    if (lamp.state === 'working' && lamp.looks > 1) lamp.state = 'made';
    return { status: 200, body: { state: lamp.state } };
  }

  private lit({ params }: SandboxRequest) {
    const id = params['id'] ?? '';
    const lamp = this.lamps.get(id);
    if (!lamp) return { status: 404, body: {} };
    lamp.state = lamp.text.includes(SLOW_SHOWING) ? 'accepted' : 'lit';
    if (lamp.state === 'lit') this.light(id);
    return { status: 200, body: { state: lamp.state } };
  }
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function shown(id: string, { text }: Lamp) {
  return { platform: 'lantern', account: 'street', id, text, media: [] };
}
