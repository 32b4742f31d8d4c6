import { type CommitContext, type JsonObject, stringField } from '#platforms/core';
import { googleCredentialsOf } from '#platforms/google';
import { practiceImage, practiceVideo } from '#platforms/testing';
import { PERSON, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
const video = practiceVideo({ width: 640, height: 360, dataBytes: 700_000 });
const bytes = await contentOf();
const snippet = { title: 'Rye', description: 'Bread', categoryId: '22' };
const status = { privacyStatus: 'private', selfDeclaredMadeForKids: false };
const UNIT = 256 * 1024;

beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.account();
});
afterAll(() => practice.sandbox.close());

async function contentOf(): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await video.open()) chunks.push(chunk as Uint8Array);
  return Uint8Array.from(Buffer.concat(chunks));
}

const begin = (json: JsonObject = { snippet, status }, headers: Record<string, string> = {}, part = 'snippet,status') =>
  practice.ask(ctx, 'POST', `/upload/videos?uploadType=resumable&part=${part}`, {
    json,
    headers: { 'x-upload-content-length': String(bytes.length), 'x-upload-content-type': 'video/mp4', ...headers },
  });
const session = async (json?: JsonObject): Promise<string> => (await begin(json)).headers.get('location') ?? '';
const put = (address: string, first: number, end: number, of = bytes.length) =>
  practice.ask(ctx, 'PUT', address, {
    body: bytes.slice(first, end),
    headers: { 'content-range': `bytes ${first}-${end - 1}/${of}` },
  });
const probe = (address: string, of = bytes.length) =>
  practice.ask(ctx, 'PUT', address, { headers: { 'content-range': `bytes */${of}` } });
const reasonOf = ({ body }: { body: JsonObject }): unknown =>
  (body.error as { errors: JsonObject[] }).errors[0]?.reason;
const uploaded = async (json?: JsonObject): Promise<string> => {
  const { status: code, body } = await put(await session(json), 0, bytes.length);
  expect(code).toBe(200);
  return stringField(body, 'id', 'upload');
};

describe('an upload to practice YouTube', () => {
  it('answers 308 with what is there, and nothing where nothing is', async () => {
    const address = await session();
    const before = await probe(address);
    expect([before.status, before.headers.get('range')]).toEqual([308, null]);
    const part = await put(address, 0, UNIT);
    expect([part.status, part.headers.get('range')]).toEqual([308, `bytes=0-${UNIT - 1}`]);
    expect((await probe(address)).headers.get('range')).toBe(`bytes=0-${UNIT - 1}`);
  });

  it('is complete with the last byte, and says so whenever it is asked', async () => {
    const address = await session();
    await put(address, 0, UNIT);
    const last = await put(address, UNIT, bytes.length);
    expect(last).toMatchObject({ status: 200, body: { kind: 'youtube#video', status: { uploadStatus: 'uploaded' } } });
    expect(await probe(address)).toMatchObject({ status: 200, body: { id: last.body.id } });
    expect(await practice.videos()).toMatchObject([{ file: { digest: video.digest, width: 640, height: 360 } }]);
  });

  it.each([
    ['a part that is no multiple of 256 KB', 0, UNIT + 1, undefined],
    ['a part that leaves a gap', UNIT, 2 * UNIT, undefined],
    ['another length than was told', 0, UNIT, 1_000_000],
  ])('refuses %s', async (_name, first, end, of) => {
    const address = await session();
    expect((await put(address, first, end, of)).status).toBe(400);
    expect((await probe(address)).headers.get('range')).toBeNull();
  });

  it('refuses a part whose length is not what its range says', async () => {
    const headers = { 'content-range': `bytes 0-${UNIT - 1}/${bytes.length}` };
    expect((await practice.ask(ctx, 'PUT', await session(), { body: bytes.slice(0, UNIT - 1), headers })).status).toBe(
      400,
    );
  });

  it('takes nothing twice', async () => {
    const address = await session();
    await put(address, 0, 2 * UNIT);
    await put(address, UNIT, bytes.length);
    expect(await practice.videos()).toMatchObject([{ file: { digest: video.digest } }]);
  });

  it('knows no session of somebody else, none that is over, and none that never was', async () => {
    const address = await session();
    const mine = ctx;
    ctx = await practice.account({ person: 'Somebody else' });
    expect((await probe(address)).status).toBe(404);
    ctx = mine;
    expect((await probe(address)).status).toBe(308);
    await practice.order('uploads', { end: true });
    expect((await probe(address)).status).toBe(404);
    expect((await probe(`${practice.sandbox.origin}/youtube/upload/videos?upload_id=x`)).status).toBe(404);
  });

  it.each([
    [{ snippet: { ...snippet, title: '' }, status }, 'invalidTitle'],
    [{ snippet: { ...snippet, title: 'x'.repeat(101) }, status }, 'invalidTitle'],
    [{ snippet: { ...snippet, title: 'a < b' }, status }, 'invalidTitle'],
    [{ snippet: { ...snippet, description: 'ü'.repeat(2_501) }, status }, 'invalidDescription'],
    [{ snippet: { ...snippet, description: 'a > b' }, status }, 'invalidDescription'],
    [{ snippet: { ...snippet, categoryId: '18' }, status }, 'invalidCategoryId'],
    [{ snippet: { ...snippet, tags: ['a b'.repeat(166), 'c'] }, status }, 'invalidTags'],
    [{ snippet, status: { ...status, license: 'mine' } }, 'forbiddenLicenseSetting'],
    [{ snippet, status: { ...status, unknown: true } }, 'badRequest'],
    [{ snippet }, 'badRequest'],
  ])('refuses %j: %s', async (json, reason) => {
    const answer = await begin(json);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(reasonOf(answer)).toBe(reason);
  });

  it('takes tags of 500 characters as they are counted', async () => {
    // 249 letters in quotation marks, a comma, and 248 letters.
    const tags = [`a ${'b'.repeat(247)}`, 'c'.repeat(248)];
    expect((await begin({ snippet: { ...snippet, tags }, status })).status).toBe(200);
    expect(reasonOf(await begin({ snippet: { ...snippet, tags: [...tags, ''] }, status }))).toBe('invalidTags');
  });

  it('wants to know how large and of which kind the file is', async () => {
    expect((await begin(undefined, { 'x-upload-content-length': '0' })).status).toBe(400);
    expect((await begin(undefined, { 'x-upload-content-type': 'image/png' })).status).toBe(400);
    expect(reasonOf(await begin(undefined, {}, 'snippet,statistic'))).toBe('unknownPart');
  });
});

describe('a video of practice YouTube', () => {
  it('is shown once it becomes visible, and never twice', async () => {
    const id = await uploaded();
    expect(practice.sandbox.visible()).toEqual([]);
    const change = (privacyStatus: string) =>
      practice.ask(ctx, 'PUT', '/api/videos?part=status', { json: { id, status: { ...status, privacyStatus } } });
    await change('public');
    await change('public');
    expect(practice.sandbox.visible()).toMatchObject([{ id }]);
    expect(practice.sandbox.requests().flatMap(({ shown }) => shown)).toEqual([id]);
  });

  it('is shown to its owner alone where that is what it was set to', async () => {
    const id = await uploaded();
    await practice.ask(ctx, 'PUT', '/api/videos?part=status', { json: { id, status } });
    expect(practice.sandbox.visible()).toMatchObject([{ id, details: { audience: 'only you' } }]);
  });

  it('is shown at once where it is uploaded as public', async () => {
    await uploaded({ snippet, status: { ...status, privacyStatus: 'public' } });
    expect(practice.sandbox.visible()).toHaveLength(1);
  });

  it('stays private, whatever is asked for, where the project was not audited', async () => {
    await practice.order('audit', { audited: false });
    const id = await uploaded({ snippet, status: { ...status, privacyStatus: 'public' } });
    const json = { id, status: { ...status, privacyStatus: 'public' } };
    const answer = await practice.ask(ctx, 'PUT', '/api/videos?part=status', { json });
    expect(answer).toMatchObject({ status: 200, body: { status: { privacyStatus: 'private' } } });
    expect(practice.sandbox.visible()).toEqual([]);
    // An audit later on does not free what was uploaded before.
    await practice.order('audit', { audited: true });
    expect((await practice.ask(ctx, 'PUT', '/api/videos?part=status', { json })).body).toMatchObject({
      status: { privacyStatus: 'private' },
    });
  });

  it('loses what an update leaves out', async () => {
    const id = await uploaded({
      snippet: { ...snippet, tags: ['rye'] },
      status: { ...status, license: 'creativeCommon' },
    });
    await practice.ask(ctx, 'PUT', '/api/videos?part=snippet,status', { json: { id, snippet, status } });
    const { body } = await practice.ask(ctx, 'GET', `/api/videos?part=snippet,status&id=${id}`);
    expect(body.items).toMatchObject([{ snippet: { tags: [] }, status: { license: 'youtube' } }]);
  });

  it('is nobody else’s: neither seen while it is private, nor changed', async () => {
    const id = await uploaded();
    ctx = await practice.account({ person: 'Somebody else' });
    expect((await practice.ask(ctx, 'GET', `/api/videos?part=status&id=${id}`)).body.items).toEqual([]);
    const answer = await practice.ask(ctx, 'PUT', '/api/videos?part=status', { json: { id, status } });
    expect([answer.status, reasonOf(answer)]).toEqual([403, 'forbidden']);
    expect((await practice.ask(ctx, 'DELETE', `/api/videos?id=${id}`)).status).toBe(403);
    expect((await practice.ask(ctx, 'DELETE', '/api/videos?id=nothing')).status).toBe(404);
  });

  it('takes a JPEG or PNG of 2 MB as its thumbnail, of a channel that is verified', async () => {
    const id = await uploaded();
    const image = await practiceImage({ width: 1_280, height: 720 });
    const set = (body: Uint8Array<ArrayBuffer>) =>
      practice.ask(ctx, 'POST', `/upload/thumbnails/set?videoId=${id}&uploadType=media`, { body });
    expect((await set(await image.read())).status).toBe(200);
    expect(reasonOf(await set(new Uint8Array(3)))).toBe('invalidImage');
    expect(reasonOf(await set(new Uint8Array()))).toBe('mediaBodyRequired');
    await practice.order('channel', { person: PERSON, verified: false });
    expect(reasonOf(await set(await image.read()))).toBe('forbidden');
  });
});

describe('the quota of practice YouTube', () => {
  const list = () => practice.ask(ctx, 'GET', '/api/videos?part=status&id=x');

  it('is counted by the project and the day in California, also for what is turned down', async () => {
    await practice.order('quota', { units: 53 });
    // One was used for reading the channel, when it was connected, and one when it was listed.
    expect((await practice.ask(ctx, 'DELETE', '/api/videos?id=nothing')).status).toBe(404);
    expect((await list()).status).toBe(200);
    expect(reasonOf(await list())).toBe('quotaExceeded');
    practice.pass(25 * 3_600_000);
    ctx = await practice.account();
    expect((await list()).status).toBe(200);
  });

  it('has a bucket of its own for uploads, which are not taken from the units', async () => {
    await practice.order('quota', { uploads: 1, units: 3 });
    expect((await begin()).status).toBe(200);
    const answer = await begin();
    expect([answer.status, reasonOf(answer)]).toEqual([429, 'rateLimitExceeded']);
    expect((await list()).status).toBe(200);
  });
});

describe('whoever may not', () => {
  it('is refused by the scope that is missing', async () => {
    const { credentials } = await practice.connect();
    const tokens = practice.sandbox.world('youtube').collection<JsonObject & { scopes: string[] }>('tokens');
    const token = googleCredentialsOf({ credentials }).accessToken;
    const kept = tokens.get(token);
    if (!kept) throw new Error('The token is not there.');
    tokens.set(token, { ...kept, scopes: ['https://www.googleapis.com/auth/youtube.upload'] });
    ctx = { ...ctx, credentials };
    expect((await begin()).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/api/channels?part=id&mine=true'],
      ['DELETE', '/api/videos?id=x'],
    ] as const) {
      const answer = await practice.ask(ctx, method, path);
      expect([answer.status, reasonOf(answer)]).toEqual([403, 'insufficientPermissions']);
    }
  });

  it('has no channel', async () => {
    await practice.order('channel', { person: PERSON, closed: true });
    const answer = await begin();
    expect([answer.status, reasonOf(answer)]).toEqual([401, 'youtubeSignupRequired']);
    expect((await practice.ask(ctx, 'GET', '/api/channels?part=id&mine=true')).body.items).toBeUndefined();
  });
});
