import { type CommitContext, type Json, StillProcessing } from '#platforms/core';
import { googleCredentialsOf } from '#platforms/google';
import { practiceVideo, preparing } from '#platforms/testing';
import { adapter } from './adapter.js';
import { failureOf, Practice, videoPost } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
const wide = practiceVideo({ width: 640, height: 360 });
const post = videoPost();
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.account();
});
afterAll(() => practice.sandbox.close());

const visible = () => practice.sandbox.visible('youtube');

describe('processing', () => {
  it('is told how far it is, in words, and looked at less and less often', async () => {
    await practice.order('processing', { takesMs: 2 * HOUR_MS });
    const steps = new Map<string, Json>();
    const waiting = async (): Promise<StillProcessing> => {
      const error: unknown = await adapter
        .prepare(preparing(ctx, [wide], steps), post)
        .catch((reason: unknown) => reason);
      if (error instanceof StillProcessing) return error;
      throw error;
    };
    const first = await waiting();
    expect(first.what).toBe('YouTube is processing the video.');
    expect(first.checkAt.getTime() - practice.now().getTime()).toBeLessThan(4_000);
    practice.pass(48 * 60_000);
    const later = await waiting();
    expect(later.what).toBe('YouTube has processed 40 % of the video.');
    expect(later.checkAt.getTime() - practice.now().getTime()).toBeGreaterThan(60_000);
  });

  it.each([
    ['failed', 'codec', 'media', /codec/],
    ['failed', 'invalidFile', 'media', /no video that it can read/],
    ['failed', 'somethingNew', 'media', /could not use the file/],
    ['rejected', 'copyright', 'media', /copyright/],
    ['rejected', 'duplicate', 'media', /the same one already/],
    ['rejected', 'length', 'media', /longer than this channel may publish/],
    ['rejected', 'uploaderAccountSuspended', 'permission', /suspended/],
    ['rejected', 'somethingNew', 'media', /rejected the video/],
  ])('ends as %s, %s: said in words before anything is visible', async (status, reason, kind, words) => {
    await practice.order('processing', { status, reason });
    const failure = await failureOf(practice.prepare(ctx, post, [wide]));
    expect(failure).toMatchObject({
      kind,
      platformCode: `${status}/${reason}`,
      message: expect.stringMatching(words) as string,
    });
    expect(failure.remedy).not.toBe('');
    expect(visible()).toEqual([]);
  });

  it.each([
    ['failed', /could not convert/],
    ['terminated', undefined],
  ])('that is %s by its details ends only where it failed', async (processingStatus, words) => {
    const { videoId, answer } = { videoId: 'x'.repeat(11), answer: { uploadStatus: 'uploaded' } };
    const steps = new Map<string, Json>([
      ['video:1:1:session', { address: '', filename: '', at: '' }],
      ['video:1:1:sent:1', { videoId }],
    ]);
    practice.altered = () => {
      const processingDetails = { processingStatus, processingFailureReason: 'transcodeFailed' };
      return Response.json({ items: [{ id: videoId, status: answer, processingDetails }] });
    };
    const error: unknown = await adapter
      .prepare(preparing(ctx, [wide], steps), post)
      .catch((reason: unknown) => reason);
    if (words)
      expect(adapter.classify(error, practice.now())).toMatchObject({
        kind: 'media',
        message: expect.stringMatching(words) as string,
      });
    else expect(error).toBeInstanceOf(StillProcessing);
  });

  it('of a video that YouTube does not show yet is waited for, and nobody is told that it was deleted', async () => {
    let hidden = 3;
    practice.altered = (request, answer) => {
      if (request.method !== 'GET' || !request.url.includes('/videos?') || hidden === 0) return answer;
      hidden -= 1;
      return Response.json({ items: [] });
    };
    const prepared = await practice.prepare(ctx, post, [wide]);
    expect(hidden).toBe(0);
    expect(await practice.videos()).toMatchObject([{ id: prepared.videoId }]);
  });

  it('is begun anew by a retry, after the refused video was deleted', async () => {
    const steps = new Map<string, Json>();
    await practice.order('processing', { status: 'rejected', reason: 'duplicate' });
    await failureOf(practice.prepare(ctx, post, [wide], steps));
    const [refused] = await practice.videos();
    await practice.order('processing', {});
    await practice.prepare(ctx, post, [wide], steps);
    const left = await practice.videos();
    expect(left).toHaveLength(1);
    expect(left[0]?.id).not.toBe(refused?.id);
  });

  it('is given up after a time that fits the length of the video', async () => {
    await practice.order('processing', { takesMs: 1_000 * HOUR_MS });
    const begun = practice.now().getTime();
    const given = await failureOf(renewing(() => practice.prepare(ctx, post, [wide])));
    expect(given).toMatchObject({ kind: 'media', platformCode: 'never' });
    const short = practice.now().getTime() - begun;
    expect(short).toBeLessThan(3 * HOUR_MS);
    const film = practiceVideo({ width: 640, height: 360, durationMs: 2 * HOUR_MS });
    const again = practice.now().getTime();
    const patience = failureOf(renewing(() => practice.prepare(ctx, post, [film])));
    expect(await patience).toMatchObject({ platformCode: 'never' });
    expect(practice.now().getTime() - again).toBeGreaterThan(9 * HOUR_MS);
    expect(practice.now().getTime() - again).toBeLessThan(24 * HOUR_MS);
  });

  it('leaves nothing behind of a post that is called off meanwhile', async () => {
    const steps = new Map<string, Json>();
    await practice.order('processing', { takesMs: 60_000 });
    await expect(adapter.prepare(preparing(ctx, [wide], steps), post)).rejects.toThrow(StillProcessing);
    expect(await practice.videos()).toHaveLength(1);
    // The worker died before it kept the video by itself.
    steps.delete('video:1:1:video');
    await adapter.discardSteps?.(ctx, Object.fromEntries(steps));
    await adapter.discardSteps?.(ctx, Object.fromEntries(steps));
    expect(await practice.videos()).toEqual([]);
  });

  it('says so where somebody deletes the video meanwhile, and uploads it anew by a retry', async () => {
    const steps = new Map<string, Json>();
    await practice.order('processing', { takesMs: 60_000 });
    await expect(adapter.prepare(preparing(ctx, [wide], steps), post)).rejects.toThrow(StillProcessing);
    const [video] = await practice.videos();
    await practice.order('studio', { video: video?.id ?? '', deleted: true });
    expect(await failureOf(practice.prepare(ctx, post, [wide], steps))).toMatchObject({
      kind: 'content',
      message: expect.stringContaining('deleted') as string,
    });
    await practice.prepare(ctx, post, [wide], steps);
    expect(await practice.videos()).toHaveLength(1);
  });
});

/** Tokens are good for an hour; the engine renews them. */
async function renewing<T>(act: () => Promise<T>): Promise<T> {
  const { fetch: send } = ctx;
  ctx.fetch = async (input, init) => {
    const { credentials } = (await adapter.refresh?.({ ...ctx, fetch: send })) ?? {};
    Object.assign(ctx.credentials, credentials);
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${googleCredentialsOf(ctx).accessToken}`);
    return send(input, { ...init, headers });
  };
  try {
    return await act();
  } finally {
    ctx.fetch = send;
  }
}
