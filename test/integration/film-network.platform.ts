import {
  type Budget,
  type ChannelTerms,
  checkLimits,
  classifyByStatus,
  definePlatform,
  type Failure,
  isJsonObject,
  type JsonObject,
  type Platform,
  type PlatformAdapter,
  PlatformFailure,
  type PlatformManifest,
  type PlatformSandbox,
  requestJson,
  type SandboxRequest,
  StillProcessing,
  streamedFile,
  stringField,
} from '#platforms/core';

const DOCS = 'https://cinema.example/docs';

/** What a text asks the network to do with it. */
export const DEVELOPING = '[developing]';
export const SOON_GONE = '[soon gone]';
export const WITH_NOTE = '[with note]';
/** It is never prepared to its end. */
export const CUTTING = '[cutting]';
/** The network itself says that no more reels are taken today. */
export const NO_MORE_TODAY = '[no more today]';
export const NO_MORE_FOR_MS = 3_600_000;

export const NOTE = 'It waits at the box office until somebody opens the hall.';
const ASK_AGAIN_MS = 300;

/** What everybody here may use in a day. */
export const BUDGETS: readonly Budget[] = [
  { id: 'reels', what: 'reels of everybody here', limit: 3, timeZone: 'America/Los_Angeles', docs: DOCS },
  { id: 'units', what: 'units', limit: 1_000, timeZone: 'America/Los_Angeles', docs: DOCS },
];

const manifest: PlatformManifest = {
  id: 'cinema',
  name: 'Cinema',
  summary: 'A network that publishes by the last part of a file, and counts by the day.',
  docs: DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'credentials', fields: [{ name: 'account', label: 'Account', type: 'text', required: true }] },
  settings: [
    {
      name: 'audience',
      label: 'Who may watch',
      type: 'select',
      required: false,
      options: [
        { value: 'everyone', label: 'Everyone' },
        { value: 'friends', label: 'Friends' },
      ],
    },
    { name: 'comments', label: 'Comments', type: 'boolean', required: false },
  ],
  limits: {
    text: { max: 80, unit: 'graphemes', emptyAlone: false, emptyWithAttachment: true },
    link: { supported: false, withMedia: false },
    media: { maxCount: 1, image: { types: ['image/png', 'image/jpeg'], maxBytes: 10_000_000 } },
  },
  capabilities: { remove: false, edit: false, thread: true, firstComment: false },
  endpoints: { api: 'https://api.cinema.example' },
  practiceCredentials: { account: 'practice' },
  reconcile: { method: 'exact', settleMs: 0, explanation: 'The reel has an id before it is shown.' },
  refusals: [{ status: 422, docs: DOCS }],
  budgets: BUDGETS,
  preparedTtlMs: 3_600_000,
  appearance: { color: '#802040' },
};

type Prepared = { reel: string; until?: string };

const adapter: PlatformAdapter<Prepared> = {
  manifest,
  validate: (draft, own) => checkLimits(draft, own, manifest),
  needs: ({ kind }) => (kind === 'post' ? { reels: 1, units: 60 } : { units: 60 }),
  prepare: async (ctx, draft) => {
    const made = await ctx.step('reel', async () => {
      if (draft.text.includes(NO_MORE_TODAY)) throw new PlatformFailure(noMoreToday(ctx.now()));
      if (draft.kind === 'post') ctx.use('reels', 1);
      ctx.use('units', 10);
      const { body } = await requestJson(ctx.fetch, 'make', `${ctx.endpoints['api']}/reels`, {
        ...json({ text: draft.text, account: ctx.channelId ?? '' }),
        method: 'POST',
      });
      const until = body['until'];
      return { reel: stringField(body, 'id', 'make'), ...(typeof until === 'string' && { until }) };
    });
    if (draft.text.includes(CUTTING)) throw new StillProcessing('Cinema is cutting the film.', soon(ctx.now()));
    return made;
  },
  goodUntil: ({ until }) => (until === undefined ? undefined : new Date(until)),
  commit: async (ctx, { reel }) => {
    const [file] = ctx.media;
    const last = file ? await streamedFile(file) : json({});
    ctx.use('units', 50);
    const url = `${ctx.endpoints['api']}/reels/${reel}/last`;
    const { body } = await requestJson(ctx.fetch, 'commit', url, { ...last, method: 'PUT' });
    if (body['state'] === 'developing')
      throw new StillProcessing('Cinema is developing the film.', soon(ctx.now()), {
        job: stringField(body, 'job', 'commit'),
      });
    const note = body['note'];
    return { id: reel, ...(typeof note === 'string' && { note }) };
  },
  reconcile: async (ctx, { prepared: { reel }, accepted }) => {
    const asked = new URLSearchParams({ job: JSON.stringify(accepted ?? null) });
    const { body } = await requestJson(ctx.fetch, 'look', `${ctx.endpoints['api']}/reels/${reel}?${asked.toString()}`);
    const evidence = { reel, state: body['state'] ?? null };
    switch (body['state']) {
      case 'shown':
        return { outcome: 'published', receipt: { id: reel, note: NOTE }, confidence: 'certain', evidence };
      case 'developing':
        return { outcome: 'pending', checkAt: soon(ctx.now()), evidence };
      default:
        return { outcome: 'absent', evidence };
    }
  },
  classify: (error, now) => classifyByStatus(error, manifest, now),
  terms: async (ctx) => {
    ctx.use('units', 1);
    const { body } = await requestJson(ctx.fetch, 'terms', `${ctx.endpoints['api']}/terms`);
    return body;
  },
  discard: async (ctx, { reel }) => {
    await requestJson(ctx.fetch, 'discard', `${ctx.endpoints['api']}/reels/${reel}`, { method: 'DELETE' });
  },
  discardSteps: async (ctx, { reel }) => {
    if (!isJsonObject(reel)) return;
    const id = stringField(reel, 'reel', 'discard');
    await requestJson(ctx.fetch, 'discard', `${ctx.endpoints['api']}/reels/${id}`, { method: 'DELETE' });
  },
  connect: async (_ctx, { account = '' }) => ({ account: { id: account, name: account }, credentials: {}, scopes: [] }),
  listChannels: async (ctx) => {
    ctx.use('units', 1);
    return [
      { id: 'screen', name: 'The big screen' },
      { id: 'hall', name: 'The small hall' },
    ];
  },
};

/** Of reels alone: what is made already may be shown. */
function noMoreToday(now: Date): Failure {
  return {
    ...{ kind: 'rate-limit', scope: 'post', message: 'No more reels are taken today.', remedy: 'Nothing to do.' },
    retryAt: new Date(now.getTime() + NO_MORE_FOR_MS).toISOString(),
  };
}

function soon(now: Date): Date {
  return new Date(now.getTime() + ASK_AGAIN_MS);
}

function json(body: JsonObject): RequestInit {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

type Reel = { text: string; state: 'made' | 'developing' | 'shown' | 'gone'; bytes: number };

/** A network whose films are shown by the last part of their file. */
export class FilmNetwork {
  readonly reels = new Map<string, Reel>();
  /** By what each look asked: `null` where it knew nothing that the commit learnt. */
  readonly asked: unknown[] = [];
  /** What it says right now about posting; how often it was asked. */
  terms: ChannelTerms = {};
  termsAsked = 0;
  /** Is done when a reel is asked for, before it is there. */
  whenAsked: () => Promise<void> = () => Promise.resolve();
  readonly platform: Platform = definePlatform({ adapter, sandbox: () => Promise.resolve(this.sandbox()) });
  private show: (id: string) => void = () => undefined;

  reelsOf(word: string): Reel[] {
    return [...this.reels.values()].filter(({ text }) => text.includes(word));
  }

  /** The film with this text is developed. */
  finish(text: string): void {
    const [id, reel] = [...this.reels].findLast(([, one]) => one.text === text) ?? [];
    if (id === undefined || !reel) throw new Error('There is no such film.');
    reel.state = 'shown';
    this.show(id);
  }

  private sandbox(): PlatformSandbox {
    return {
      routes: (world) => {
        this.show = (id) => {
          const text = this.reels.get(id)?.text ?? '';
          world.show({ platform: 'cinema', account: 'screen', id, text, media: [], at: world.now().toISOString() });
        };
        return [
          { method: 'POST', path: '/api/reels', operation: 'prepare', handle: (request) => this.make(request) },
          { method: 'PUT', path: '/api/reels/:id/last', operation: 'commit', handle: (request) => this.last(request) },
          { method: 'GET', path: '/api/reels/:id', operation: 'read', handle: (request) => this.look(request) },
          { method: 'DELETE', path: '/api/reels/:id', operation: 'remove', handle: (request) => this.gone(request) },
          {
            method: 'GET',
            path: '/api/terms',
            operation: 'read',
            handle: () => {
              this.termsAsked += 1;
              return { status: 200, body: JSON.parse(JSON.stringify(this.terms)) as JsonObject };
            },
          },
        ];
      },
      refusal: (kind) => ({
        status: { auth: 401, 'rate-limit': 429, unavailable: 503, 'bad-request': 400, content: 422 }[kind],
      }),
    };
  }

  private async make({ json: { text } }: SandboxRequest) {
    await this.whenAsked();
    const id = `reel${this.reels.size + 1}`;
    const words = typeof text === 'string' ? text : '';
    const made = [...this.reels.values()].filter((reel) => reel.text === words).length;
    this.reels.set(id, { text: words, state: 'made', bytes: 0 });
    // The first one alone: whoever makes it anew in time has one that lasts.
    const until = words.includes(SOON_GONE) && made === 0 ? new Date(Date.now() + 1_500).toISOString() : undefined;
    return { status: 200, body: { id, ...(until !== undefined && { until }) } };
  }

  private last({ params, body }: SandboxRequest) {
    const id = params['id'] ?? '';
    const reel = this.reels.get(id);
    if (!reel || reel.state === 'gone') return { status: 404, body: {} };
    reel.bytes = body.bytes;
    if (reel.text.includes(DEVELOPING)) {
      reel.state = 'developing';
      return { status: 200, body: { state: 'developing', job: `job-of-${id}` } };
    }
    reel.state = 'shown';
    this.show(id);
    return { status: 200, body: { state: 'shown', ...(reel.text.includes(WITH_NOTE) && { note: NOTE }) } };
  }

  private look({ params, query }: SandboxRequest) {
    const reel = this.reels.get(params['id'] ?? '');
    if (!reel) return { status: 404, body: {} };
    this.asked.push(JSON.parse(query['job'] ?? 'null'));
    return { status: 200, body: { state: reel.state } };
  }

  private gone({ params }: SandboxRequest) {
    const reel = this.reels.get(params['id'] ?? '');
    if (!reel) return { status: 404, body: {} };
    reel.state = 'gone';
    return { status: 200, body: {} };
  }
}
