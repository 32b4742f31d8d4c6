import { isListedRefusal, type Json, type JsonObject, StillProcessing } from '#platforms/core';
import { practiceDraft, practiceImage, practiceVideo } from '#platforms/testing';
import { adapter } from './adapter.js';
import { manifest } from './manifest.js';
import { draft, failureOf, Practice, preparing } from './practice.fixture.js';

const HOUR = 3_600_000;
const image = await practiceImage({ altText: 'A loaf' });
const video = practiceVideo({ altText: 'Kneading' });

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const made = () =>
  practice.sandbox.requests('threads').filter(({ method, path }) => method === 'POST' && path.endsWith('/threads'));

describe('a post as people see it', () => {
  it('shows poll, topic, who may reply and where it was, and leads to its own address', async () => {
    const ctx = await practice.profile();
    const settings = {
      withPoll: true,
      pollOptions: ['Rye', 'Wheat'],
      topicTag: '#Bread',
      replyControl: 'followers_only',
      location: { value: '212999109', label: 'Practice Market Hall' },
    };
    const receipt = await practice.publish(ctx, draft({ settings }));
    const [post] = practice.sandbox.visible('threads');
    expect(post?.details).toEqual({
      format: 'post',
      poll: ['Rye', 'Wheat'],
      topicTag: 'Bread',
      replyControl: 'followers_only',
      location: 'Practice Market Hall',
    });
    // Only a read tells it: https://developers.facebook.com/documentation/threads/retrieve-and-discover-posts/retrieve-posts
    expect(receipt).toEqual({ id: post?.id });
    const permalink = await adapter.permalink?.(ctx, receipt);
    expect(permalink).toMatch(/\/@practice\.person\/post\//);
    expect((await fetch(permalink ?? '')).status).toBe(200);
  });

  it('is a carousel of images and videos, blurred as a whole', async () => {
    const ctx = await practice.profile();
    const media = [image, video];
    const { draft: described } = practiceDraft({ text: 'Both', settings: { spoiler: true } }, media);
    await practice.publish(ctx, described, media);
    const [post] = practice.sandbox.visible('threads');
    expect(post?.details).toEqual({ format: 'carousel', spoiler: true });
    expect(post?.media.map(({ altText }) => altText)).toEqual(['A loaf', 'Kneading']);
  });

  it('begins every file of a carousel before it waits for the first', async () => {
    const ctx = await practice.profile();
    const media = [image, video, image];
    const { draft: described } = practiceDraft({}, media);
    await expect(adapter.prepare(preparing(ctx, media), described)).rejects.toThrow(StillProcessing);
    expect(made()).toHaveLength(3);
  });

  // https://developers.facebook.com/documentation/threads/retrieve-and-manage-replies/create-replies
  it('goes on below itself, each part below the one before', async () => {
    const ctx = await practice.profile();
    const root = await practice.publish(ctx, draft());
    const second = await practice.publish(ctx, draft({ kind: 'reply', text: 'Two', replyTo: { root, parent: root } }));
    await practice.publish(ctx, draft({ kind: 'reply', text: 'Three', replyTo: { root, parent: second } }));
    expect(practice.sandbox.visible('threads').map(({ replyTo }) => replyTo)).toEqual([undefined, root.id, second.id]);
    const usage = await adapter.usage?.(ctx);
    expect(usage?.map(({ what, used, limit }) => [what, used, limit])).toEqual([
      ['posts in 24 hours', 1, 250],
      ['replies in 24 hours', 2, 1_000],
      ['deletions in 24 hours', 0, 100],
    ]);
  });

  it('needs a permission to go on below itself, and says which kind', async () => {
    const ctx = await practice.profile({ scopes: ['threads_basic', 'threads_content_publish'] });
    const root = await practice.publish(ctx, draft());
    const reply = draft({ kind: 'reply', text: 'Two', replyTo: { root, parent: root } });
    expect(await failureOf(practice.prepare(ctx, reply))).toMatchObject({ kind: 'permission', platformCode: '10' });
    expect(await adapter.usage?.(ctx)).toHaveLength(1);
  });
});

// https://developers.facebook.com/documentation/threads/overview#rate-limiting
describe('the limits of a profile', () => {
  it.each([
    ['posts', 250, draft()],
    ['replies', 1_000, draft({ kind: 'reply', replyTo: { root: { id: '1' }, parent: { id: '1' } } })],
  ])('are asked before anything is made: %s', async (what, times, post) => {
    const ctx = await practice.profile();
    await practice.order('use', { user: String(ctx.channelId), what, times });
    const failure = await failureOf(practice.prepare(ctx, post));
    expect(failure).toMatchObject({ kind: 'rate-limit', platformCode: 'threads.quota-used-up' });
    expect(failure.message).toContain(`${times} ${what}`);
    expect(Date.parse(failure.retryAt ?? '')).toBeGreaterThan(Date.now());
    expect(made()).toEqual([]);
  });

  it('stop a post that was prepared before they were used up, and it goes out when they are free', async () => {
    const ctx = await practice.profile();
    const prepared = await practice.prepare(ctx, draft());
    await practice.order('use', { user: String(ctx.channelId), what: 'posts', times: 250 });
    expect(await failureOf(adapter.commit(ctx, prepared))).toMatchObject({ kind: 'rate-limit' });
    practice.pass(24 * HOUR - 60_000);
    expect(practice.sandbox.visible('threads')).toEqual([]);
  });
});

// https://developers.facebook.com/documentation/threads/troubleshooting
describe('a container', () => {
  const withVideo = () => practiceDraft({ text: 'Watch' }, [video]).draft;

  it('is waited for by looking, not by sleeping', async () => {
    const ctx = await practice.profile();
    const waiting: unknown = await adapter
      .prepare(preparing(ctx, [video]), withVideo())
      .catch((error: unknown) => error);
    expect(waiting).toBeInstanceOf(StillProcessing);
    const { what, checkAt } = waiting as StillProcessing;
    expect(what).toBe('Threads is processing the files of the post.');
    const wait = checkAt.getTime() - practice.now().getTime();
    expect(wait).toBeGreaterThan(1_000);
    expect(wait).toBeLessThanOrEqual(30_000);
  });

  it('that is not ready is not found, which promises nothing about its effect', async () => {
    const ctx = await practice.profile();
    const steps = new Map<string, Json>();
    await adapter.prepare(preparing(ctx, [video], steps), withVideo()).catch(() => undefined);
    const { id } = steps.get('container:1') as { id: string };
    const early: unknown = await adapter
      .commit(ctx, { containerId: id, type: 'VIDEO', text: 'Watch' })
      .catch((error: unknown) => error);
    const failure = adapter.classify(early, new Date());
    expect(failure).toMatchObject({ kind: 'unavailable', platformCode: '24/4279009' });
    expect(isListedRefusal(early, failure, manifest)).toBe(false);
  });

  it('that became nothing is told once; the next try makes another', async () => {
    const ctx = await practice.profile();
    const bad = practiceVideo({ refusedLate: true });
    const steps = new Map<string, Json>();
    const post = practiceDraft({ text: 'Watch' }, [bad]).draft;
    expect(await failureOf(practice.prepare(ctx, post, [bad], steps))).toMatchObject({
      kind: 'media',
      platformCode: 'FAILED_PROCESSING_VIDEO',
    });
    expect(made()).toHaveLength(1);
    const prepared = await practice.prepare(ctx, withVideo(), [video], steps);
    expect(made()).toHaveLength(2);
    expect(prepared.containerId).toBe((steps.get('container:2') as JsonObject).id);
  });

  it('that nobody published within a day makes room for a new one', async () => {
    const ctx = await practice.profile();
    const steps = new Map<string, Json>();
    const old = await practice.prepare(ctx, draft(), [], steps);
    practice.pass(25 * HOUR);
    const fresh = await practice.prepare(ctx, draft(), [], steps);
    expect(fresh.containerId).not.toBe(old.containerId);
    expect((await adapter.commit(ctx, fresh)).id).not.toBe('');
  });

  it.each([
    [{ codec: 'av01' }, 'FAILED_PROCESSING_VIDEO'],
    [{ frameRate: 10 }, 'INVALID_FRAME_RATE'],
    [{ width: 1_900, height: 100 }, 'INVALID_ASPEC_RATIO'],
    [{ durationMs: 301_000 }, 'INVALID_DURATION'],
    [{ durationMs: 100, dataBytes: 2_000_000 }, 'INVALID_BIT_RATE'],
  ])('says what is wrong with the video %j', async (options, code) => {
    const ctx = await practice.profile();
    const bad = practiceVideo(options);
    const failure = await failureOf(practice.prepare(ctx, practiceDraft({}, [bad]).draft, [bad]));
    expect(failure).toMatchObject({ kind: 'media', platformCode: code });
  });

  it('of an image that cannot be fetched or has the wrong shape is refused at once', async () => {
    const ctx = await practice.profile();
    const away = { ...image, address: () => Promise.resolve('http://127.0.0.1:9/away.jpg') };
    expect(await failureOf(practice.prepare(ctx, practiceDraft({}, [away]).draft, [away]))).toMatchObject({
      kind: 'media',
      platformCode: '1/2207052',
      remedy: expect.stringContaining('PUBLIC_URL') as string,
    });
    const long = await practiceImage({ width: 1_100, height: 100 });
    expect(await failureOf(practice.prepare(ctx, practiceDraft({}, [long]).draft, [long]))).toMatchObject({
      platformCode: '36003/2207009',
    });
  });
});

// https://developers.facebook.com/documentation/threads/get-started#public-server
describe('an installation that the internet does not reach', () => {
  it.each([
    ['http://127.0.0.1:3000/v1/media/a', 'threads.no-public-address'],
    ['https://localhost/a', 'threads.no-public-address'],
    ['http://clickpost.com/a', 'threads.no-public-address'],
    ['https://192.168.1.7/a', 'threads.no-public-address'],
  ])('is told before anything is asked: %s', async (address, code) => {
    const asked: string[] = [];
    const source = { ...image, address: () => Promise.resolve(address) };
    const ctx = {
      ...preparing(await practice.profile(), [source]),
      endpoints: manifest.endpoints,
      fetch: (input: Parameters<typeof fetch>[0]) => {
        asked.push(input instanceof Request ? input.url : String(input));
        return Promise.resolve(
          Response.json({ data: [{ quota_usage: 0, config: { quota_total: 250, quota_duration: 1 } }] }),
        );
      },
    };
    const failure = await failureOf(adapter.prepare(ctx, practiceDraft({}, [source]).draft));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: code });
    expect(failure.remedy).toContain('PUBLIC_URL');
    expect(asked.filter((url) => url.endsWith('/threads'))).toEqual([]);
  });
});

// https://developers.facebook.com/documentation/threads/posts/delete-posts
describe('deleting', () => {
  it('needs its permission', async () => {
    const ctx = await practice.profile({ scopes: ['threads_basic', 'threads_content_publish'] });
    const receipt = await practice.publish(ctx, draft());
    expect(await failureOf(adapter.remove?.(ctx, receipt) ?? Promise.resolve())).toMatchObject({ kind: 'permission' });
    expect(practice.sandbox.visible('threads')).toHaveLength(1);
  });

  it('is limited to a hundred a day', async () => {
    const ctx = await practice.profile();
    const receipt = await practice.publish(ctx, draft());
    await practice.order('use', { user: String(ctx.channelId), what: 'deletions', times: 100 });
    expect(await failureOf(adapter.remove?.(ctx, receipt) ?? Promise.resolve())).toMatchObject({ kind: 'rate-limit' });
  });
});
