import { createHash, randomBytes } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type INestApplicationContext } from '@nestjs/common';
import request from 'supertest';
import sharp from 'sharp';
import { type Config } from '#kernel';
import { loadPlatforms } from '#platforms';
import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { type TestAccount } from '../support/api.js';
import { consent } from '../support/people.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const PLATFORMS = ['bluesky', 'facebook', 'mastodon', 'webhook'];
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface PracticePost {
  platform: string;
  id: string;
  text: string;
  at: string;
  publicationId: string;
  media: { url: string; contentType: string; altText?: string }[];
}

describe('the practice feed', () => {
  let practice: PracticeApi;
  let worker: INestApplicationContext;
  let ann: TestAccount;
  let bob: TestAccount;
  let annsChannels: TestChannel[];
  let bobsChannels: TestChannel[];
  beforeAll(async () => {
    practice = await PracticeApi.start({ PUBLISH_POLL_MS: '50' });
    const platforms = await loadPlatforms();
    worker = await createWorker(practice.api.kernel, practice.api.databaseUrl, platforms);
    await worker.init();
    [ann, bob] = [await practice.api.signUp(), await practice.api.signUp()];
    // Both have the accounts that are offered to everybody: the same ones.
    annsChannels = await connectAll(ann);
    bobsChannels = await connectAll(bob);
    await publish(ann, annsChannels, 'Written by Ann', 'red');
    await publish(bob, bobsChannels, 'Written by Bob', 'blue');
  });
  afterAll(async () => {
    await worker?.close();
    await practice?.close();
  });

  const connectAll = (account: TestAccount) =>
    Promise.all(
      PLATFORMS.map((platform) =>
        platform === 'facebook' ? connectFacebook(account) : practice.connect(account, platform),
      ),
    );

  async function connectFacebook(account: TestAccount): Promise<TestChannel> {
    const { body } = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/connections`)
      .send({ platform: 'facebook', practice: true })
      .expect(201);
    const { pathname, search } = await consent(body.authorizationUrl, 'Practice Person');
    const back = await request(practice.api.url).get(`${pathname}${search}`).expect(200);
    return back.body.channels[0];
  }

  async function publish(account: TestAccount, channels: TestChannel[], text: string, background?: string) {
    const media: object[] = [];
    if (background) {
      const image = sharp({ create: { width: 60, height: 40, channels: 3, background } });
      const { body } = await practice
        .as(account)
        .post(`/v1/workspaces/${account.workspaceId}/media`)
        .attach('file', await image.png().toBuffer(), 'field.png')
        .expect(201);
      media.push({ id: body.id, altText: `A ${background} field` });
    }
    const { body } = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({ content: { text }, media, channels: channels.map(({ id }) => ({ id })), schedule: 'now' })
      .expect(201);
    for (const { id } of body.publications) await published(account, id);
  }

  async function published(account: TestAccount, id: string): Promise<void> {
    const until = Date.now() + 30_000;
    for (;;) {
      const { body } = await practice.as(account).get(`/v1/publications/${id}`).expect(200);
      if (body.state === 'published') return;
      if (Date.now() > until) throw new Error(JSON.stringify(body));
      await sleep(50);
    }
  }

  const feed = async (account: TestAccount, query = '') => {
    const answer = await practice.as(account).get(`/v1/practice/posts${query}`).expect(200);
    return answer.body as { data: PracticePost[]; next?: string };
  };

  it('shows what became visible on every practice network, as it is seen there', async () => {
    const { data, next } = await feed(ann);
    expect(next).toBeUndefined();
    expect(data.map(({ platform }) => platform).sort()).toEqual(PLATFORMS);
    for (const post of data) {
      const channel = annsChannels.find(({ platform }) => platform === post.platform);
      const truth = practice.sandbox.visible(post.platform).find(({ id }) => id === post.id);
      expect(post).toEqual({
        platform: post.platform,
        channelId: channel?.id,
        workspaceId: ann.workspaceId,
        postId: expect.any(String),
        publicationId: expect.any(String),
        account: truth?.account,
        accountName: truth?.accountName ?? channel?.name,
        id: post.id,
        text: 'Written by Ann',
        media: [
          {
            url: `/v1/practice/media/${truth?.media[0]?.digest}`,
            contentType: truth?.media[0]?.contentType,
            altText: 'A red field',
          },
        ],
        at: truth?.at,
        permalink: expect.stringContaining(practice.sandbox.origin),
        look: { arrangement: 'feed', poll: [], collaborators: [], facts: expect.any(Array) },
      });
      const { status } = await fetch((post as unknown as { permalink: string }).permalink);
      expect({ platform: post.platform, status }).toEqual({ platform: post.platform, status: 200 });
    }
  });

  it('shows nobody what another organization published, on the very same accounts', async () => {
    const [anns, bobs] = [await feed(ann), await feed(bob)];
    expect(new Set(anns.data.map(({ text }) => text))).toEqual(new Set(['Written by Ann']));
    expect(new Set(bobs.data.map(({ text }) => text))).toEqual(new Set(['Written by Bob']));
    const accounts = (data: object[]) => data.map((post) => (post as { account: string }).account).sort();
    expect(accounts(anns.data)).toEqual(accounts(bobs.data));
    expect(await feed(await practice.api.signUp())).toEqual({ data: [] });
  });

  it('gives the images of its posts, and of no others', async () => {
    for (const { media, platform } of (await feed(ann)).data) {
      const [image] = media;
      const { body, headers } = await practice.as(ann).get(String(image?.url)).expect(200);
      expect(image?.url.endsWith(sha256(body))).toBe(true);
      expect({ platform, type: headers['content-type'] }).toEqual({ platform, type: image?.contentType });
      expect(headers).toMatchObject({
        'cache-control': 'private, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        etag: `"${sha256(body)}"`,
      });
      expectProblem(await practice.as(bob).get(String(image?.url)), { status: 404, slug: 'not-found' });
      expect((await fetch(`${practice.api.url}${image?.url}`)).status).toBe(401);
    }
    for (const digest of ['0'.repeat(64), 'x', '..%2ffeed.json']) {
      expectProblem(await practice.as(ann).get(`/v1/practice/media/${digest}`), { status: 404, slug: 'not-found' });
    }
  });

  it('sends a large video whole, and in the parts that a player asks for, to nobody else', async () => {
    const film = randomBytes(9_000_000);
    const world = practice.sandbox.world('mastodon');
    const digest = world.keep(world.file(film), 'video/mp4');
    const [post] = practice.sandbox.visible('mastodon').filter(({ text }) => text === 'Written by Ann');
    if (!post) throw new Error('Nothing of Ann is visible.');
    world.show({ ...post, media: [{ contentType: 'video/mp4', bytes: film.length, digest }] });
    const ask = ({ apiKey }: TestAccount, headers: Record<string, string> = {}) =>
      fetch(`${practice.api.url}/v1/practice/media/${digest}`, {
        headers: { authorization: `Bearer ${apiKey}`, ...headers },
      });
    const whole = await ask(ann);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(sha256(Buffer.from(await whole.arrayBuffer()))).toBe(digest);
    const part = await ask(ann, { range: 'bytes=1000-8500999' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000-8500999/9000000']);
    expect(sha256(Buffer.from(await part.arrayBuffer()))).toBe(sha256(film.subarray(1_000, 8_501_000)));
    expect([(await ask(bob)).status, (await ask(ann, { range: 'bytes=9000000-' })).status]).toEqual([404, 416]);
  });

  it('comes in pages, newest first, and leaves out what was removed', async () => {
    const channels = bobsChannels.filter(({ platform }) => platform === 'mastodon');
    for (const text of ['Second', 'Third', 'Fourth']) await publish(bob, channels, text);
    const pages: string[][] = [];
    let query = '?limit=3';
    for (;;) {
      const { data, next } = await feed(bob, query);
      pages.push(data.map(({ text }) => text));
      if (next === undefined) break;
      query = `?limit=3&cursor=${next}`;
    }
    expect(pages).toEqual([
      ['Fourth', 'Third', 'Second'],
      ['Written by Bob', 'Written by Bob', 'Written by Bob'],
      ['Written by Bob'],
    ]);
    const third = practice.sandbox.visible('mastodon').find(({ text }) => text === 'Third');
    practice.sandbox.world('mastodon').hide(String(third?.account), String(third?.id));
    const { data } = await feed(bob, '?limit=3');
    expect(data.map(({ text }) => text)).toEqual(['Fourth', 'Second', 'Written by Bob']);
  });

  it('refuses a cursor that is none of its own', async () => {
    for (const keys of [[1], ['1', 'x'], ['x', ann.userId], [-1, ann.userId]]) {
      const cursor = Buffer.from(JSON.stringify(keys)).toString('base64url');
      const answer = await practice.as(ann).get(`/v1/practice/posts?cursor=${cursor}`);
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'cursor' });
    }
  });

  describe('says why there is none', () => {
    const ask = async (change: Partial<Config['sandbox']>, path: string) => {
      const { kernel } = practice.api;
      const config: Config = { ...kernel.config, sandbox: { ...kernel.config.sandbox, ...change } };
      const app = await createApi({ kernel: { ...kernel, config }, platforms: await loadPlatforms() });
      try {
        await app.listen(0, '127.0.0.1');
        const { port } = app.getHttpServer().address() as AddressInfo;
        return await request(`http://127.0.0.1:${port}`).get(path).set('authorization', `Bearer ${ann.apiKey}`);
      } finally {
        await app.close();
      }
    };

    it.each(['/v1/practice/posts', `/v1/practice/media/${'0'.repeat(64)}`])(
      'where practice networks are switched off: %s',
      async (path) => {
        const answer = await ask({ enabled: false }, path);
        expectProblem(answer, { status: 404, slug: 'not-found' });
        expect(answer.body.detail).toContain('switched off');
      },
    );

    it.each(['/v1/practice/posts', `/v1/practice/media/${'0'.repeat(64)}`])(
      'where they cannot be reached: %s',
      async (path) => {
        // The port of nobody: 1 is reserved.
        const answer = await ask({ url: 'http://127.0.0.1:1' }, path);
        expectProblem(answer, { status: 503, slug: 'unavailable' });
        expect(answer.body.detail).toContain('practice networks do not answer');
        expect(answer.headers['retry-after']).toBe('5');
      },
    );

    it('where something else answers', async () => {
      const answer = await ask({ url: `${practice.api.url}/docs` }, '/v1/practice/posts');
      expectProblem(answer, { status: 503, slug: 'unavailable' });
    });
  });
});
