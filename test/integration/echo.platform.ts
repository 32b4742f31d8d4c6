import {
  checkLimits,
  classifyByStatus,
  type Cost,
  definePlatform,
  type Failure,
  genericFailure,
  type JsonObject,
  type Platform,
  type PlatformAdapter,
  PlatformHttpError,
  type PlatformManifest,
  type PlatformSandbox,
  requestJson,
  type SandboxAnswer,
  type SandboxRequest,
  type SandboxWorld,
  stringField,
} from '#platforms/core';

const DOCS = 'https://echo.example/docs';

/** What a text asks the network to do with it. */
export const UNNAMED = '[unnamed]';
/** The id that an edited post is said to have then. */
const TAKEN = /\[as (\S+)\]/;
/** For how long the same may be sent again after an unknown outcome. */
export const repeating = { ms: 60_000 };

const facts = { asOf: '2026-11-23', docs: DOCS };

const limits: PlatformManifest['limits'] = {
  text: { max: 80, unit: 'graphemes', emptyAlone: false, emptyWithAttachment: true },
  link: { supported: true, withMedia: false },
  media: { maxCount: 0 },
};

const manifest: PlatformManifest = {
  id: 'echo',
  name: 'Echo',
  summary: 'A network that hears the same only once, cannot be read, and is paid for.',
  docs: DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'credentials', fields: [{ name: 'account', label: 'Account', type: 'text', required: true }] },
  settings: [
    { name: 'hall', label: 'Hall', type: 'lookup', required: true, listed: true },
    { name: 'seat', label: 'Seat', type: 'lookup', required: false, listed: true, dependsOn: 'hall' },
    { name: 'tone', label: 'Tone', type: 'text', required: false },
  ],
  limits,
  capabilities: { remove: true, edit: true, thread: false, firstComment: true },
  endpoints: { api: 'https://api.echo.example' },
  practiceCredentials: { account: 'practice' },
  reconcile: { method: 'repeat', settleMs: 0, explanation: 'The same is refused, and named.' },
  refusals: [{ status: 400, docs: DOCS }],
  prices: [
    { id: 'call', label: 'a call', usd: 0.015, ...facts },
    { id: 'call-with-link', label: 'a call that holds a link', usd: 0.2, ...facts },
    { id: 'reading', label: 'a reading', usd: 0.005, ...facts },
  ],
  preparedTtlMs: 3_600_000,
  appearance: { color: '#305070' },
};

type Prepared = { text: string; link: string };

const priceOf = (link: string | undefined): Cost => ({ price: link ? 'call-with-link' : 'call', count: 1 });
/** The upper part of an id is when it was made. */
const madeAt = (id: string): number => Number(id.split('-')[0]);

const adapter: PlatformAdapter<Prepared> = {
  manifest,
  validate: (draft, own) => checkLimits(draft, own, manifest),
  prepare: (_ctx, { text, link = '' }) => Promise.resolve({ text, link }),
  commit: async (ctx, prepared) => {
    const { body } = await requestJson(ctx.fetch, 'commit', `${ctx.endpoints['api']}/calls`, {
      ...json({ ...prepared, account: ctx.channelId ?? '' }),
      method: 'POST',
    });
    const id = stringField(body, 'id', 'commit');
    ctx.spend(priceOf(prepared.link));
    return { id };
  },
  permalink: async (ctx, { id }) => {
    await requestJson(ctx.fetch, 'read', `${ctx.endpoints['api']}/permalinks/${id}`);
    ctx.spend({ price: 'reading', count: 1 });
    return `https://echo.example/${id}`;
  },
  reconcile: (ctx, { prepared, since, claimed, duplicate }) => {
    const of = duplicate?.of;
    const evidence = { ...(of !== undefined && { of }) };
    if (of !== undefined) {
      if (claimed.has(of) || madeAt(of) < since.getTime() - 1_000) {
        return Promise.resolve({ outcome: 'refused', failure: olderOne(of), evidence });
      }
      ctx.spend(priceOf(prepared.link));
      return Promise.resolve({ outcome: 'published', receipt: { id: of }, confidence: 'matched', evidence });
    }
    const until = new Date(since.getTime() + repeating.ms);
    if (!duplicate && until > ctx.now()) return Promise.resolve({ outcome: 'repeatable', until, evidence });
    return Promise.resolve({ outcome: 'unknown', evidence });
  },
  classify: (error, now) => {
    if (!(error instanceof PlatformHttpError) || error.status !== 422) return classifyByStatus(error, manifest, now);
    const { of } = error.body as { of?: string };
    return { ...genericFailure('duplicate', manifest.name), ...(of !== undefined && { duplicateOf: of }) };
  },
  usage: async (ctx) => {
    const { body } = await requestJson(ctx.fetch, 'usage', `${ctx.endpoints['api']}/usage`);
    ctx.spend({ price: 'reading', count: 1 });
    return [{ what: 'calls in 24 hours', used: Number(body['used']), limit: 25, windowMs: 86_400_000, docs: DOCS }];
  },
  lookup: async (ctx, setting, query, of = '') => {
    const search = new URLSearchParams({ query, of });
    const { body } = await requestJson(
      ctx.fetch,
      'search',
      `${ctx.endpoints['api']}/lists/${setting}?${search.toString()}`,
    );
    return (body['found'] as string[]).map((label, index) => ({ value: String(index + 1), label }));
  },
  cost: ({ link }) => [priceOf(link)],
  edit: async (ctx, { id }, text) => {
    const url = `${ctx.endpoints['api']}/calls/${id}`;
    const { body } = await requestJson(ctx.fetch, 'edit', url, { ...json({ text }), method: 'PATCH' });
    ctx.spend({ price: 'call', count: 1 });
    const next = stringField(body, 'id', 'edit');
    return { id: next, permalink: `https://echo.example/${next}` };
  },
  remove: async (ctx, { id }) => {
    await requestJson(ctx.fetch, 'remove', `${ctx.endpoints['api']}/calls/${id}`, { method: 'DELETE' });
  },
  connect: (ctx, { account = '' }) => {
    ctx.spend({ price: 'reading', count: 1 });
    return Promise.resolve({ account: { id: account, name: account }, credentials: {}, scopes: [] });
  },
  listChannels: () =>
    Promise.resolve([
      { id: 'valley', name: 'The valley' },
      { id: 'cave', name: 'The cave', capabilities: { edit: false, firstComment: false }, withoutSettings: ['tone'] },
    ]),
};

function olderOne(of: string): Failure {
  return {
    kind: 'duplicate',
    message: 'Echo has heard the same before, so it did not take it again.',
    remedy: 'Change the text, then retry.',
    duplicateOf: of,
  };
}

function json(body: JsonObject): RequestInit {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A network that refuses to hear the same twice, and names what it heard. */
export class EchoNetwork {
  readonly platform: Platform = definePlatform({ adapter, sandbox: () => Promise.resolve(this.sandbox()) });
  private world: SandboxWorld | undefined;
  private count = 0;

  /** Somebody calls past ClickPost, now or so long ago. Returns the id. */
  call(text: string, agoMs = 0): string {
    if (!this.world) throw new Error('Nothing runs yet.');
    const at = this.world.now().getTime() - agoMs;
    const id = `${at}-${(this.count += 1)}`;
    const where = { platform: 'echo', account: 'valley', permalink: `https://echo.example/${id}` };
    this.world.show({ ...where, id, text, media: [], at: new Date(at).toISOString() });
    return id;
  }

  private sandbox(): PlatformSandbox {
    const ok = (body: JsonObject = {}): SandboxAnswer => ({ status: 200, body });
    return {
      routes: (world) => {
        this.world = world;
        const hide = ({ params }: SandboxRequest) => world.hide('valley', params['id'] ?? '');
        return [
          { method: 'POST', path: '/api/calls', operation: 'commit', handle: (request) => this.hear(request) },
          {
            method: 'PATCH',
            path: '/api/calls/:id',
            operation: 'remove',
            handle: (request) => {
              const text = textIn(request.json['text']);
              const taken = TAKEN.exec(text)?.[1];
              hide(request);
              return ok({ id: taken ?? this.call(text) });
            },
          },
          {
            method: 'DELETE',
            path: '/api/calls/:id',
            operation: 'remove',
            handle: (request) => {
              hide(request);
              return ok();
            },
          },
          { method: 'GET', path: '/api/permalinks/:id', operation: 'read', handle: () => ok() },
          {
            method: 'GET',
            path: '/api/usage',
            operation: 'read',
            handle: () => ok({ used: world.visible().length }),
          },
          { method: 'GET', path: '/api/lists/:setting', operation: 'read', handle: (request) => list(request) },
        ];
      },
      refusal: (kind) => ({
        status: { auth: 401, 'rate-limit': 429, unavailable: 503, 'bad-request': 409, content: 400 }[kind],
      }),
    };
  }

  private hear({ json: { text } }: SandboxRequest): SandboxAnswer {
    const said = textIn(text);
    const same = this.world?.visible().find((post) => post.platform === 'echo' && post.text === said);
    if (!same) return { status: 200, body: { id: this.call(said) } };
    return { status: 422, body: said.includes(UNNAMED) ? {} : { of: same.id } };
  }
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** 300 halls, and two seats in each of them. */
function list({ params, query: { query = '', of = '' } }: SandboxRequest): SandboxAnswer {
  if (query === 'forbidden') return { status: 403, body: {} };
  const all =
    params['setting'] === 'hall'
      ? Array.from({ length: 300 }, (_, index) => `Hall ${index + 1}`)
      : [`Seat A of ${of}`, `Seat B of ${of}`];
  return { status: 200, body: { found: all.filter((name) => name.includes(query)) } };
}
