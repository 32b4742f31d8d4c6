import { type CommitContext, type JsonObject, stringField } from '#platforms/core';
import { practiceDraft } from '#platforms/testing';
import { credentialsOf } from './api.js';
import { AGREED, clip, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => (practice = await Practice.start()));
beforeEach(async () => (ctx = await practice.account()));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const INFO = { privacy_level: 'SELF_ONLY', title: 'Hello' };
const FILE = { source: 'FILE_UPLOAD', video_size: 1_000, chunk_size: 1_000, total_chunk_count: 1 };
const MEGABYTE = 1_000_000;
const begin = (info: JsonObject = {}, source: JsonObject = {}) =>
  practice.ask(ctx, '/post/publish/video/init/', {
    post_info: { ...INFO, ...info },
    source_info: { ...FILE, ...source },
  });
const textIn = (data: JsonObject, name: string) => stringField(data, name, 'rehearse');
const file = (size: number, chunk: number, count: number) =>
  begin({}, { video_size: size, chunk_size: chunk, total_chunk_count: count });

// https://developers.tiktok.com/doc/content-posting-api-reference-direct-post
describe('practice TikTok begins a post', () => {
  it('with a publish_id and an address for an hour', async () => {
    const { status, code, data } = await begin();
    expect([status, code]).toEqual([200, 'ok']);
    expect(data.publish_id).toMatch(/^v_pub_file~v2-1\.\d+$/);
    expect(data.upload_url).toMatch(/\/upload\/video\/\?upload_id=.+&upload_token=[0-9a-f]{32}$/);
  });

  it.each<[string, JsonObject]>([
    ['a parameter that is none', { allow_comment: true }],
    ['an audience that is none', { privacy_level: 'FRIENDS' }],
    ['a title of more than 2,200 letters', { title: 'x'.repeat(2_201) }],
    ['a switch that is a text', { disable_comment: 'true' }],
    ['a moment that is no number', { video_cover_timestamp_ms: '1000' }],
    ['branded content that is private', { brand_content_toggle: true }],
  ])('but not with %s', async (_what, info) => {
    expect(await begin(info)).toMatchObject({ status: 400, code: 'invalid_param' });
  });

  it('but not for an audience that this account does not have', async () => {
    const answer = await begin({ privacy_level: 'FOLLOWER_OF_CREATOR' });
    expect(answer).toMatchObject({ status: 403, code: 'privacy_level_option_mismatch' });
  });

  // https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide ("Chunk restrictions")
  it.each([
    ['less than 5 MB, in parts', 4 * MEGABYTE, 2 * MEGABYTE, 2],
    ['parts of less than 5 MB', 20 * MEGABYTE, 4 * MEGABYTE, 5],
    ['parts of more than 64 MB', 300 * MEGABYTE, 100 * MEGABYTE, 3],
    ['a count that is rounded up', 50_000_123, 10 * MEGABYTE, 6],
    ['one part that is larger than it is called', 9 * MEGABYTE, 5 * MEGABYTE, 1],
    ['more than 64 MB at once', 100 * MEGABYTE, 100 * MEGABYTE, 1],
    ['more than 4 GB', 5_000 * MEGABYTE, 10 * MEGABYTE, 500],
  ])('but not of %s', async (_what, size, chunk, count) => {
    expect(await file(size, chunk, count)).toMatchObject({ status: 400, code: 'invalid_param' });
  });

  it.each([
    ['the example of the page', 50_000_123, 10 * MEGABYTE, 5],
    ['a small one as a whole', 3_145_728, 3_145_728, 1],
    ['a last part that is larger than the others', 14 * MEGABYTE, 5 * MEGABYTE, 2],
  ])('of %s', async (_what, size, chunk, count) => {
    expect(await file(size, chunk, count)).toMatchObject({ status: 200, code: 'ok' });
  });

  it('six times a minute for each token, and asks for accounts and states more often', async () => {
    for (let call = 1; call <= 6; call += 1) expect((await begin()).code).toBe('ok');
    expect(await begin()).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    practice.pass(61_000);
    expect((await begin()).code).toBe('ok');
    const creator = () => practice.ask(ctx, '/post/publish/creator_info/query/', {});
    for (let call = 1; call <= 20; call += 1) expect((await creator()).code).toBe('ok');
    expect(await creator()).toMatchObject({ status: 429 });
  });

  it('only with the permission for it', async () => {
    ctx = await practice.account({ scopes: ['user.info.basic', 'video.upload'] });
    expect(await begin()).toMatchObject({ status: 401, code: 'scope_not_authorized' });
    const inbox = await practice.ask(ctx, '/post/publish/inbox/video/init/', { source_info: FILE });
    expect(inbox.code).toBe('ok');
    const withInfo = { post_info: INFO, source_info: FILE };
    expect(await practice.ask(ctx, '/post/publish/inbox/video/init/', withInfo)).toMatchObject({
      code: 'invalid_param',
    });
  });
});

// https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
describe('practice TikTok takes parts', () => {
  const SIZE = 12 * MEGABYTE;
  const CHUNK = 5 * MEGABYTE;
  let address: string;
  beforeEach(async () => {
    const { data } = await file(SIZE, CHUNK, 2);
    address = textIn(data, 'upload_url');
  });

  const put = (start: number, end: number, headers: Record<string, string> = {}, bytes = end - start + 1) =>
    fetch(address, {
      method: 'PUT',
      headers: { 'content-type': 'video/mp4', 'content-range': `bytes ${start}-${end}/${SIZE}`, ...headers },
      body: new Uint8Array(bytes),
    });

  it('one after the other, and says how much it has', async () => {
    const first = await put(0, CHUNK - 1);
    expect([first.status, first.headers.get('content-range')]).toEqual([206, `bytes 0-${CHUNK}/${SIZE}`]);
    const again = await put(0, CHUNK - 1);
    expect([again.status, again.headers.get('content-range')]).toEqual([416, `bytes 0-${CHUNK}/${SIZE}`]);
    const last = await put(CHUNK, SIZE - 1);
    expect(last.status).toBe(201);
    // Twelve million zeros are no video.
    expect(practice.visible()).toEqual([]);
  });

  it.each([
    ['takes one', 360, 1],
    ['refuses one that is too small', 300, 0],
  ])('of a video whose description stands at its end, and %s', async (_what, width, shown) => {
    const video = clip({ width, dataBytes: SIZE });
    const whole = Buffer.concat((await (await video.open()).toArray()) as Buffer[]);
    // The boxes are: brand, description, pictures.
    const index = whole.readUInt32BE(0);
    const pictures = index + whole.readUInt32BE(index);
    const turned = [whole.subarray(0, index), whole.subarray(pictures), whole.subarray(index, pictures)];
    const { data } = await file(whole.length, CHUNK, 2);
    // Not `Uint8Array.from`, which takes seconds, in which the connection ends.
    const bytes = new Uint8Array(Buffer.concat(turned));
    for (const [start, end] of [[0, CHUNK] as const, [CHUNK, bytes.length] as const]) {
      const headers = { 'content-type': 'video/mp4', 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` };
      const body = bytes.subarray(start, end);
      expect((await fetch(textIn(data, 'upload_url'), { method: 'PUT', headers, body })).ok).toBe(true);
    }
    expect(practice.visible()).toHaveLength(shown);
  });

  it('in order', async () => {
    expect((await put(CHUNK, SIZE - 1)).status).toBe(416);
  });

  it.each<[string, number, Record<string, string>, number]>([
    ['a part of another length than it says', CHUNK - 1, {}, 1_000],
    ['a part of another length than was agreed', CHUNK, {}, CHUNK + 1],
    ['a part that says nothing of its place', CHUNK - 1, { 'content-range': 'bytes 0-' }, CHUNK],
    ['something that is no video', CHUNK - 1, { 'content-type': 'text/plain' }, CHUNK],
    ['a token that is nothing to this server', CHUNK - 1, { authorization: 'Bearer act.secret' }, CHUNK],
  ])('but not %s', async (_what, end, headers, bytes) => {
    expect((await put(0, end, headers, bytes)).status).toBe(400);
  });

  it('for an hour', async () => {
    practice.pass(3_600_000);
    expect((await put(0, CHUNK - 1)).status).toBe(403);
  });

  it('at no other address', async () => {
    address = address.replace(/upload_token=.*/, 'upload_token=guessed');
    expect((await put(0, CHUNK - 1)).status).toBe(404);
  });
});

describe('practice TikTok tells', () => {
  it('the id of a public post as a number of 64 bits, under its own spelling, after the review', async () => {
    const video = clip();
    const { draft } = practiceDraft({ settings: AGREED }, [video]);
    const prepared = await practice.prepare(ctx, draft, [video]);
    const { publishId = '' } = await practice.send(ctx, prepared, [video]);
    const raw = async () => {
      const answer = await fetch(`${practice.sandbox.origin}/tiktok/api/post/publish/status/fetch/`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${credentialsOf(ctx).accessToken}`,
          'content-type': 'application/json; charset=UTF-8',
        },
        body: JSON.stringify({ publish_id: publishId }),
      });
      return answer.text();
    };
    expect(await raw()).toContain('"status":"PROCESSING_UPLOAD"');
    practice.pass(60_000);
    expect(await raw()).toMatch(/"publicaly_available_post_id":\[7\d{18}\]/);
  });

  it('of a cancelled upload that it was cancelled, and takes no more of it', async () => {
    const { data } = await file(12 * MEGABYTE, 5 * MEGABYTE, 2);
    const name = { publish_id: data.publish_id ?? '' };
    expect(await practice.ask(ctx, '/post/publish/cancel/', name)).toMatchObject({ code: 'ok' });
    const status = await practice.ask(ctx, '/post/publish/status/fetch/', name);
    expect(status.data).toMatchObject({ status: 'FAILED', fail_reason: 'publish_cancelled' });
    expect((await fetch(textIn(data, 'upload_url'), { method: 'PUT', body: 'x' })).status).toBe(404);
  });

  it('who posts, with a picture that is there', async () => {
    const { data } = await practice.ask(ctx, '/post/publish/creator_info/query/', {});
    const picture = await fetch(textIn(data, 'creator_avatar_url'));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('the right names of a page that is none', async () => {
    const page = `${practice.sandbox.origin}/tiktok/www/v2/auth/authorize/?client_key=other&response_type=code`;
    const answer = await fetch(page);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('client_key') as string]);
    expect((await fetch(`${practice.sandbox.origin}/tiktok/www/@ada/video/1`)).status).toBe(404);
  });
});
