import { Readable } from 'node:stream';
import { type CommitContext, type Json, type MediaSource } from '#platforms/core';
import { practiceDraft, preparing } from '#platforms/testing';
import { adapter } from './adapter.js';
import { CHUNK_BYTES } from './chunks.js';
import { AGREED, clip, failureOf, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => (practice = await Practice.start()));
beforeEach(async () => {
  ctx = await practice.account();
  practice.sent.length = 0;
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

/** The last of them is larger than the others. */
const PARTS = 5;
const video = counted(clip({ dataBytes: PARTS * CHUNK_BYTES + 1_000 }));
const { draft } = practiceDraft({ text: 'A long one', settings: AGREED }, [video]);
const HOUR_MS = 3_600_000;

/** The same file, with a note of how much of it is asked for at once. */
function counted(source: MediaSource): MediaSource & { largest: number } {
  const noted = {
    ...source,
    largest: 0,
    open: async (range?: { start: number; end?: number }) => {
      const { start = 0, end = source.bytes - 1 } = range ?? {};
      noted.largest = Math.max(noted.largest, end - start + 1);
      return source.open(range);
    },
  };
  return noted;
}

const isPart = (request: Request, number: number) =>
  request.method === 'PUT' &&
  request.headers.get('content-range')?.startsWith(`bytes ${number * CHUNK_BYTES}-`) === true;

const rangeOf = (part: number, size: number) => `bytes ${part * CHUNK_BYTES}-${(part + 1) * CHUNK_BYTES - 1}/${size}`;

/** Takes every part, without keeping any. */
function standIn(ctx: CommitContext): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (request.method !== 'PUT') return ctx.fetch(request);
    practice.sent.push(new Request(request.url, { method: 'PUT', headers: request.headers }));
    return new Response(null, { status: 206 });
  };
}

async function finish(steps: Map<string, Json>): Promise<void> {
  const prepared = await practice.prepare(ctx, draft, [video], steps);
  expect(practice.visible()).toEqual([]);
  const accepted = await practice.send(ctx, prepared, [video]);
  practice.pass(60_000);
  expect(await practice.look(ctx, prepared, draft, { accepted })).toMatchObject({ outcome: 'published' });
  expect(practice.visible()).toMatchObject([{ media: [{ digest: video.digest, bytes: video.bytes }] }]);
}

// https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
describe('a video of many parts', () => {
  it('is sent part by part, each once, the last one by the commit alone', async () => {
    await finish(new Map());
    expect(practice.parts()).toHaveLength(PARTS);
    expect(practice.parts().at(-1)).toBe(`bytes ${(PARTS - 1) * CHUNK_BYTES}-${video.bytes - 1}/${video.bytes}`);
    // Never more of it is in memory than a part.
    expect(video.largest).toBeLessThan(2 * CHUNK_BYTES);
  });

  it.each(Array.from({ length: PARTS - 1 }, (_, part) => part))(
    'goes on where it was when the worker dies after part %i, whose answer nobody heard',
    async (part) => {
      const steps = new Map<string, Json>();
      practice.between = async (request, ask) => {
        const answer = await ask();
        if (isPart(request, part)) throw new TypeError('The worker died.');
        return answer;
      };
      expect(await failureOf(practice.prepare(ctx, draft, [video], steps))).toMatchObject({ kind: 'unavailable' });
      practice.between = undefined;
      practice.sent.length = 0;
      await finish(steps);
      // TikTok says 416 to the first part that it has already; nothing else is sent twice.
      expect(practice.parts()).toHaveLength(PARTS - part);
      expect(practice.sent.filter(({ url }) => url.includes('/init'))).toHaveLength(0);
    },
  );

  it('is sent again from the part that never arrived', async () => {
    const steps = new Map<string, Json>();
    practice.between = async (request, ask) => {
      if (isPart(request, 2)) throw new TypeError('fetch failed');
      return ask();
    };
    expect(await failureOf(practice.prepare(ctx, draft, [video], steps))).toMatchObject({ kind: 'unavailable' });
    practice.between = undefined;
    await finish(steps);
  });

  it('asks for the state of the post where TikTok does not say how far it is', async () => {
    const steps = new Map<string, Json>();
    const silent = async (request: Request, ask: () => Promise<Response>) => {
      const answer = await ask();
      if (request.method !== 'PUT') return answer;
      if (isPart(request, 2) && answer.status === 206) throw new TypeError('fetch failed');
      return new Response(null, { status: answer.status });
    };
    practice.between = silent;
    expect(await failureOf(practice.prepare(ctx, draft, [video], steps))).toMatchObject({ kind: 'unavailable' });
    practice.between = async (request, ask) => {
      const answer = await ask();
      return request.method === 'PUT' ? new Response(null, { status: answer.status }) : answer;
    };
    await finish(steps);
    expect(practice.sent.some(({ url }) => url.includes('/status/fetch'))).toBe(true);
  });

  it('keeps where it is every 64 MB', async () => {
    const size = 30 * CHUNK_BYTES;
    const open = async ({ start = 0, end = 0 } = {}) => Readable.from([new Uint8Array(end - start + 1)]);
    const huge: MediaSource = { ...video, bytes: size, open };
    const there = { ...ctx, fetch: standIn(ctx) };
    const steps = new Map<string, Json>();
    const dying = preparing(there, [huge], steps);
    const step: typeof dying.step = async (name, fn) => {
      const result = await dying.step(name, fn);
      if (steps.size === 4) throw new Error('The worker died.');
      return result;
    };
    await expect(adapter.prepare({ ...dying, step }, draft)).rejects.toThrow('died');
    const before = practice.parts();
    expect(before).toHaveLength(26);
    practice.sent.length = 0;
    await adapter.prepare(preparing(there, [huge], steps), draft);
    expect(practice.parts()).toEqual([26, 27, 28].map((part) => rangeOf(part, size)));
  });

  it('is begun anew where its address ended, and only what is whole is posted', async () => {
    const steps = new Map<string, Json>();
    practice.between = async (request, ask) => {
      if (isPart(request, 3)) await practice.order('sessions', { user: ctx.channelId ?? '' });
      if (isPart(request, 3)) practice.between = undefined;
      return ask();
    };
    await finish(steps);
    expect(practice.sent.filter(({ url }) => url.includes('/init'))).toHaveLength(2);
  });

  it('is begun anew an hour later, though all but its last part was there', async () => {
    const steps = new Map<string, Json>();
    const first = await practice.prepare(ctx, draft, [video], steps);
    const until = adapter.goodUntil?.(first);
    const left = (until?.getTime() ?? 0) - practice.now().getTime();
    expect(left).toBeGreaterThan(HOUR_MS - 180_000);
    expect(left).toBeLessThan(HOUR_MS);
    practice.pass(HOUR_MS);
    await finish(steps);
    expect(practice.visible()).toHaveLength(1);
  });

  it('is given up where address after address ends', async () => {
    practice.between = async (request, ask) => (request.method === 'PUT' ? new Response(null, { status: 403 }) : ask());
    const failure = await failureOf(practice.prepare(ctx, draft, [video]));
    expect(failure).toMatchObject({ kind: 'media', platformCode: 'tiktok.upload-too-slow' });
    expect(practice.sent.filter(({ url }) => url.includes('/init')).length).toBeLessThanOrEqual(5);
  });

  it('is given up where TikTok always wants another part', async () => {
    practice.between = async (request, ask) =>
      request.method === 'PUT'
        ? new Response(null, { status: 416, headers: { 'content-range': `bytes 0-0/${video.bytes}` } })
        : ask();
    expect(await failureOf(practice.prepare(ctx, draft, [video]))).toMatchObject({ kind: 'unknown' });
    expect(practice.parts().length).toBeLessThan(10);
  });

  it('is told as TikTok’s own fault where it has one', async () => {
    practice.between = async (request, ask) =>
      request.method === 'PUT' ? new Response('upstream', { status: 502 }) : ask();
    expect(await failureOf(practice.prepare(ctx, draft, [video]))).toMatchObject({
      kind: 'unavailable',
      platformCode: 'upload-502',
    });
  });
});

describe('the last part', () => {
  it('is sent again under the same name where it never arrived', async () => {
    const prepared = await practice.prepare(ctx, draft, [video]);
    practice.between = async () => Promise.reject(new TypeError('fetch failed'));
    const since = practice.now();
    expect(await failureOf(practice.send(ctx, prepared, [video]))).toMatchObject({ kind: 'unavailable' });
    practice.between = undefined;
    expect(await practice.look(ctx, prepared, draft, { since })).toMatchObject({
      outcome: 'absent',
      evidence: { uploadedBytes: (PARTS - 1) * CHUNK_BYTES },
    });
    await practice.send(ctx, prepared, [video]);
    expect(practice.visible()).toHaveLength(1);
  });

  it('is not taken twice: what arrived unheard is found, and another try is no second post', async () => {
    const prepared = await practice.prepare(ctx, draft, [video]);
    practice.between = async (_request, ask) => {
      await ask();
      throw new TypeError('fetch failed');
    };
    expect(await failureOf(practice.send(ctx, prepared, [video]))).toMatchObject({ kind: 'unavailable' });
    practice.between = undefined;
    expect(await practice.look(ctx, prepared, draft)).toMatchObject({ outcome: 'pending' });
    // "416": it has all of it already, which is as good as the answer that was lost.
    const accepted = await practice.send(ctx, prepared, [video]);
    expect(accepted).toEqual({ publishId: expect.stringMatching(/^v_pub_file~/) as string });
    practice.pass(60_000);
    expect(await practice.look(ctx, prepared, draft, { accepted })).toMatchObject({ outcome: 'published' });
    expect(practice.visible()).toHaveLength(1);
  });

  it.each([
    ['where TikTok lacks more than it', { 'content-range': `bytes 0-${CHUNK_BYTES}/${video.bytes}` }],
    ['where TikTok does not say what it has', {}],
  ])('is not taken for sent %s', async (_what, headers: Record<string, string>) => {
    const prepared = await practice.prepare(ctx, draft, [video]);
    practice.between = async () => new Response(null, { status: 416, headers });
    expect(await failureOf(practice.send(ctx, prepared, [video]))).toMatchObject({
      kind: 'unavailable',
      platformCode: 'upload-416',
    });
  });

  it('says that the address has ended, and the look says that nothing is there', async () => {
    const prepared = await practice.prepare(ctx, draft, [video]);
    practice.pass(HOUR_MS + 1);
    expect(await failureOf(practice.send(ctx, prepared, [video]))).toMatchObject({
      kind: 'unavailable',
      platformCode: 'upload-403',
    });
    expect(await practice.look(ctx, prepared, draft)).toMatchObject({ outcome: 'absent' });
    const until = adapter.goodUntil?.(prepared);
    expect(until && until < practice.now()).toBe(true);
  });
});
