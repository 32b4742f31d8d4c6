import { buffer } from 'node:stream/consumers';
import { type JsonObject, stringField } from '#platforms/core';
import { PlatformRegistry } from '#platforms';
import { type Sandbox, startSandbox } from '#sandbox';
import { practiceVideo } from '#platforms/testing';
import { PNG } from './bluesky.fixture.js';
import { platform } from './index.js';

const RKEY = '3kabcdefghijk';
const POST = 'app.bsky.feed.post';
let sandbox: Sandbox;
let token: string;
let did: string;
let clock: Date;

beforeAll(async () => {
  const platforms = new PlatformRegistry([platform]);
  const options = { platforms, host: '127.0.0.1', port: 0, controlToken: 'control' };
  sandbox = await startSandbox({ ...options, now: () => clock });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.reset();
  clock = new Date('2026-11-22T12:00:00Z');
  const { body } = await signIn();
  token = stringField(body, 'accessJwt', 'signing in');
  did = stringField(body, 'did', 'signing in');
});

async function call(method: string, nsid: string, init: RequestInit = {}, bearer = token) {
  const headers = { authorization: `Bearer ${bearer}`, ...(init.headers as Record<string, string>) };
  const response = await fetch(`${sandbox.origin}/bluesky/xrpc/${nsid}`, { ...init, method, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text || '{}') as JsonObject };
}
const post = (nsid: string, body: JsonObject, bearer?: string) =>
  call('POST', nsid, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, bearer);
const signIn = (identifier = 'practice.bsky.test', password = 'practice') =>
  post('com.atproto.server.createSession', { identifier, password }, 'none');
const upload = async (bytes: Uint8Array<ArrayBuffer>, type = 'image/png') =>
  (await call('POST', 'com.atproto.repo.uploadBlob', { headers: { 'content-type': type }, body: bytes })).body['blob'];
const record = (change: JsonObject = {}): JsonObject => ({
  $type: POST,
  text: 'hallo 🎉',
  createdAt: '2026-11-22T12:00:00.000Z',
  ...change,
});
const put = (value: JsonObject, rest: JsonObject = {}) =>
  post('com.atproto.repo.putRecord', { repo: did, collection: POST, rkey: RKEY, record: value, ...rest });
const images = (...list: JsonObject[]) => ({ embed: { $type: 'app.bsky.embed.images', images: list } });

describe('records', () => {
  const facet = (byteStart: number, byteEnd: number) => ({
    index: { byteStart, byteEnd },
    features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'x' }],
  });
  const blob = {
    $type: 'blob',
    ref: { $link: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy' },
    mimeType: 'image/png',
    size: 3,
  };

  it.each([
    ['another type', { $type: 'app.bsky.feed.like' }, 'InvalidRequest'],
    ['301 characters', { text: 'x'.repeat(301) }, 'InvalidRequest'],
    ['3,001 bytes', { text: '👨‍👩‍👧‍👦'.repeat(121) }, 'InvalidRequest'],
    ['no time', { createdAt: 'today' }, 'InvalidRequest'],
    ['nothing to show', { text: '' }, 'InvalidRequest'],
    ['a facet out of bounds', { facets: [facet(6, 11)] }, 'InvalidRequest'],
    ['a facet that cuts a character', { facets: [facet(6, 8)] }, 'InvalidRequest'],
    ['facets that overlap', { facets: [facet(0, 4), facet(3, 5)] }, 'InvalidRequest'],
    ['an image without description field', images({ image: blob }), 'InvalidRequest'],
    ['an image that was not uploaded', images({ image: blob, alt: '' }), 'BlobNotFound'],
    ['five images', images(...Array.from({ length: 5 }, () => ({ image: blob, alt: '' }))), 'InvalidRequest'],
  ])('refuses %s', async (_what, change, error) => {
    expect(await put(record(change as JsonObject))).toMatchObject({ status: 400, body: { error } });
    expect(sandbox.visible()).toEqual([]);
  });

  it('refuses images that are too large or none', async () => {
    const large = (await upload(new Uint8Array(Buffer.concat([PNG, Buffer.alloc(2_000_000)])))) as JsonObject;
    expect((await put(record(images({ image: large, alt: '' })))).body).toMatchObject({
      error: 'InvalidRequest',
      message: expect.stringContaining('blob too big'),
    });
    const text = (await upload(new TextEncoder().encode('hello'), 'text/plain')) as JsonObject;
    expect((await put(record(images({ image: text, alt: '' })))).body['error']).toBe('InvalidMimeType');
    const huge = await call('POST', 'com.atproto.repo.uploadBlob', { body: new Uint8Array(5 * 1024 * 1024 + 1) });
    expect([huge.status, huge.body['error']]).toEqual([413, 'PayloadTooLarge']);
    const film = { headers: { 'content-type': 'video/mp4' }, body: new Uint8Array(120_000_000) };
    const long = await call('POST', 'com.atproto.repo.uploadBlob', film);
    expect([long.status, long.body['error']]).toEqual([413, 'PayloadTooLarge']);
  });

  it('refuses videos of another type or with too long a description, as the reference server does', async () => {
    const bytes = await buffer(await practiceVideo().open());
    const video = (await upload(new Uint8Array(bytes), 'video/mp4')) as JsonObject;
    const of = (blob: JsonObject, alt: string) =>
      record({ embed: { $type: 'app.bsky.embed.video', video: blob, alt } });
    bytes.write('qt  ', 8, 'latin1');
    const mov = (await upload(new Uint8Array(bytes), 'video/mp4')) as JsonObject;
    expect((await put(of(mov, ''))).body).toMatchObject({
      error: 'InvalidRequest',
      message: expect.stringContaining('Expected "video/mp4" (got "video/quicktime") at $.record.embed.video.mimeType'),
    });
    expect((await put(of(video, 'é'.repeat(1_001)))).body).toMatchObject({
      error: 'InvalidRequest',
      message: expect.stringContaining('embed/alt'),
    });
    expect(sandbox.visible()).toEqual([]);
    expect((await put(of(video, 'é'.repeat(1_000)))).status).toBe(200);
  });

  it('creates only where there is nothing when asked so, and shows each post once', async () => {
    const first = await put(record(), { swapRecord: null });
    expect(first).toMatchObject({ status: 200, body: { uri: `at://${did}/${POST}/${RKEY}` } });
    expect(await put(record(), { swapRecord: null })).toMatchObject({ status: 200, body: first.body });
    expect(await put(record({ text: 'b' }), { swapRecord: null })).toMatchObject({
      status: 400,
      body: { error: 'InvalidSwap' },
    });
    expect((await put(record({ text: 'b' }), { swapRecord: first.body['cid']! })).status).toBe(200);
    expect(sandbox.visible().map(({ text }) => text)).toEqual(['hallo 🎉']);
  });

  it('reads, lists and deletes', async () => {
    const at = `?repo=${did}&collection=${POST}`;
    expect((await call('GET', `com.atproto.repo.getRecord${at}&rkey=${RKEY}`)).body['error']).toBe('RecordNotFound');
    await put(record());
    await post('com.atproto.repo.createRecord', { repo: did, collection: POST, record: record({ text: 'newer' }) });
    const newest = await call('GET', `com.atproto.repo.listRecords${at}&limit=1`);
    expect(newest.body).toMatchObject({ records: [{ value: { text: 'newer' } }] });
    const older = await call(
      'GET',
      `com.atproto.repo.listRecords${at}&cursor=${stringField(newest.body, 'cursor', 'listing')}`,
    );
    expect(older.body).toMatchObject({ records: [{ value: { text: 'hallo 🎉' } }] });
    const gone = { repo: did, collection: POST, rkey: RKEY };
    expect((await post('com.atproto.repo.deleteRecord', gone)).status).toBe(200);
    expect((await post('com.atproto.repo.deleteRecord', gone)).status).toBe(200);
    expect(sandbox.visible().map(({ text }) => text)).toEqual(['newer']);
  });

  it('counts write points, an hour at a time', async () => {
    const write = (n: number) =>
      post('com.atproto.repo.createRecord', { repo: did, collection: POST, record: record({ text: String(n) }) });
    expect((await write(0)).headers.get('ratelimit-remaining')).toBe('4997');
    sandbox
      .world('bluesky')
      .collection<JsonObject>('quotas')
      .set(did, { used: 4998, resetsAt: clock.getTime() + 60_000 });
    const refused = await write(1);
    expect([refused.status, refused.body['error']]).toEqual([429, 'RateLimitExceeded']);
    expect(refused.headers.get('retry-after')).toBe('60');
    clock = new Date(clock.getTime() + 60_000);
    expect((await write(2)).status).toBe(200);
  });
});

describe('sessions', () => {
  const session = (bearer: string) => call('GET', 'com.atproto.server.getSession', {}, bearer);

  it('knows every name by the practice password alone', async () => {
    expect(await signIn('acme')).toMatchObject({ status: 200, body: { handle: 'acme.bsky.test' } });
    expect((await signIn('ACME.bsky.test')).body['did']).toBe((await signIn('acme')).body['did']);
    expect(await signIn('acme', 'guess')).toMatchObject({ status: 401, body: { error: 'AuthenticationRequired' } });
  });

  it('ends access tokens after two hours, and takes no other kind for them', async () => {
    const refreshJwt = stringField((await signIn()).body, 'refreshJwt', 'signing in');
    expect((await session(token)).status).toBe(200);
    expect(await session(refreshJwt)).toMatchObject({ status: 400, body: { error: 'InvalidToken' } });
    expect(await session('nonsense')).toMatchObject({ status: 400, body: { error: 'InvalidToken' } });
    clock = new Date(clock.getTime() + 2 * 3_600_000 + 1000);
    expect(await session(token)).toMatchObject({ status: 400, body: { error: 'ExpiredToken' } });
  });

  it('lets nobody write into the repository of another', async () => {
    const other = stringField((await signIn('other')).body, 'accessJwt', 'signing in');
    const body = { repo: did, collection: POST, rkey: RKEY, record: record() };
    expect((await post('com.atproto.repo.putRecord', body, other)).status).toBe(401);
    expect((await call('POST', 'com.atproto.unknown.method')).body['error']).toBe('MethodNotImplemented');
  });
});
