import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { PlatformRegistry } from '#platforms';
import { isJsonObject } from '#platforms/core';
import { practiceImage, readable } from '#platforms/testing';
import { startSandbox } from '#sandbox';
import { platform } from './index.js';
import { PRACTICE_APP } from './manifest.js';
import { draft, Practice } from './practice.fixture.js';

const image = await practiceImage();
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const TEXT = { media_type: 'TEXT', text: 'Hello' };
const POLL = '{"option_a":"Rye","option_b":"Wheat"}';

// https://developers.facebook.com/documentation/threads/reference/publishing
describe('practice Threads makes no container', () => {
  it.each([
    ['of no type', { text: 'Hello' }, 100, 'media_type is required'],
    ['of a type that there is not', { media_type: 'REELS', text: 'Hello' }, 100, 'media_type'],
    ['of text without a text', { media_type: 'TEXT' }, 100, 'text is required'],
    ['with a parameter that it does not know', { ...TEXT, caption: 'x' }, 100, 'nonexisting field (caption)'],
    ['that would publish by itself', { ...TEXT, auto_publish_text: 'true' }, 100, 'auto_publish_text'],
    ['with 501 characters', { ...TEXT, text: 'x'.repeat(501) }, 100, '500 characters'],
    ['with 126 bytes of emoji fourfold', { ...TEXT, text: '👋'.repeat(126) }, 100, '500 characters'],
    [
      'with six links',
      { ...TEXT, text: [1, 2, 3, 4, 5, 6].map((n) => `https://a.example/${n}`).join(' ') },
      100,
      'THREADS_API__LINK_LIMIT_EXCEEDED',
    ],
    ['with a link that is none', { ...TEXT, link_attachment: 'nowhere' }, -1, 'Fatal'],
    ['with a poll of one answer', { ...TEXT, poll_attachment: '{"option_a":"Rye"}' }, 100, 'at least 2'],
    ['with an answer of 26 letters', { ...TEXT, poll_attachment: POLL.replace('Rye', 'x'.repeat(26)) }, 100, '25'],
    ['with a fifth answer', { ...TEXT, poll_attachment: POLL.replace('}', ',"option_e":"x"}') }, 100, 'option_e'],
    ['with a poll that is no object', { ...TEXT, poll_attachment: 'Rye' }, 100, 'must be an object'],
    ['with a full stop in the topic', { ...TEXT, topic_tag: 'a.b' }, 100, 'topic_tag'],
    ['with 51 letters of topic', { ...TEXT, topic_tag: 'x'.repeat(51) }, 100, 'topic_tag'],
    ['with a reply control that there is not', { ...TEXT, reply_control: 'friends' }, 100, 'reply_control'],
    ['below a post that is not there', { ...TEXT, reply_to_id: '17' }, 24, 'does not exist'],
    ['at a place that is not there', { ...TEXT, location_id: '1' }, 100, 'location_id'],
    ['with a text to blur', { ...TEXT, is_spoiler_media: 'true' }, 100, 'is_spoiler_media'],
    ['with a description of a text', { ...TEXT, alt_text: 'x' }, 100, 'alt_text'],
    ['of a video without one', { media_type: 'VIDEO' }, 100, 'video_url is required'],
    ['of a text with an image', { ...TEXT, image_url: 'https://a.example' }, 100, 'image_url'],
    ['of a carousel of one', { media_type: 'CAROUSEL', children: '17' }, 100, '2 to 20'],
    ['of a carousel of nothing that is there', { media_type: 'CAROUSEL', children: '17,18' }, 24, 'does not exist'],
  ])('%s', async (_what, fields, code, words) => {
    const ctx = await practice.profile();
    const { error } = await practice.ask(ctx, 'POST', 'me/threads', fields);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(practice.sandbox.visible('threads')).toEqual([]);
  });

  it('of an image that is no JPEG and no PNG, whatever it is called', async () => {
    const ctx = await practice.profile();
    const url = await readable(Uint8Array.from(gif), 'image/jpeg').address();
    const { error } = await practice.ask(ctx, 'POST', 'me/threads', { media_type: 'IMAGE', image_url: url });
    expect(error).toMatchObject({ code: 36_001, error_subcode: 2207005 });
  });

  it('that is an item and a post at once', async () => {
    const ctx = await practice.profile();
    const fields = { media_type: 'IMAGE', image_url: await image.address() };
    const item = await practice.container(ctx, { ...fields, is_carousel_item: 'true' });
    const post = await practice.container(ctx, fields);
    practice.pass(5_000);
    const published = await practice.ask(ctx, 'POST', 'me/threads_publish', { creation_id: item });
    expect(published.error).toMatchObject({ code: 100 });
    const carousel = { media_type: 'CAROUSEL', children: `${item},${post}` };
    expect((await practice.ask(ctx, 'POST', 'me/threads', carousel)).error).toMatchObject({ code: 100 });
  });
});

describe('practice Threads', () => {
  it('publishes a container once', async () => {
    const ctx = await practice.profile();
    const id = await practice.container(ctx, TEXT);
    const first = await practice.ask(ctx, 'POST', 'me/threads_publish', { creation_id: id });
    const second = await practice.ask(ctx, 'POST', 'me/threads_publish', { creation_id: id });
    expect(first.id).toMatch(/^\d{16,}$/);
    expect(second.error).toMatchObject({ code: 24, error_subcode: 4_279_009 });
    expect(practice.sandbox.visible('threads')).toHaveLength(1);
  });

  // https://developers.facebook.com/documentation/threads/troubleshooting
  it('moves a container through its states, and shows no other field of it', async () => {
    const ctx = await practice.profile();
    const id = await practice.container(ctx, { media_type: 'IMAGE', image_url: await image.address() });
    const status = async () => (await practice.ask(ctx, 'GET', id, { fields: 'status' })).status;
    expect(await status()).toBe('IN_PROGRESS');
    practice.pass(3_000);
    expect(await status()).toBe('FINISHED');
    practice.pass(24 * 3_600_000);
    expect(await status()).toBe('EXPIRED');
    expect((await practice.ask(ctx, 'GET', id, { fields: 'text' })).error).toMatchObject({ code: 100 });
  });

  it('lets nobody see or publish what is somebody else’s', async () => {
    const ada = await practice.profile({ person: 'Ada' });
    const bob = await practice.profile({ person: 'Bob' });
    const id = await practice.container(ada, TEXT);
    expect((await practice.ask(bob, 'GET', id, {})).error).toMatchObject({ code: 24 });
    expect((await practice.ask(bob, 'POST', 'me/threads_publish', { creation_id: id })).error).toMatchObject({
      code: 24,
    });
    expect((await practice.ask(bob, 'POST', `${String(ada.channelId)}/threads`, TEXT)).error).toMatchObject({
      code: 200,
    });
  });

  it('lists posts without replies, and replies without posts, page by page', async () => {
    const ctx = await practice.profile();
    const root = await practice.publish(ctx, draft());
    await practice.publish(ctx, draft({ kind: 'comment', text: 'Below', replyTo: { root, parent: root } }));
    for (const text of ['B', 'C', 'D']) await practice.publish(ctx, draft({ text }));
    const posts = await practice.ask(ctx, 'GET', 'me/threads', { fields: 'text' });
    const replies = await practice.ask(ctx, 'GET', 'me/replies', { fields: 'text,replied_to' });
    expect(posts.data).toMatchObject([{ text: 'D' }, { text: 'C' }, { text: 'B' }]);
    expect(isJsonObject(posts.paging) && typeof posts.paging.next).toBe('string');
    expect(replies.data).toMatchObject([{ text: 'Below', replied_to: { id: root.id } }]);
    expect((await practice.ask(ctx, 'GET', 'me/threads', { since: '7' })).error).toMatchObject({ code: 100 });
  });

  it('counts calls, and refuses when too many were made', async () => {
    const ctx = await practice.profile();
    await practice.order('allow', { account: String(ctx.channelId), allowed: 2 });
    for (const code of [undefined, undefined, 613]) {
      const { error } = await practice.ask(ctx, 'GET', 'me', {});
      expect(isJsonObject(error) ? error.code : undefined).toBe(code);
    }
  });

  // https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
  it('tells the installation, signed with the Threads secret, when a person takes the app away', async () => {
    const told: { url: string; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push({ url: request.url ?? '', body });
        response.end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const platforms = new PlatformRegistry([platform]);
    const options = { platforms, host: '127.0.0.1', port: 0, controlToken: 'control', reach: new Set([origin]) };
    const sandbox = await startSandbox(options);
    const query = new URLSearchParams({
      client_id: PRACTICE_APP.clientId,
      redirect_uri: `${origin}/v1/oauth/threads/callback`,
      response_type: 'code',
      scope: 'threads_basic',
    });
    const dialog = `${sandbox.origin}/threads/www/oauth/authorize?${query.toString()}`;
    await fetch(dialog, { method: 'POST', body: new URLSearchParams({ decision: 'continue' }), redirect: 'manual' });
    const page = await (await fetch(`${sandbox.origin}/threads/www/apps`)).text();
    const user = /name="user" value="(\d+)"/.exec(page)?.[1] ?? '';
    await fetch(`${sandbox.origin}/threads/www/apps`, {
      method: 'POST',
      body: new URLSearchParams({ user, decision: 'delete' }),
    });
    expect(told.map(({ url }) => url)).toEqual([
      '/v1/platforms/threads/callbacks/deauthorize',
      '/v1/platforms/threads/callbacks/data-deletion',
    ]);
    for (const { body } of told) {
      const [signature, payload = ''] = (new URLSearchParams(body).get('signed_request') ?? '').split('.');
      expect(signature).toBe(createHmac('sha256', PRACTICE_APP.clientSecret).update(payload).digest('base64url'));
      expect(Buffer.from(payload, 'base64url').toString()).toContain(user);
    }
    await sandbox.close();
    server.close();
  });
});
