import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { type Json, type MediaSource, type SegmentDraft } from '#platforms/core';
import { adapter } from './adapter.js';
import { draftOf, image, Practice, preparing, video } from './instagram.fixture.js';
import { FACEBOOK_LOGIN, INSTAGRAM_LOGIN } from './manifest.js';

const WAYS = [INSTAGRAM_LOGIN, FACEBOOK_LOGIN] as const;
const MINUTE_MS = 60_000;

let practice: Practice;
beforeEach(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.sandbox.close());

const drafted = (change: Partial<SegmentDraft>, media: readonly MediaSource[]): SegmentDraft =>
  draftOf({ text: 'Fresh bread', ...change }, media).draft;
const made = (): string[] => practice.asked.filter((line) => /^POST .*\/media$/.test(line));

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
describe('what is said of a post', () => {
  it('an image: names at places, collaborators, place, labels and description', async () => {
    const ctx = await practice.channel(FACEBOOK_LOGIN);
    const [place] = (await adapter.lookup?.(ctx, 'location', 'museum')) ?? [];
    expect(place).toMatchObject({ label: 'Practice Museum', detail: '5th Avenue 1071, New York, United States' });
    const file = await image({ altText: 'A loaf' });
    const settings = {
      userTags: [{ media: 0, x: 0.25, y: 0.5, text: '@baker.one' }],
      collaborators: ['@mill', 'oven'],
      location: { value: place?.value ?? '', label: 'Practice Museum' },
      aiGenerated: true,
      paidPartnership: true,
    };
    const post = await practice.publish(ctx, drafted({ settings }, [file]), [file]);
    expect(post).toMatchObject({
      text: 'Fresh bread',
      media: [{ altText: 'A loaf', digest: file.digest }],
      details: {
        format: 'post',
        collaborators: ['mill', 'oven'],
        location: 'Practice Museum',
        tags: [{ username: 'baker.one', x: 0.25, y: 0.5, media: 0 }],
        aiGenerated: true,
        paidPartnership: true,
      },
    });
  });

  it('a carousel: each description and name at its own image, everything else at the whole, all in the first shape', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const files = [
      await image({ width: 100, height: 80 }),
      video(),
      await image({ width: 80, height: 100, altText: 'Tall' }),
    ];
    const settings = { userTags: [{ media: 2, x: 0, y: 1, text: 'oven' }], aiGenerated: true };
    const post = await practice.publish(ctx, drafted({ settings }, files), files);
    expect(post.media.map(({ contentType, altText }) => [contentType, altText])).toEqual([
      ['image/jpeg', undefined],
      ['video/mp4', undefined],
      ['image/jpeg', 'Tall'],
    ]);
    expect(post.details).toEqual({
      format: 'carousel',
      tags: [{ username: 'oven', x: 0, y: 1, media: 2 }],
      aiGenerated: true,
      shape: 1.25,
    });
    expect(made()).toHaveLength(4);
  });

  it('a reel: cover, sound, people without places, trial, and whether the feed shows it', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const file = { ...video(), coverAtMs: 1_500 };
    const settings = {
      format: 'reel',
      taggedAccounts: ['@baker'],
      audioName: 'Morning',
      trial: 'SS_PERFORMANCE',
      shareToFeed: false,
    };
    const post = await practice.publish(ctx, drafted({ settings }, [file]), [file]);
    expect(post.details).toEqual({
      format: 'reel',
      cover: '1500 ms',
      tags: [{ username: 'baker', media: 0 }],
      audioName: 'Morning',
      trial: 'SS_PERFORMANCE',
      shareToFeed: false,
    });
    expect(post.permalink).toContain('/reel/');
  });

  it('a single video becomes a reel that the feed shows as well', async () => {
    const ctx = await practice.channel(FACEBOOK_LOGIN);
    const file = video();
    const post = await practice.publish(ctx, drafted({ settings: { shareToFeed: false } }, [file]), [file]);
    expect(post.details).toMatchObject({ format: 'reel', shareToFeed: true });
  });

  it('a story: names, no text, no comment below it, and gone after 24 hours', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const file = await image({ width: 90, height: 160 });
    const settings = { format: 'story', userTags: [{ media: 0, x: 0.5, y: 0.5, text: 'baker' }] };
    const post = await practice.publish(ctx, drafted({ text: '', settings }, [file]), [file]);
    expect(post.details).toMatchObject({ format: 'story', tags: [{ username: 'baker' }] });
    expect((await fetch(post.permalink ?? '')).status).toBe(200);
    practice.pass(24 * 60 * MINUTE_MS);
    expect((await fetch(post.permalink ?? '')).status).toBe(404);
    expect(practice.sandbox.visible('instagram')).toEqual([]);
  });
});

// https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
describe('how files get there', () => {
  it.each([
    [INSTAGRAM_LOGIN, 0],
    [FACEBOOK_LOGIN, 1],
  ] as const)('%s: a video is uploaded by those who may, and fetched for all others', async (way, uploads) => {
    const ctx = await practice.channel(way);
    const file = video();
    const post = await practice.publish(ctx, drafted({}, [file]), [file]);
    expect(post.media).toMatchObject([{ digest: file.digest }]);
    expect(practice.asked.filter((line) => line.startsWith('POST rupload/'))).toHaveLength(uploads);
  });

  it('goes on with an upload at the last byte that was confirmed', async () => {
    const ctx = await practice.channel(FACEBOOK_LOGIN);
    const file = video({ dataBytes: 400_000 });
    const opened: (number | undefined)[] = [];
    const cut: MediaSource = {
      ...file,
      open: (range) => {
        opened.push(range?.start);
        return file.open(range);
      },
    };
    let first = true;
    const half = {
      ...ctx,
      fetch: (async (input, init) => {
        if (!(input as string).includes('/rupload/') || !first) return ctx.fetch(input, init);
        first = false;
        // The first half comes in, then the line is cut.
        const stream = await file.open({ start: 0, end: 99_999 });
        const parts: Buffer[] = [];
        for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
        const { 'content-length': _length, ...headers } = init?.headers as Record<string, string>;
        await ctx.fetch(input, { method: 'POST', headers, body: Buffer.concat(parts) });
        throw new TypeError('fetch failed');
      }) as typeof fetch,
    };
    const steps = new Map<string, Json>();
    expect(await practice.failureOf(adapter.prepare(preparing(half, [cut], steps), drafted({}, [file])))).toMatchObject(
      {
        kind: 'unavailable',
      },
    );
    const prepared = await practice.prepare(half, drafted({}, [file]), [cut], steps);
    const receipt = await adapter.commit(ctx, prepared);
    expect(practice.sandbox.visible('instagram')).toMatchObject([{ id: receipt.id, media: [{ digest: file.digest }] }]);
    expect(opened).toEqual([undefined, 100_000]);
    expect(made()).toHaveLength(1);
  });

  // "The media must be hosted on a publicly accessible server": https://developers.facebook.com/docs/instagram-platform/content-publishing
  it.each(['http://clickpost.example', 'https://localhost', 'https://192.168.1.4', 'https://server'])(
    'refuses before anything is made where files lie at %s',
    async (origin) => {
      const ctx = await practice.channel(INSTAGRAM_LOGIN);
      const file = { ...(await image()), address: () => Promise.resolve(`${origin}/media/1`) };
      const real = { ...ctx, endpoints: { ...ctx.endpoints, graph: 'https://graph.instagram.com' } };
      const failure = await practice.failureOf(
        adapter.prepare(preparing(real, [file], new Map()), drafted({}, [file])),
      );
      expect(failure).toMatchObject({ kind: 'media', remedy: expect.stringContaining('PUBLIC_URL') as string });
      expect(made()).toEqual([]);
    },
  );

  // https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
  it('explains an address that does not answer, leads elsewhere, or holds something else', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/moved') return void response.writeHead(302, { location: '/there' }).end();
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>no image</p>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const codeOf = async (address: string) => {
      const file = { ...(await image()), address: () => Promise.resolve(address) };
      const { kind, platformCode } = await practice.failureOf(practice.prepare(ctx, drafted({}, [file]), [file]));
      return `${kind} ${platformCode}`;
    };
    // This practice network reaches the files of the tests alone, so the server counts as one that cannot be reached.
    expect(await codeOf(`${origin}/moved`)).toBe('media 9004/2207052');
    expect(await codeOf('http://127.0.0.1:1/file')).toBe('media 9004/2207052');
    server.close();
  });

  it.each([
    ['a PNG', { type: 'png' }, '36001/2207005'],
    ['one that is too wide', { width: 400, height: 100 }, '36003/2207009'],
    ['one that is too tall', { width: 100, height: 200 }, '36003/2207009'],
  ] as const)('explains an image that is not taken: %s', async (_name, options, code) => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const file = await image(options);
    expect(await practice.failureOf(practice.prepare(ctx, drafted({}, [file]), [file]))).toMatchObject({
      kind: 'media',
      platformCode: code,
    });
  });
});

describe('limits of the account', () => {
  // https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit
  it.each(WAYS)(
    '%s: makes nothing once the posts of the day are used up, and says when it looks again',
    async (way) => {
      const ctx = await practice.channel(way);
      expect(await adapter.usage?.(ctx)).toMatchObject([{ used: 0, limit: 100, windowMs: 24 * 60 * MINUTE_MS }]);
      await practice.order('trouble', { account: ctx.channelId, published: 100 });
      const file = await image();
      const failure = await practice.failureOf(practice.prepare(ctx, drafted({}, [file]), [file]));
      expect(failure).toMatchObject({ kind: 'rate-limit', platformCode: 'instagram.quota-used-up' });
      expect(Date.parse(failure.retryAt ?? '')).toBeGreaterThan(practice.now().getTime());
      expect(made()).toEqual([]);
    },
  );

  it('says of a post for which the day ended meanwhile that it goes out later', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const file = await image();
    const prepared = await practice.prepare(ctx, drafted({}, [file]), [file]);
    await practice.order('trouble', { account: ctx.channelId, published: 100 });
    expect(await practice.failureOf(adapter.commit(ctx, prepared))).toMatchObject({
      kind: 'rate-limit',
      platformCode: '9/2207042',
    });
  });

  it('says of a restricted account what its owner has to do', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const file = await image();
    const prepared = await practice.prepare(ctx, drafted({}, [file]), [file]);
    await practice.order('trouble', { account: ctx.channelId, restricted: true });
    expect(await practice.failureOf(adapter.commit(ctx, prepared))).toMatchObject({
      kind: 'permission',
      platformCode: '25/2207050',
    });
  });

  // https://developers.facebook.com/docs/graph-api/overview/rate-limiting
  it('reads of the usage headers that the account is nearly used up', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    await practice.order('allow', { account: ctx.channelId, allowed: 10 });
    const headers: Record<string, string>[] = [];
    const listening = {
      ...ctx,
      fetch: (async (input, init) => {
        const answer = await ctx.fetch(input, init);
        headers.push(Object.fromEntries(answer.headers));
        return answer;
      }) as typeof fetch,
    };
    for (let call = 0; call < 9; call += 1) await adapter.usage?.(listening);
    const pressures = headers.map((sent) => adapter.pressure?.(sent, practice.now()));
    expect(pressures[0]).toBeUndefined();
    expect(pressures.at(-1)).toMatchObject({ scope: 'channel', why: expect.stringContaining('90 %') as string });
  });
});

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
describe('containers', () => {
  it('tells once of one that failed, and makes another when it is tried again', async () => {
    const ctx = await practice.channel(FACEBOOK_LOGIN);
    const late = video({ refusedLate: true });
    const steps = new Map<string, Json>();
    const failure = await practice.failureOf(practice.prepare(ctx, drafted({}, [late]), [late], steps));
    expect(failure).toMatchObject({ kind: 'media', platformCode: '2207026' });
    const good = video();
    await practice.publishPrepared(ctx, await practice.prepare(ctx, drafted({}, [good]), [good], steps));
    expect(made()).toHaveLength(2);
  });

  it('makes one anew that is too old to be published in time', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    const files = [await image(), await image({ color: '#993333' })];
    const steps = new Map<string, Json>();
    await practice.failureOf(adapter.prepare(preparing(ctx, files, steps), drafted({}, files)));
    practice.pass(4 * 60 * MINUTE_MS);
    await practice.publishPrepared(ctx, await practice.prepare(ctx, drafted({}, files), files, steps));
    expect(practice.sandbox.visible('instagram')).toMatchObject([{ media: files.map(({ digest }) => ({ digest })) }]);
  });

  it('gives up after an hour in which Instagram came to no end', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    await practice.order('trouble', { account: ctx.channelId, slow: true });
    const began = practice.now().getTime();
    const file = video();
    const failure = await practice.failureOf(practice.prepare(ctx, drafted({}, [file]), [file]));
    expect(failure).toMatchObject({ kind: 'media', message: expect.stringContaining('hour') as string });
    expect(practice.now().getTime() - began).toBeGreaterThan(60 * MINUTE_MS);
  });
});

describe('taking away', () => {
  // https://developers.facebook.com/docs/instagram-platform/reference/instagram-media#deleting
  it('deletes a post through Facebook, says of Instagram that it cannot, and a comment by both', async () => {
    for (const way of WAYS) {
      const ctx = await practice.channel(way);
      const file = await image();
      const post = await practice.publish(ctx, drafted({}, [file]), [file]);
      const root = { id: post.id };
      const below = drafted({ kind: 'comment', text: 'First', media: [], replyTo: { root, parent: root } }, []);
      const comment = await adapter.commit(ctx, await practice.prepare(ctx, below));
      await adapter.remove?.(ctx, comment);
      expect(practice.sandbox.visible('instagram').map(({ id }) => id)).toContain(post.id);
      const removal = adapter.remove?.(ctx, root) ?? Promise.resolve();
      if (way === INSTAGRAM_LOGIN) {
        expect(await practice.failureOf(removal)).toMatchObject({
          kind: 'permission',
          remedy: expect.stringContaining('Instagram app') as string,
        });
      } else {
        await removal;
        expect(practice.sandbox.visible('instagram').map(({ id }) => id)).not.toContain(post.id);
      }
    }
  });

  it('explains the fault that deleting was seen with', async () => {
    const ctx = await practice.channel(FACEBOOK_LOGIN);
    const file = await image();
    const post = await practice.publish(ctx, drafted({}, [file]), [file]);
    await practice.order('trouble', { account: ctx.channelId, fatal: true });
    expect(await practice.failureOf(adapter.remove?.(ctx, { id: post.id }) ?? Promise.resolve())).toMatchObject({
      kind: 'unavailable',
      platformCode: '-1/2207085',
    });
  });

  it('says that places cannot be searched by an account connected with Instagram', async () => {
    const ctx = await practice.channel(INSTAGRAM_LOGIN);
    expect(await practice.failureOf(adapter.lookup?.(ctx, 'location', 'museum') ?? Promise.resolve())).toMatchObject({
      kind: 'permission',
    });
  });
});
