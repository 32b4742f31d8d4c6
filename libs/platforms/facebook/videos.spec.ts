import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommitContext, type Json, type MediaSource, PlatformFailure, StillProcessing } from '#platforms/core';
import { practiceImage, practiceVideo, type PracticeVideoOptions } from '#platforms/testing';
import { adapter } from './adapter.js';
import { draft, Practice, preparing } from './practice.fixture.js';
import { type Prepared } from './prepared.js';
import { REQUIRED_SCOPES } from './scopes.js';

let now = new Date('2026-11-02T09:00:00Z');
let practice: Practice;
let page: CommitContext;
beforeAll(async () => {
  practice = await Practice.start(() => now);
});
beforeEach(async () => {
  page = await practice.page();
});
afterEach(() => practice.sandbox.reset());
afterAll(() => practice.sandbox.close());

const pass = (ms: number) => (now = new Date(now.getTime() + ms));
const visible = () => practice.sandbox.visible('facebook', page.channelId);
const upright = (options: PracticeVideoOptions = {}) =>
  practiceVideo({ width: 720, height: 1280, durationMs: 4_000, ...options });
const reel = { format: 'reel' };
const story = { format: 'story' };

async function prepared(
  settings: Record<string, Json>,
  media: readonly MediaSource[],
  text = 'Watch',
  ctx = page,
): Promise<Prepared> {
  return adapter.prepare(preparing(ctx, media), draft({ text, settings, media }));
}

const look = (what: Prepared, since = now) =>
  adapter.reconcile(page, { prepared: what, draft: draft(), since, claimed: new Set() });

/** Commits, lets Facebook work, and says what became of it. */
async function published(what: Prepared) {
  const since = now;
  await expect(adapter.commit(page, what)).rejects.toThrow(StillProcessing);
  pass(5_000);
  const looked = await look(what, since);
  if (looked.outcome !== 'published') throw new Error(`It is ${JSON.stringify(looked)}.`);
  return looked.receipt;
}

/** A context whose requests are counted, and lost where `lose` says so: the platform got them, the answer never came. */
function listening(
  lose: (url: string, count: number) => 'before' | 'after' | undefined = () => undefined,
  account = page,
) {
  const asked: { url: string; headers: Headers }[] = [];
  const ctx: CommitContext = {
    ...account,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push({ url: request.url, headers: request.headers });
      const count = asked.filter(({ url }) => url === request.url).length;
      const fate = lose(request.url, count);
      if (fate === 'before') throw new Error('lost');
      const answer = await fetch(request);
      if (fate === 'after') throw new Error('lost');
      return answer;
    },
  };
  return { ctx, asked };
}

// https://developers.facebook.com/docs/graph-api/video-uploads
describe('a video in the feed', () => {
  it('goes on after a crash at the byte that Facebook names, and sends none twice', async () => {
    const video = practiceVideo({ dataBytes: 3_500_000 });
    const steps = new Map<string, Json>();
    const given = draft({ text: 'Watch', media: [video] });
    // The third request to this address: start, first chunk, second chunk.
    const dying = listening((url, count) => (url.includes('/graphVideo/') && count === 3 ? 'after' : undefined));
    await expect(adapter.prepare(preparing(dying.ctx, [video], steps), given)).rejects.toThrow('lost');
    const { ctx, asked } = listening();
    const done = await adapter.prepare(preparing(ctx, [video], steps), given);
    // The first is refused for its offset (1363037), and then the two that are missing.
    expect(asked.filter(({ url }) => url.includes('/graphVideo/'))).toHaveLength(3);
    await published(done);
    expect(visible()).toMatchObject([{ text: 'Watch', media: [{ digest: video.digest, bytes: video.bytes }] }]);
  });

  it('goes on where it was when the practice network starts again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'clickpost-facebook-'));
    const before = await Practice.start(() => now, [], directory);
    const account = await before.page();
    const video = practiceVideo({ dataBytes: 3_500_000 });
    const steps = new Map<string, Json>();
    const given = draft({ text: 'Watch', media: [video] });
    const dying = listening(
      (url, count) => (url.includes('/graphVideo/') && count === 4 ? 'before' : undefined),
      account,
    );
    await expect(adapter.prepare(preparing(dying.ctx, [video], steps), given)).rejects.toThrow('lost');
    await before.sandbox.close();
    const after = await Practice.start(() => now, [], directory);
    try {
      const { ctx, asked } = listening(undefined, { ...account, ...after.context() });
      const done = await adapter.prepare(preparing(ctx, [video], steps), given);
      // The first is refused for its offset (1363037), and then the two that are missing.
      expect(asked.filter(({ url }) => url.includes('/graphVideo/'))).toHaveLength(3);
      await expect(adapter.commit(ctx, done)).rejects.toThrow(StillProcessing);
      pass(5_000);
      await adapter.reconcile(ctx, { prepared: done, draft: draft(), since: now, claimed: new Set() });
      expect(after.sandbox.visible('facebook')).toMatchObject([{ text: 'Watch', media: [{ digest: video.digest }] }]);
    } finally {
      await after.sandbox.close();
      rmSync(directory, { recursive: true });
    }
  });

  it('is shown with its title, and its description can be changed', async () => {
    const receipt = await published(await prepared({ title: 'Baking' }, [practiceVideo()]));
    expect(receipt.permalink).toContain(`/videos/${receipt.id}`);
    expect((await fetch(receipt.permalink ?? '')).status).toBe(200);
    await adapter.edit?.(page, receipt, 'Better words');
    expect(visible()).toMatchObject([{ text: 'Better words', details: { format: 'post', title: 'Baking' } }]);
  });

  it('is not taken for a post with the same words', async () => {
    const since = now;
    await published(await prepared({}, [practiceVideo()], 'The same words'));
    const text: Prepared = { kind: 'feed', message: 'The same words', photos: [] };
    expect(await look(text, since)).toMatchObject({ outcome: 'absent', evidence: { postsRead: 1 } });
  });

  it('is given up where it is not needed any more', async () => {
    const what = await prepared({}, [practiceVideo()]);
    await adapter.discard?.(page, what);
    const error = await adapter.commit(page, what).catch((thrown: unknown) => thrown);
    expect(adapter.classify(error, now)).toMatchObject({ kind: 'unavailable', platformCode: '6000/1363041' });
  });
});

// https://developers.facebook.com/docs/video-api/guides/reels-publishing
describe('a reel', () => {
  it('goes on at the last byte that Facebook confirmed', async () => {
    const video = upright();
    const steps = new Map<string, Json>();
    const given = draft({ settings: reel, media: [video] });
    const dying = listening((url) => (url.includes('/rupload/') ? 'before' : undefined));
    await expect(adapter.prepare(preparing(dying.ctx, [video], steps), given)).rejects.toThrow('lost');
    const start = steps.get('video:start') as { address: string };
    const [first] = [(await (await video.open({ start: 0, end: 9_999 })).toArray()) as Buffer[]];
    const headers = { authorization: `OAuth ${page.channelCredentials?.pageToken as string}`, offset: '0' };
    const half = await fetch(start.address, {
      method: 'POST',
      headers: { ...headers, file_size: String(video.bytes) },
      body: Uint8Array.from(Buffer.concat(first)),
    });
    expect(half.status).toBe(200);
    const { ctx, asked } = listening();
    const done = await adapter.prepare(preparing(ctx, [video], steps), given);
    const sent = asked.filter(({ url }) => url.includes('/rupload/'));
    expect(sent.map(({ headers: h }) => [h.get('offset'), h.get('file_size')])).toEqual([
      ['10000', String(video.bytes)],
    ]);
    await published(done);
    expect(visible()).toMatchObject([{ media: [{ digest: video.digest }], details: { format: 'reel' } }]);
  });

  it('is pending while Facebook works on it, and then published by its id', async () => {
    const what = await prepared(reel, [upright()]);
    const since = now;
    await expect(adapter.commit(page, what)).rejects.toThrow('processing');
    expect(visible()).toEqual([]);
    expect(await look(what, since)).toMatchObject({ outcome: 'pending', evidence: { processing: 'in_progress' } });
    pass(5_000);
    const looked = await look(what, since);
    expect(looked).toMatchObject({ outcome: 'published', confidence: 'certain', receipt: { id: visible()[0]?.id } });
    expect(looked.outcome === 'published' && looked.receipt.permalink).toMatch(/\/reel\/\d+$/);
  });

  it.each([
    ['what Facebook cannot process', { refusedLate: true }],
    ['a video that is too small', { width: 270, height: 480 }],
    ['a video that is too short', { durationMs: 1_000 }],
  ])('is refused, in words, for %s', async (_what, options) => {
    const what = await prepared(reel, [upright(options)]);
    const since = now;
    await expect(adapter.commit(page, what)).rejects.toThrow(StillProcessing);
    pass(5_000);
    const looked = await look(what, since);
    expect(looked).toMatchObject({
      outcome: 'refused',
      failure: { kind: 'media', platformCode: 'error', remedy: expect.stringContaining('video') },
    });
    expect(looked.outcome === 'refused' && looked.failure.platformMessage).toBeTruthy();
    expect(visible()).toEqual([]);
  });

  it('is absent where it was never accepted, but not at once', async () => {
    const what = await prepared(reel, [upright()]);
    const since = now;
    pass(60_000);
    expect((await look(what, since)).outcome).toBe('pending');
    pass(120_000);
    expect((await look(what, since)).outcome).toBe('absent');
  });

  it('is published once, however often it is finished', async () => {
    const what = await prepared(reel, [upright()]);
    await published(what);
    await published(what);
    expect(visible()).toHaveLength(1);
  });

  it('waits where 30 were published within a day, before anything is uploaded', async () => {
    for (let count = 0; count < 30; count += 1) await published(await prepared(reel, [upright({ dataBytes: 10 })]));
    const { ctx, asked } = listening();
    const error = await prepared(reel, [upright()], 'One more', ctx).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PlatformFailure);
    const failure = adapter.classify(error, now);
    expect(failure).toMatchObject({ kind: 'rate-limit', message: expect.stringContaining('takes 30') });
    expect(Date.parse(failure.retryAt ?? '') - now.getTime()).toBeGreaterThan(23 * 3_600_000);
    expect(asked.filter(({ url }) => !url.includes('fields='))).toEqual([]);
  });

  it('sends its token to the host for uploads alone', async () => {
    const { ctx, asked } = listening();
    const elsewhere = { ...ctx, endpoints: { ...ctx.endpoints, rupload: 'https://rupload.facebook.com' } };
    await expect(prepared(reel, [upright()], 'x', elsewhere)).rejects.toThrow('not at the host for uploads');
    expect(asked.filter(({ url }) => url.includes('/rupload/'))).toEqual([]);
  });

  it('is deleted, and thrown away before it was finished', async () => {
    const receipt = await published(await prepared(reel, [upright()]));
    await adapter.remove?.(page, receipt);
    expect(visible()).toEqual([]);
    const what = await prepared(reel, [upright()]);
    await adapter.discard?.(page, what);
    expect((await look(what)).outcome).toBe('unknown');
  });
});

// https://developers.facebook.com/docs/graph-api/reference/video/thumbnails
describe('the cover of a video', () => {
  const withCover = async (): Promise<MediaSource> => {
    const image = await practiceImage();
    return { ...upright(), cover: async () => ({ contentType: 'image/jpeg', bytes: await image.read() }) };
  };

  it.each([
    ['a reel', reel],
    ['a video', {}],
  ])('is set for %s before it is published', async (_what, settings) => {
    await published(await prepared(settings, [await withCover()]));
    expect(visible()[0]?.details?.cover).toBe((await practiceImage()).digest);
  });

  it('is refused in words without the optional permissions', async () => {
    const without = await practice.page({ scopes: REQUIRED_SCOPES });
    const error = await prepared(reel, [await withCover()], 'x', without).catch((thrown: unknown) => thrown);
    expect(adapter.classify(error, now)).toMatchObject({
      kind: 'permission',
      platformMessage: expect.stringContaining('pages_manage_engagement'),
    });
  });
});

// https://developers.facebook.com/docs/page-stories-api
describe('a story', () => {
  it('of a photo is told by the id of the photo, where the answer was lost', async () => {
    const what = await prepared(story, [await practiceImage()], '');
    const since = now;
    expect((await look(what, since)).outcome).toBe('absent');
    practice.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit' });
    await expect(adapter.commit(page, what)).rejects.toThrow();
    const looked = await look(what, since);
    expect(looked).toMatchObject({ outcome: 'published', confidence: 'certain', receipt: { id: visible()[0]?.id } });
    // It can be seen for a day; then nobody can tell.
    pass(24 * 3_600_000);
    expect((await look(what, since)).outcome).toBe('unknown');
  });

  it('of a video is shown with its address, and can be deleted', async () => {
    const receipt = await published(await prepared(story, [upright()], ''));
    expect(visible()).toMatchObject([{ id: receipt.id, details: { format: 'story' } }]);
    expect(receipt.permalink).toMatch(/\/stories\/\d+$/);
    await adapter.remove?.(page, receipt);
    expect(visible()).toEqual([]);
  });

  it('uses no photo that a post used', async () => {
    const what = await prepared(story, [await practiceImage()], '');
    const photos = what.kind === 'photo-story' ? [what.photoId] : [];
    await adapter.commit(page, { kind: 'feed', message: 'x', photos });
    const error = await adapter.commit(page, what).catch((thrown: unknown) => thrown);
    expect(adapter.classify(error, now)).toMatchObject({ kind: 'duplicate', platformCode: '100/1366051' });
  });
});
