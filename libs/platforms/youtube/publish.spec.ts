import { type CommitContext, type Json, type JsonObject, type MediaSource, StillProcessing } from '#platforms/core';
import { practiceImage, practiceVideo, preparing } from '#platforms/testing';
import { adapter } from './adapter.js';
import { chosenPlaylist, failureOf, PERSON, Practice, videoPost } from './practice.fixture.js';
import { needs } from './quota.js';

let practice: Practice;
let ctx: CommitContext;
const wide = practiceVideo({ width: 640, height: 360 });
const upright = practiceVideo({ durationMs: 4_000 });
const image = await practiceImage({ width: 1_280, height: 720 });
const covered: MediaSource = {
  ...practiceVideo({ width: 640, height: 360, durationMs: 3_000 }),
  coverAtMs: 1_000,
  cover: async () => ({ contentType: image.contentType, bytes: await image.read() }),
};

beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.account();
  practice.used.clear();
  practice.sent.length = 0;
});
afterAll(() => practice.sandbox.close());

const visible = () => practice.sandbox.visible('youtube');
const sentTo = (method: string, path: string) =>
  practice.sent.filter((request) => request.method === method && request.url.includes(path));

describe('a video', () => {
  it('is private until the one request, and then what was chosen', async () => {
    const post = videoPost({ privacy: 'unlisted' });
    const prepared = await practice.prepare(ctx, post, [wide]);
    expect(await practice.videos()).toMatchObject([{ privacyStatus: 'private', publicStatsViewable: false }]);
    expect(visible()).toEqual([]);
    const receipt = await adapter.commit(ctx, prepared);
    expect(receipt.permalink).toBe(`${practice.sandbox.origin}/youtube/www/watch?v=${receipt.id}`);
    expect(receipt.note).toBeUndefined();
    expect(await practice.videos()).toMatchObject([{ privacyStatus: 'unlisted', publicStatsViewable: true }]);
    expect(visible()).toMatchObject([{ id: receipt.id, details: { audience: 'whoever has the link' } }]);
    expect(sentTo('PUT', '/api/videos')).toHaveLength(1);
  });

  it('has everything that was said about it', async () => {
    const settings = {
      ...{ tags: ['rye', 'sour dough'], category: '26', syntheticMedia: true, license: 'creativeCommon' },
      ...{ embeddable: false, notifySubscribers: false, madeForKids: 'yes' },
    };
    const post = videoPost(settings, { text: 'Every morning.', link: 'https://example.com/rye' });
    await practice.publish(ctx, post, [wide]);
    expect(visible()).toMatchObject([
      {
        text: 'Every morning.\n\nhttps://example.com/rye',
        details: {
          ...{ title: 'Rye at six', tags: ['rye', 'sour dough'], category: '26', synthetic: true },
          ...{ license: 'creativeCommon', embeddable: false, notifySubscribers: false, madeForKids: true },
        },
      },
    ]);
  });

  it('is seen among the Shorts where it is one', async () => {
    const receipt = await practice.publish(ctx, videoPost({ format: 'short' }), [upright]);
    expect(receipt.permalink).toBe(`${practice.sandbox.origin}/youtube/www/shorts/${receipt.id}`);
    expect((await fetch(receipt.permalink ?? '')).status).toBe(200);
    expect(visible()).toMatchObject([{ details: { format: 'short' } }]);
  });

  it('says before each request what it uses, and no less than was foreseen', async () => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    const post = videoPost({ playlist }, { media: [covered] });
    practice.used.clear();
    const before = (await practice.order('tell', {})).used as JsonObject;
    await practice.publish(ctx, post, [covered]);
    const after = (await practice.order('tell', {})).used as JsonObject;
    const used = (bucket: string) => {
      const sum = (all: JsonObject) =>
        Object.entries(all).reduce((total, [key, value]) => total + (key.endsWith(bucket) ? Number(value) : 0), 0);
      return sum(after) - sum(before);
    };
    // What Google counts is what was said.
    expect(Object.fromEntries(practice.used)).toEqual({ uploads: used('uploads'), units: used('units') });
    expect(practice.used.get('uploads')).toBe(needs(post).uploads);
    expect(practice.used.get('units')).toBeGreaterThanOrEqual(needs(post).units ?? Infinity);
  });

  it('waits for the next day in California where the quota is used up', async () => {
    await practice.order('quota', { uploads: 0 });
    const now = new Date('2026-11-23T15:00:00Z');
    expect(await failureOf(practice.prepare(ctx, videoPost(), [wide]), now)).toMatchObject({
      ...{ kind: 'rate-limit', scope: 'post', platformCode: 'rateLimitExceeded' },
      retryAt: '2026-11-24T08:00:00.000Z',
    });
  });

  it('goes out today where it is uploaded already and only others cannot be uploaded any more', async () => {
    const prepared = await practice.prepare(ctx, videoPost(), [wide]);
    await practice.order('quota', { uploads: 1 });
    expect(await failureOf(practice.prepare(ctx, videoPost(), [wide]))).toMatchObject({ scope: 'post' });
    await adapter.commit(ctx, prepared);
    expect(visible()).toHaveLength(1);
  });

  it('waits for the next day where the units are used up between its upload and its hour', async () => {
    const prepared = await practice.prepare(ctx, videoPost(), [wide]);
    await practice.order('quota', { units: 49 });
    const now = new Date('2026-11-23T15:00:00Z');
    expect(await failureOf(adapter.commit(ctx, prepared), now)).toMatchObject({
      ...{ kind: 'rate-limit', scope: 'app', platformCode: 'quotaExceeded' },
      retryAt: '2026-11-24T08:00:00.000Z',
    });
    expect(await practice.videos()).toMatchObject([{ privacyStatus: 'private' }]);
    await practice.order('quota', { units: 10_000 });
    await adapter.commit(ctx, prepared);
    expect(visible()).toHaveLength(1);
  });

  it('waits for a day where the channel uploaded too much', async () => {
    await practice.order('channel', { person: PERSON, uploads: 0 });
    const now = new Date('2026-11-23T15:00:00Z');
    expect(await failureOf(practice.prepare(ctx, videoPost(), [wide]), now)).toMatchObject({
      ...{ kind: 'rate-limit', scope: 'post', platformCode: 'uploadLimitExceeded' },
      retryAt: '2026-11-24T15:00:00.000Z',
    });
  });
});

describe('a project that Google has not audited', () => {
  it('is never told that the video is public, and says why it is not', async () => {
    await practice.order('audit', { audited: false });
    const prepared = await practice.prepare(ctx, videoPost(), [wide]);
    const since = practice.now();
    const error: unknown = await adapter.commit(ctx, prepared).catch((reason: unknown) => reason);
    if (!(error instanceof StillProcessing)) throw error;
    expect(error.what).toBe('YouTube still shows the video as private.');
    expect(error.accepted).toEqual({ privacyStatus: 'private' });
    const input = { prepared, draft: videoPost(), since, claimed: new Set<string>(), accepted: error.accepted ?? {} };
    expect(await adapter.reconcile(ctx, input)).toMatchObject({ outcome: 'pending' });
    practice.pass(61_000);
    const looked = await adapter.reconcile(ctx, input);
    expect(looked).toMatchObject({
      outcome: 'refused',
      failure: { kind: 'permission', platformCode: 'locked-private' },
    });
    expect(visible()).toEqual([]);
  });

  it('publishes as private', async () => {
    await practice.order('audit', { audited: false });
    await practice.publish(ctx, videoPost({ privacy: 'private' }), [wide]);
    expect(visible()).toMatchObject([{ details: { audience: 'only you' } }]);
  });
});

describe('a thumbnail', () => {
  it('is there from the beginning', async () => {
    const receipt = await practice.publish(ctx, videoPost(), [covered]);
    expect(receipt.note).toBeUndefined();
    expect(visible()).toMatchObject([{ details: { cover: image.digest } }]);
  });

  it('costs nobody the video where YouTube does not take it, and is told of', async () => {
    const own = await practice.account({ person: 'Unverified', channel: 'unverified' });
    const receipt = await practice.publish(own, videoPost(), [covered]);
    expect(receipt.note).toMatch(/^The thumbnail was not set: .* verified phone number .*YouTube Studio\.$/);
    expect(visible()).toHaveLength(1);
  });

  it.each([
    [404, 'videoNotFound', /does not find the video/],
    [400, 'somethingNew', /did not take it: YouTube says somethingNew/],
  ])('costs nobody the video where it is refused with HTTP %d %s', async (status, reason, words) => {
    practice.altered = (request, answer) => {
      if (!request.url.includes('/thumbnails/set')) return answer;
      const message = `YouTube says ${reason}.`;
      const errors = [{ domain: 'youtube.thumbnail', reason, message }];
      return Response.json({ error: { code: status, message, errors } }, { status });
    };
    const { note = '' } = await practice.publish(ctx, videoPost(), [covered]);
    expect(note).toMatch(words);
    expect(visible()).toHaveLength(1);
  });

  it('costs nobody the video where too many were set lately', async () => {
    await practice.order('thumbnails', { refused: true });
    const receipt = await practice.publish(ctx, videoPost(), [covered]);
    expect(receipt.note).toMatch(/too many thumbnails/);
  });

  it('is waited for where the quota is used up', async () => {
    await practice.order('quota', { units: 49 });
    expect(await failureOf(practice.prepare(ctx, videoPost(), [covered]))).toMatchObject({
      ...{ kind: 'rate-limit', platformCode: 'quotaExceeded' },
    });
  });

  it('is told of by a look, too, where the answer to the request was lost', async () => {
    await practice.order('thumbnails', { refused: true });
    const prepared = await practice.prepare(ctx, videoPost(), [covered]);
    practice.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
    await expect(adapter.commit(ctx, prepared)).rejects.toThrow();
    const since = practice.now();
    const looked = await adapter.reconcile(ctx, { prepared, draft: videoPost(), since, claimed: new Set() });
    expect(looked).toMatchObject({
      outcome: 'published',
      receipt: { note: expect.stringMatching(/thumbnail/) as string },
    });
  });
});

describe('a playlist', () => {
  it('has the video once, also where the answer was lost', async () => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    const post = videoPost({ playlist });
    const steps = new Map<string, Json>();
    practice.altered = (request, answer) => {
      if (request.method === 'POST' && request.url.includes('/playlistItems'))
        throw new TypeError('the answer was lost');
      return answer;
    };
    await expect(practice.prepare(ctx, post, [wide], steps)).rejects.toThrow('the answer was lost');
    practice.altered = undefined;
    await adapter.commit(ctx, await practice.prepare(ctx, post, [wide], steps));
    expect(visible()).toMatchObject([{ details: { playlists: ['Cakes'] } }]);
    const query = `part=id&playlistId=${playlist.value}`;
    expect((await practice.ask(ctx, 'GET', `/api/playlistItems?${query}`)).body.items).toHaveLength(1);
  });

  it.each([
    ['full', { full: true }, /is full/],
    ['deleted', { deleted: true }, /is not there any more/],
  ])('that is %s costs nobody the video, and is told of', async (_name, change, words) => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    await practice.order('playlist', { person: PERSON, title: 'Cakes', ...change });
    const { note = '' } = await practice.publish(ctx, videoPost({ playlist }), [wide]);
    expect(note).toMatch(/^The video was not put on the playlist "Cakes"/);
    expect(note).toMatch(words);
    expect(visible()).toHaveLength(1);
  });

  /** What YouTube says instead of what the practice network answers to requests of this method. */
  const saying = (method: string, status: number, reason: string) => {
    practice.altered = (request, answer) => {
      if (request.method !== method || !request.url.includes('/playlistItems')) return answer;
      const message = `YouTube says ${reason}.`;
      const errors = [{ domain: 'youtube.playlistItem', reason, message }];
      return Response.json({ error: { code: status, message, errors } }, { status });
    };
  };

  // https://github.com/porjo/youtubeuploader/issues/88
  it('that has the video although YouTube says that it does not find it is none to tell of', async () => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    saying('POST', 404, 'videoNotFound');
    const receipt = await practice.publish(ctx, videoPost({ playlist }), [wide]);
    expect(receipt.note).toBeUndefined();
    expect(visible()).toMatchObject([{ details: { playlists: ['Cakes'] } }]);
  });

  it('is not asked twice where YouTube does not find the video in it yet', async () => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    saying('GET', 404, 'videoNotFound');
    const receipt = await practice.publish(ctx, videoPost({ playlist }), [wide]);
    expect(receipt.note).toBeUndefined();
    expect(visible()).toMatchObject([{ details: { playlists: ['Cakes'] } }]);
  });

  it('that YouTube says has the video already is none to tell of', async () => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    saying('POST', 409, 'videoAlreadyInPlaylist');
    expect((await practice.publish(ctx, videoPost({ playlist }), [wide])).note).toBeUndefined();
  });

  it.each([
    [403, 'forbidden', /may not change it/],
    [400, 'somethingNew', /did not take it: YouTube says somethingNew/],
  ])('that is refused with HTTP %d %s costs nobody the video', async (status, reason, words) => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    saying('POST', status, reason);
    const { note = '' } = await practice.publish(ctx, videoPost({ playlist }), [wide]);
    expect(note).toMatch(words);
    expect(visible()).toHaveLength(1);
  });

  it('that does not take the video because YouTube does not find it is told of', async () => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    practice.altered = (request, answer) => {
      if (!request.url.includes('/playlistItems')) return answer;
      const message = 'Video not found.';
      const error = {
        code: 404,
        message,
        errors: [{ domain: 'youtube.playlistItem', reason: 'videoNotFound', message }],
      };
      return request.method === 'POST' ? Response.json({ error }, { status: 404 }) : Response.json({ items: [] });
    };
    const { note = '' } = await practice.publish(ctx, videoPost({ playlist }), [wide]);
    expect(note).toMatch(/YouTube did not find the video/);
    expect(visible()).toHaveLength(1);
  });

  it('is waited for where the quota is used up', async () => {
    const playlist = { ...(await chosenPlaylist(ctx, 'Cakes')) };
    saying('POST', 403, 'quotaExceeded');
    expect(await failureOf(practice.prepare(ctx, videoPost({ playlist }), [wide]))).toMatchObject({
      kind: 'rate-limit',
    });
  });

  it('is found by its name, on whatever page it is', async () => {
    const all = (await adapter.lookup?.(ctx, 'playlist', '')) ?? [];
    expect(all.map(({ label }) => label)).toEqual(expect.arrayContaining(['Baking at dawn', 'Guests', 'Plans']));
    expect(await adapter.lookup?.(ctx, 'playlist', 'PLAN')).toMatchObject([
      { label: 'Plans', detail: '0 videos, private' },
    ]);
  });
});

describe('after publishing', () => {
  it('changes the description, and nothing else that people read', async () => {
    const receipt = await practice.publish(ctx, videoPost({ tags: ['rye'], category: '26' }), [wide]);
    await adapter.edit?.(ctx, receipt, 'Put better.\n\nhttps://example.com');
    expect(visible()).toMatchObject([
      { text: 'Put better.\n\nhttps://example.com', details: { title: 'Rye at six', tags: ['rye'], category: '26' } },
    ]);
  });

  it('says that a video which is gone cannot be changed', async () => {
    const receipt = await practice.publish(ctx, videoPost(), [wide]);
    await adapter.remove?.(ctx, receipt);
    expect(visible()).toEqual([]);
    expect(await failureOf(adapter.edit?.(ctx, receipt, 'x'))).toMatchObject({ kind: 'content' });
  });

  it('throws away what was prepared, but nothing that somebody made visible since', async () => {
    const [one, other] = [
      await practice.prepare(ctx, videoPost(), [wide]),
      await practice.prepare(ctx, videoPost(), [upright]),
    ];
    await practice.order('studio', { video: String(other.videoId), privacy: 'public' });
    await adapter.discard?.(ctx, one);
    await adapter.discard?.(ctx, other);
    await adapter.discard?.(ctx, one);
    expect((await practice.videos()).map(({ id }) => id)).toEqual([other.videoId]);
  });

  it('keeps a private video that was published', async () => {
    const prepared = await practice.prepare(ctx, videoPost({ privacy: 'private' }), [wide]);
    await adapter.commit(ctx, prepared);
    await adapter.discard?.(ctx, prepared);
    expect(await practice.videos()).toHaveLength(1);
  });
});

describe('a first comment', () => {
  const below = async (settings: JsonObject = {}) => {
    const root = await practice.publish(ctx, videoPost(settings), [wide]);
    return videoPost(settings, {
      kind: 'comment',
      text: 'The recipe is on our site.',
      replyTo: { root, parent: root },
    });
  };

  it('stands below the video, and can be taken away', async () => {
    const comment = await below();
    const prepared = await adapter.prepare(preparing(ctx), comment);
    const receipt = await adapter.commit(ctx, prepared);
    expect(visible().at(-1)).toMatchObject({ id: receipt.id, replyTo: comment.replyTo?.root.id });
    expect(receipt.permalink).toContain(`lc=${receipt.id}`);
    await adapter.remove?.(ctx, receipt);
    await adapter.remove?.(ctx, receipt);
    expect(visible()).toHaveLength(1);
  });

  it.each([
    [{ madeForKids: 'yes' }, 'youtube.comment-made-for-kids'],
    [{ privacy: 'private' }, 'youtube.comment-on-private'],
  ])('is refused beforehand with %j, as YouTube would refuse it', async (settings, rule) => {
    const comment = await below(settings);
    expect(adapter.validate(comment, adapter.manifest.limits).map((broken) => broken.rule)).toEqual([rule]);
    const prepared = await adapter.prepare(preparing(ctx), comment);
    expect(await failureOf(adapter.commit(ctx, prepared))).toMatchObject({
      kind: 'content',
      platformCode: 'commentsDisabled',
    });
  });
});
