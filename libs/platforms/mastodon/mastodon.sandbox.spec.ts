import { PlatformRegistry } from '#platforms';
import { type JsonObject } from '#platforms/core';
import { practiceImage } from '#platforms/testing';
import { type Sandbox, startSandbox } from '#sandbox';
import { platform } from './index.js';

let sandbox: Sandbox;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-11-22T12:00:00.000Z');
  sandbox = await startSandbox({
    platforms: new PlatformRegistry([platform]),
    host: '127.0.0.1',
    port: 0,
    controlToken: 'let-me',
    now: () => now,
  });
});
afterEach(() => sandbox.close());

async function call(method: string, path: string, body?: JsonObject | FormData, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.origin}/mastodon${path}`, {
    method,
    headers: {
      authorization: 'Bearer practice',
      ...(body && !(body instanceof FormData) && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}
const post = (body: JsonObject, headers?: Record<string, string>) => call('POST', '/api/v1/statuses', body, headers);

async function upload(bytes: Uint8Array<ArrayBuffer>, description?: string) {
  const form = new FormData();
  form.set('file', new Blob([bytes], { type: 'image/jpeg' }), 'a.jpg');
  if (description !== undefined) form.set('description', description);
  return call('POST', '/api/v2/media', form);
}

describe('accounts', () => {
  it('belong to their tokens, and to no others', async () => {
    const verify = (token: string) =>
      call('GET', '/api/v1/accounts/verify_credentials', undefined, { authorization: `Bearer ${token}` });
    expect((await verify('practice')).body).toMatchObject({ username: 'practice' });
    expect((await verify('practice-dora')).body).toMatchObject({ username: 'dora' });
    const refused = await verify('dora');
    expect([refused.status, refused.body]).toEqual([401, { error: 'The access token is invalid' }]);
    await call('POST', '/_practice/revoke', { accessToken: 'practice-dora' });
    expect((await verify('practice-dora')).body).toEqual({ error: 'The access token was revoked' });
    expect((await verify('practice')).status).toBe(200);
  });

  it('are throttled, and told how far', async () => {
    const look = () => call('GET', '/api/v1/accounts/verify_credentials');
    const first = await look();
    expect(first.headers.get('x-ratelimit-remaining')).toBe('299');
    expect(first.headers.get('x-ratelimit-reset')).toBe('2026-11-22T12:05:00.000Z');
    for (let n = 1; n < 300; n += 1) await look();
    const refused = await look();
    expect([refused.status, refused.body]).toEqual([429, { error: 'Too many requests' }]);
    now = new Date('2026-11-22T12:05:00.000Z');
    expect((await look()).status).toBe(200);
  });
});

describe('media', () => {
  it('are processed before they can be attached, and once only', async () => {
    const { status, body } = await upload(await (await practiceImage()).read(), 'A square');
    expect([status, body.url, body.description]).toEqual([202, null, 'A square']);
    expect((await post({ status: 'early', media_ids: [body.id] })).body.error).toMatch(/not finished processing/);
    expect((await call('GET', `/api/v1/media/${body.id}`)).status).toBe(206);
    const done = await call('GET', `/api/v1/media/${body.id}`);
    expect([done.status, (await fetch(done.body.url)).status]).toEqual([200, 200]);
    expect((await post({ media_ids: [body.id] })).body.media_attachments).toMatchObject([{ id: body.id }]);
    expect((await post({ media_ids: [body.id] })).body.error).toMatch(/not found or already attached/);
    expect(sandbox.visible('mastodon')).toHaveLength(1);
  });

  it('are refused when they are no images, or described at too great a length', async () => {
    expect((await upload(Uint8Array.from([1, 2, 3]))).body.error).toMatch(/content type is invalid/);
    const image = await (await practiceImage()).read();
    expect((await upload(image, 'x'.repeat(1_501))).body.error).toMatch(/Description is too long/);
  });

  it('are refused when they are videos of more than 99 MB', async () => {
    const film = new Uint8Array(120_000_000);
    film.set(Buffer.from('ftypisom'), 4);
    const refused = await upload(film);
    const error = 'Validation failed: File file size must be less than 99 MB';
    expect([refused.status, refused.body]).toEqual([422, { error }]);
  });

  it('fail late when the file was cut off', async () => {
    const image = await (await practiceImage({ width: 600, height: 600 })).read();
    const { status, body } = await upload(image.slice(0, image.length - 200));
    expect(status).toBe(202);
    await call('GET', `/api/v1/media/${body.id}`);
    const failed = await call('GET', `/api/v1/media/${body.id}`);
    expect([failed.status, failed.body.error]).toEqual([422, 'Error processing thumbnail for uploaded media']);
  });
});

describe('posts', () => {
  it.each<[string, JsonObject, number, RegExp]>([
    ['nothing', {}, 422, /Text can't be blank/],
    ['a text that is too long', { status: 'x'.repeat(501) }, 422, /character limit of 500 exceeded/],
    ['a warning that makes it too long', { status: 'x'.repeat(495), spoiler_text: 'spoiler' }, 422, /limit of 500/],
    ['an unknown visibility', { status: 'hi', visibility: 'secret' }, 422, /Visibility is not included/],
    ['a reply to nothing', { status: 'hi', in_reply_to_id: '1' }, 404, /trying to reply to/],
    ['media that is not there', { status: 'hi', media_ids: ['1'] }, 422, /not found/],
    ['too many media', { status: 'hi', media_ids: ['1', '2', '3', '4', '5'] }, 422, /more than 4/],
  ])('are refused with %s', async (_name, body, status, error) => {
    const answer = await post(body);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringMatching(error)]);
    expect(sandbox.visible()).toEqual([]);
  });

  it('take a long text whose length is in its addresses', async () => {
    expect((await post({ status: `${'x'.repeat(476)} https://example.com/${'y'.repeat(300)}` })).status).toBe(200);
  });

  it('are made once for a key, for an hour', async () => {
    const key = { 'idempotency-key': 'k' };
    const first = await post({ status: 'once' }, key);
    expect((await post({ status: 'once' }, key)).body.id).toBe(first.body.id);
    expect(sandbox.visible()).toHaveLength(1);
    now = new Date(now.getTime() + 3_600_001);
    expect((await post({ status: 'once' }, key)).body.id).not.toBe(first.body.id);
    expect(sandbox.visible()).toHaveLength(2);
  });

  it('are rendered as Mastodon renders them', async () => {
    const { body } = await post({ status: 'A <b>\nB\n\nhttps://www.example.com/a/long/path/to/somewhere #tag' });
    expect(body.content).toContain(
      '<p>A &lt;b&gt;<br />B</p><p><a href="https://www.example.com/a/long/path/to/somewhere"',
    );
    expect(body.content).toContain(
      '<span class="invisible">https://www.</span><span class="ellipsis">example.com/a/long/path/to/som</span>',
    );
    expect(body.tags).toMatchObject([{ name: 'tag' }]);
    const { body: source } = await call('GET', `/api/v1/statuses/${body.id}/source`);
    expect(source.text).toBe('A <b>\nB\n\nhttps://www.example.com/a/long/path/to/somewhere #tag');
  });

  it('are listed newest first, page by page in both directions', async () => {
    const ids: string[] = [];
    for (const status of ['1', '2', '3', '4', '5']) ids.unshift((await post({ status })).body.id);
    const { body: account } = await call('GET', '/api/v1/accounts/verify_credentials');
    const list = async (query: string) => {
      const page = await call('GET', `/api/v1/accounts/${account.id}/statuses?${query}`);
      return { ids: page.body.map((status: JsonObject) => status['id']), link: page.headers.get('link') };
    };
    const newest = await list('limit=2');
    expect(newest.ids).toEqual(ids.slice(0, 2));
    expect(newest.link).toContain(`max_id=${ids[1]}>; rel="next"`);
    expect((await list(`limit=2&max_id=${ids[1]}`)).ids).toEqual(ids.slice(2, 4));
    expect((await list(`limit=2&min_id=${ids[4]}`)).ids).toEqual(ids.slice(2, 4));
    expect((await list(`limit=2&since_id=${ids[4]}`)).ids).toEqual(ids.slice(0, 2));
  });

  it('are gone once deleted', async () => {
    const { body } = await post({ status: 'oops' });
    expect((await call('DELETE', `/api/v1/statuses/${body.id}`)).body.text).toBe('oops');
    expect((await call('GET', `/api/v1/statuses/${body.id}`)).status).toBe(404);
    expect(sandbox.visible()).toEqual([]);
  });
});
