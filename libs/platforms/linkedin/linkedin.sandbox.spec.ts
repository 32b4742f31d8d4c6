import { type CommitContext, type JsonObject } from '#platforms/core';
import { practiceImage } from '#platforms/testing';
import { adapter } from './adapter.js';
import { tokenOf } from './api.js';
import { draft, failureOf, Practice } from './practice.fixture.js';
import { type PreparedPost } from './publish.js';

const image = await practiceImage();

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  ctx = await practice.organization();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const body = async (change: JsonObject = {}): Promise<JsonObject> => {
  const prepared = (await practice.prepare(ctx, draft())) as PreparedPost;
  return { ...prepared.body, ...change };
};
const poll = { question: 'Rye?', options: [{ text: 'Yes' }, { text: 'No' }], settings: { duration: 'ONE_DAY' } };
const article = { source: 'https://a.example', title: 'A' };

const personOf = ({ credentials: { personId } }: CommitContext) => (typeof personId === 'string' ? personId : '');

/** The code of the field that is wrong; `shape` where the body itself is, which has no code. */
const codeOf = ({ errorDetails, message }: JsonObject): unknown =>
  typeof message === 'string' && message.startsWith('ERROR :: /')
    ? 'shape'
    : (errorDetails as { inputErrors?: { code: string }[] } | undefined)?.inputErrors?.[0]?.code;

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#post-schema
describe('practice LinkedIn publishes no post', () => {
  it.each<[string, JsonObject, string]>([
    ['with a field that it does not know', { title: 'x' }, 'shape'],
    ['that is no text', { commentary: 7 }, 'shape'],
    ['with 3,001 signs', { commentary: 'x'.repeat(3_001) }, 'FIELD_LENGTH_TOO_LONG'],
    ['of nothing', { commentary: '' }, 'FIELD_LENGTH_TOO_SHORT'],
    ['for an audience that there is not', { visibility: 'FRIENDS' }, 'FIELD_VALUE_INVALID'],
    ['of a page for connections', { visibility: 'CONNECTIONS' }, 'FIELD_VALUE_INVALID'],
    ['without a feed', { distribution: {} }, 'shape'],
    ['as a draft', { lifecycleState: 'DRAFT' }, 'FIELD_VALUE_INVALID'],
    ['that does not say whether it can be shared', { isReshareDisabledByAuthor: 'no' }, 'shape'],
    ['of two kinds at once', { content: { poll, article } }, 'FIELD_VALUE_INVALID'],
    ['with a file that is not there', { content: { media: { id: 'urn:li:image:1' } } }, 'INVALID_URN_ID'],
    [
      'with one image of several',
      { content: { multiImage: { images: [{ id: 'urn:li:image:1' }] } } },
      'FIELD_VALUE_INVALID',
    ],
    ['with an article without a title', { content: { article: { source: 'https://a.example' } } }, 'shape'],
    ['with an article of no address', { content: { article: { source: 'a', title: 'A' } } }, 'FIELD_INVALID'],
    [
      'with an article of a long title',
      { content: { article: { ...article, title: 'x'.repeat(401) } } },
      'FIELD_LENGTH_TOO_LONG',
    ],
    [
      'with a poll of one answer',
      { content: { poll: { ...poll, options: [{ text: 'Yes' }] } } },
      'FIELD_VALUE_INVALID',
    ],
    [
      'with a long answer',
      { content: { poll: { ...poll, options: [{ text: 'x'.repeat(31) }, { text: 'No' }] } } },
      'FIELD_LENGTH_TOO_LONG',
    ],
    ['with a long question', { content: { poll: { ...poll, question: 'x'.repeat(141) } } }, 'FIELD_LENGTH_TOO_LONG'],
    [
      'with a poll of a month',
      { content: { poll: { ...poll, settings: { duration: 'MONTH' } } } },
      'FIELD_VALUE_INVALID',
    ],
  ])('%s', async (_what, change, code) => {
    const { status, body: said } = await practice.ask(ctx, 'POST', '/rest/posts', await body(change));
    expect([status, codeOf(said)]).toEqual([code === 'shape' ? 422 : 400, code]);
    expect(practice.sandbox.visible('linkedin')).toEqual([]);
  });

  it('of somebody else', async () => {
    for (const author of ['urn:li:person:somebody', 'urn:li:organization:1']) {
      const { status, body: said } = await practice.ask(ctx, 'POST', '/rest/posts', await body({ author }));
      expect([status, said.code]).toEqual([403, 'ACCESS_DENIED']);
    }
  });

  it('with a file that is not ready, or is another’s', async () => {
    const owner = String(ctx.channelId);
    const begun = await practice.ask(ctx, 'POST', '/rest/images?action=initializeUpload', {
      initializeUploadRequest: { owner },
    });
    const { image: urn = '' } = begun.body.value as { image?: string };
    const content = { media: { id: urn } };
    const early = await practice.ask(ctx, 'POST', '/rest/posts', await body({ content }));
    expect(codeOf(early.body)).toBe('MEDIA_ASSET_WAITING_UPLOAD');
    const author = `urn:li:person:${personOf(ctx)}`;
    const foreign = await practice.ask(
      ctx,
      'POST',
      '/rest/posts',
      await body({ content, author, visibility: 'PUBLIC' }),
    );
    expect(foreign.status).toBe(403);
  });
});

describe('practice LinkedIn', () => {
  // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
  it('drops what follows a sign that was not escaped, and says nothing', async () => {
    const answer = await practice.ask(ctx, 'POST', '/rest/posts', await body({ commentary: 'Up from 4 % (EPRI)' }));
    expect(answer.status).toBe(201);
    expect(practice.sandbox.visible('linkedin')).toMatchObject([{ text: 'Up from 4 % ' }]);
  });

  it('gives out ids that hold the time', async () => {
    const { headers } = await practice.ask(ctx, 'POST', '/rest/posts', await body());
    const id = BigInt(/\d+$/.exec(headers.get('x-restli-id') ?? '')?.[0] ?? 0);
    expect(Math.abs(Number(id >> 22n) - practice.now().getTime())).toBeLessThan(10_000);
  });

  it('refuses the same post for an hour, unless it was deleted', async () => {
    const receipt = await practice.publish(ctx, draft());
    const again = await practice.ask(ctx, 'POST', '/rest/posts', await body());
    expect([again.status, codeOf(again.body)]).toEqual([422, 'DUPLICATE_POST']);
    expect(again.body.message).toContain(receipt.id);
    expect((await practice.ask(ctx, 'POST', '/rest/posts', await body({ commentary: 'Other' }))).status).toBe(201);
    await adapter.remove?.(ctx, receipt);
    expect((await practice.ask(ctx, 'POST', '/rest/posts', await body())).status).toBe(201);
    practice.pass(61 * 60_000);
    expect((await practice.ask(ctx, 'POST', '/rest/posts', await body())).status).toBe(201);
  });

  // https://learn.microsoft.com/en-us/linkedin/marketing/versioning
  it.each<[Record<string, string>, number, string]>([
    [{ 'linkedin-version': '' }, 426, 'NONEXISTENT_VERSION'],
    [{ 'linkedin-version': '202510' }, 426, 'NONEXISTENT_VERSION'],
    [{ 'linkedin-version': '202610' }, 426, 'NONEXISTENT_VERSION'],
    [{ 'x-restli-protocol-version': '1.0.0' }, 400, 'ILLEGAL_ARGUMENT'],
    [{ authorization: 'Bearer nobody' }, 401, 'INVALID_ACCESS_TOKEN'],
    [{ authorization: 'Basic x' }, 401, 'EMPTY_ACCESS_TOKEN'],
  ])('wants the headers of every call: %j', async (headers, status, code) => {
    const answer = await practice.ask(ctx, 'POST', '/rest/posts', await body(), headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(practice.sandbox.visible('linkedin')).toEqual([]);
  });

  it('wants a version where none is named at all', async () => {
    const answer = await fetch(`${practice.sandbox.origin}/linkedin/api/rest/posts`, {
      headers: { authorization: `Bearer ${tokenOf(ctx)}` },
    });
    expect([answer.status, ((await answer.json()) as JsonObject).code]).toEqual([400, 'VERSION_MISSING']);
  });

  it('takes no parameter that it does not know', async () => {
    const answer = await practice.ask(ctx, 'GET', '/rest/posts?q=author&author=x&isDsc=true');
    expect([answer.status, answer.body.code]).toEqual([400, 'ILLEGAL_ARGUMENT']);
  });

  // https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits
  it.each([
    ['member', (person: string) => person, 'channel'],
    ['app', () => 'app', 'app'],
  ])('counts the requests of a %s by the day', async (_what, keyOf, scope) => {
    const person = personOf(ctx);
    await practice.order('allow', { key: keyOf(person), allowed: 1 });
    await practice.publish(ctx, draft());
    const failure = await failureOf(practice.publish(ctx, draft({ text: 'More' })), practice.now());
    expect(failure).toMatchObject({ kind: 'rate-limit', platformCode: 'TOO_MANY_REQUESTS' });
    expect(failure.scope ?? 'channel').toBe(scope);
    practice.pass(Date.parse(failure.retryAt ?? '') - practice.now().getTime());
    expect((await practice.publish(ctx, draft({ text: 'More' }))).id).not.toBe('');
  });

  // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api: r_member_social is closed.
  it('lets nobody read what members have', async () => {
    const member = await practice.member();
    const { id } = await practice.publish(member, draft());
    for (const path of [
      `/rest/posts/${encodeURIComponent(id)}`,
      `/rest/posts?q=author&author=${encodeURIComponent(String(member.channelId))}`,
      `/rest/socialActions/${encodeURIComponent(id)}/comments`,
    ]) {
      expect((await practice.ask(member, 'GET', path)).status).toBe(403);
    }
  });

  it('takes uploads from those whom the address was given to, as long as it holds', async () => {
    const begin = async () => {
      const request = { initializeUploadRequest: { owner: String(ctx.channelId) } };
      const answer = await practice.ask(ctx, 'POST', '/rest/images?action=initializeUpload', request);
      return new URL((answer.body.value as { uploadUrl: string }).uploadUrl);
    };
    const bytes = await image.read();
    const send = async (url: URL, token?: string) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return (await fetch(url, { method: 'PUT', body: bytes, headers })).status;
    };
    const token = tokenOf(ctx);
    expect(await send(await begin())).toBe(401);
    const forged = await begin();
    forged.searchParams.set('t', 'x');
    expect(await send(forged, token)).toBe(403);
    const late = await begin();
    expect(await send(late, token)).toBe(201);
    practice.pass(25 * 3_600_000);
    expect(await send(late, token)).toBe(400);
  });

  it('puts a video together of its parts alone, in their order', async () => {
    const owner = String(ctx.channelId);
    const size = 4_194_304 + 100;
    const begun = await practice.ask(ctx, 'POST', '/rest/videos?action=initializeUpload', {
      initializeUploadRequest: { owner, fileSizeBytes: size, uploadCaptions: false, uploadThumbnail: false },
    });
    const { video, uploadToken, uploadInstructions } = begun.body.value as {
      video: string;
      uploadToken: string;
      uploadInstructions: { uploadUrl: string; firstByte: number; lastByte: number }[];
    };
    expect(uploadInstructions.map(({ firstByte, lastByte }) => [firstByte, lastByte])).toEqual([
      [0, 4_194_303],
      [4_194_304, size - 1],
    ]);
    const [, second] = uploadInstructions;
    const put = (bytes: number, headers: Record<string, string> = {}) =>
      fetch(second?.uploadUrl ?? '', { method: 'PUT', body: Buffer.alloc(bytes, 1), headers });
    expect((await put(99)).status).toBe(400);
    expect((await put(100, { authorization: `Bearer ${tokenOf(ctx)}` })).status).toBe(400);
    const taken = await put(100);
    expect(taken.status).toBe(200);
    const finish = (uploadedPartIds: (string | null)[], token = uploadToken) =>
      practice.ask(ctx, 'POST', '/rest/videos?action=finalizeUpload', {
        finalizeUploadRequest: { video, uploadToken: token, uploadedPartIds },
      });
    expect(codeOf((await finish([taken.headers.get('etag')])).body)).toBe('FIELD_VALUE_INVALID');
    expect(codeOf((await finish([taken.headers.get('etag')], 'x')).body)).toBe('FIELD_VALUE_INVALID');
  });
});
