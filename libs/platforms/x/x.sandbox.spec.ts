import { type CommitContext, type JsonObject, stringField } from '#platforms/core';
import { practiceImage, practiceVideo } from '#platforms/testing';
import { SCOPES } from './manifest.js';
import { approve, drive, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.account({ person: 'Anna Baker' });
});
afterAll(() => practice.sandbox.close());

const post = (body: JsonObject, who = ctx) => practice.ask(who, 'POST', 'tweets', body);
const idIn = (body: JsonObject): string => stringField(body.data as JsonObject, 'id', 'the answer');
const jpeg = async (bytes?: Uint8Array<ArrayBuffer>): Promise<FormData> => {
  const form = new FormData();
  form.set('media_category', 'tweet_image');
  form.set('media', new Blob([bytes ?? (await (await practiceImage()).read())]));
  return form;
};
const uploaded = async (who = ctx): Promise<string> => {
  return idIn((await practice.ask(who, 'POST', 'media/upload', await jpeg())).body);
};

// https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code#parameters
describe('the consent page', () => {
  const page = (change: Record<string, string | undefined>) => {
    const query = new URLSearchParams();
    const all: Record<string, string | undefined> = {
      response_type: 'code',
      client_id: 'practice-x-app',
      redirect_uri: 'https://clickpost.example/callback',
      scope: 'tweet.read users.read',
      state: 's',
      code_challenge: 'c',
      ...change,
    };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, value);
    return `${practice.sandbox.origin}/x/www/i/oauth2/authorize?${query.toString()}`;
  };

  it.each([
    ['another app', { client_id: 'other' }],
    ['no address to come back to', { redirect_uri: 'nowhere' }],
    ['no scope', { scope: '' }],
    ['a scope that is not there', { scope: 'tweet.read tweet.shout' }],
    ['no state', { state: undefined }],
    ['a state that is too long', { state: 's'.repeat(501) }],
    ['no proof key', { code_challenge: undefined }],
    ['another kind of proof key', { code_challenge_method: 'S512' }],
    ['another kind of answer', { response_type: 'token' }],
  ])('refuses %s', async (_name, change) => {
    const answer = await fetch(page(change));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('role="alert"');
  });

  it('offers the person, X Premium and every scope, and says that it is practice', async () => {
    const text = await (await fetch(page({}))).text();
    for (const words of ['Practice network', 'Continue as', 'Premium', 'tweet.read', 'Cancel'])
      expect(text).toContain(words);
    const back = new URL(await approve(page({}), { scopes: ['tweet.read'] }));
    expect(back.searchParams.get('state')).toBe('s');
  });
});

describe('who may ask', () => {
  it.each([
    ['POST', 'tweets', 'tweet.write'],
    ['POST', 'media/upload/initialize', 'media.write'],
    ['GET', 'users/me', 'users.read'],
  ])('%s %s is for those who allowed %s', async (method, path, scope) => {
    const { back } = await practice.consent({ scopes: SCOPES.filter((one) => one !== scope) });
    const outcome = await drive(practice.strategy(), Object.fromEntries(back.searchParams));
    if (outcome.kind !== 'success') throw new Error(outcome.kind);
    const narrow = { ...ctx, credentials: { accessToken: outcome.grant.accessToken, userId: '1' } };
    const answer = await practice.ask(narrow, method, path);
    expect(answer).toMatchObject({ status: 403, body: { title: 'Forbidden', type: 'about:blank' } });
    expect(answer.body.detail).toContain(scope);
  });

  it('is nobody without a token', async () => {
    const nobody = { ...ctx, credentials: { accessToken: 'none', userId: '1' } };
    expect(await practice.ask(nobody, 'GET', 'users/me')).toMatchObject({
      status: 401,
      body: { title: 'Unauthorized', type: 'about:blank' },
    });
  });

  it('shows and takes away what people gave', async () => {
    const apps = `${practice.sandbox.origin}/x/www/settings/connected_apps`;
    expect(await (await fetch(apps)).text()).toContain('Anna Baker');
    await fetch(apps, { method: 'POST', body: new URLSearchParams({ user: ctx.channelId ?? '' }) });
    expect((await practice.ask(ctx, 'GET', 'users/me')).status).toBe(401);
  });
});

// https://docs.x.com/x-api/posts/create-post
describe('creating posts', () => {
  it.each<[string, JsonObject]>([
    ['a field that is not there', { text: 'a', tone: 'warm' }],
    ['a text that is none', { text: 7 }],
    ['nothing to show', { text: ' ' }],
    ['who may reply, in words that are not there', { text: 'a', reply_settings: 'everyone' }],
    ['an unknown field of media', { text: 'a', media: { media_ids: ['1'], alt: 'x' } }],
    ['five files', { text: 'a', media: { media_ids: ['1', '2', '3', '4', '5'] } }],
    ['a file that is not there', { text: 'a', media: { media_ids: ['1'] } }],
    ['an id that is a number', { text: 'a', media: { media_ids: [1] } }],
    ['a poll of one answer', { text: 'a', poll: { options: ['a'], duration_minutes: 60 } }],
    ['a poll of five answers', { text: 'a', poll: { options: ['a', 'b', 'c', 'd', 'e'], duration_minutes: 60 } }],
    ['an answer that is too long', { text: 'a', poll: { options: ['a', 'b'.repeat(26)], duration_minutes: 60 } }],
    ['a poll that is too short', { text: 'a', poll: { options: ['a', 'b'], duration_minutes: 4 } }],
    ['a poll that is too long', { text: 'a', poll: { options: ['a', 'b'], duration_minutes: 10_081 } }],
    ['a poll without time', { text: 'a', poll: { options: ['a', 'b'] } }],
    ['a poll and a quote', { text: 'a', quote_tweet_id: '1', poll: { options: ['a', 'b'], duration_minutes: 5 } }],
    ['a reply without a post', { text: 'a', reply: {} }],
    ['a disclosure that is a text', { text: 'a', made_with_ai: 'yes' }],
  ])('refuses %s', async (_name, body) => {
    const answer = await post(body);
    expect(answer).toMatchObject({
      status: 400,
      body: { title: 'Invalid Request', type: 'https://api.x.com/2/problems/invalid-request' },
    });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(practice.visible()).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['281 characters', { text: 'x'.repeat(281) }],
    ['141 that count twice', { text: '日'.repeat(141) }],
    ['two cashtags', { text: '$FLOUR $YEAST' }],
    ['a quote', { text: 'a', quote_tweet_id: '1' }],
    ['a reply to what is not there', { text: 'a', reply: { in_reply_to_tweet_id: '1' } }],
  ])('forbids %s', async (_name, body) => {
    expect(await post(body)).toMatchObject({ status: 403, body: { type: 'about:blank', title: 'Forbidden' } });
    expect(practice.visible()).toEqual([]);
  });

  it('takes 280 characters of which links count 23', async () => {
    const { status } = await post({ text: `${'x'.repeat(256)} https://example.com/${'long/'.repeat(30)}` });
    expect(status).toBe(201);
  });

  it('answers the same text twice as X does, until it has forgotten it', async () => {
    await post({ text: 'Fresh bread' });
    expect((await post({ text: 'Fresh  bread ' })).body).toEqual({
      title: 'Forbidden',
      detail: 'You are not allowed to create a Tweet with duplicate content.',
      type: 'about:blank',
      status: 403,
    });
    const other = await practice.account({ person: 'Bob' });
    expect((await post({ text: 'Fresh bread' }, other)).status).toBe(201);
    practice.pass(3_600_001);
    expect((await post({ text: 'Fresh bread' })).status).toBe(201);
  });

  // https://docs.x.com/x-api/posts/manage-tweets/integrate#post-creation-restrictions-self-serve
  it('lets an app reply to strangers only where they summoned the account', async () => {
    const bob = await practice.account({ person: 'Bob' });
    const plain = idIn((await post({ text: 'Anybody?' }, bob)).body);
    const summons = idIn((await post({ text: 'What does @Anna_Baker say?' }, bob)).body);
    const reply = (to: string, text: string) => post({ text, reply: { in_reply_to_tweet_id: to } });
    expect((await reply(plain, 'Me')).status).toBe(403);
    expect((await reply(summons, 'Me too')).status).toBe(201);
  });

  it('takes four images, or one animation or video alone, and nobody else’s', async () => {
    const bob = await practice.account({ person: 'Bob' });
    const theirs = await uploaded(bob);
    expect((await post({ text: 'a', media: { media_ids: [theirs] } })).status).toBe(400);
    const ids = [await uploaded(), await uploaded(), await uploaded(), await uploaded()];
    expect((await post({ text: 'a', media: { media_ids: [ids[0] ?? '', ids[0] ?? ''] } })).status).toBe(400);
    expect((await post({ text: '', media: { media_ids: ids } })).status).toBe(201);
    expect(practice.visible()[0]?.media).toHaveLength(4);
  });

  it('counts 100 posts in 15 minutes, and says so in every answer', async () => {
    const first = await post({ text: 'Post 0' });
    expect(first.headers.get('x-rate-limit-limit')).toBe('100');
    expect(first.headers.get('x-rate-limit-remaining')).toBe('99');
    for (let n = 1; n < 100; n += 1) await post({ text: `Post ${n}` });
    const refused = await post({ text: 'Post 100' });
    expect(refused.status).toBe(429);
    const reset = Number(refused.headers.get('x-rate-limit-reset')) * 1000;
    practice.pass(reset - practice.now().getTime() + 1_000);
    expect((await post({ text: 'Post 100' })).status).toBe(201);
    expect(practice.visible()).toHaveLength(101);
  });
});

// https://docs.x.com/x-api/posts/delete-post
describe('deleting posts', () => {
  it('is for whoever wrote them, once', async () => {
    const id = idIn((await post({ text: 'Fresh' })).body);
    const bob = await practice.account({ person: 'Bob' });
    expect((await practice.ask(bob, 'DELETE', `tweets/${id}`)).status).toBe(403);
    expect((await practice.ask(ctx, 'DELETE', `tweets/${id}`)).body).toEqual({ data: { deleted: true } });
    expect(await practice.ask(ctx, 'DELETE', `tweets/${id}`)).toMatchObject({
      status: 404,
      body: { type: 'https://api.x.com/2/problems/resource-not-found', resource_id: id },
    });
    expect(practice.visible()).toEqual([]);
  });
});

// https://docs.x.com/x-api/media/quickstart/best-practices
describe('uploading', () => {
  const begin = (change: JsonObject = {}) =>
    practice.ask(ctx, 'POST', 'media/upload/initialize', {
      media_type: 'video/mp4',
      total_bytes: 10,
      media_category: 'tweet_video',
      ...change,
    });
  const append = (id: string, index: string, bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.set('segment_index', index);
    form.set('media', new Blob([bytes]));
    return practice.ask(ctx, 'POST', `media/upload/${id}/append`, form);
  };

  it.each<[string, JsonObject]>([
    ['a type that does not fit', { media_type: 'image/png' }],
    ['a category that is not there', { media_category: 'tweet_film' }],
    ['no size', { total_bytes: 0 }],
    ['more than 512 MB', { total_bytes: 513 * 1024 * 1024 }],
    [
      'an animation of more than 15 MB',
      { media_type: 'image/gif', media_category: 'tweet_gif', total_bytes: 16 * 1024 * 1024 },
    ],
    ['a field that is not there', { command: 'INIT' }],
  ])('refuses %s', async (_name, change) => {
    expect((await begin(change)).status).toBe(400);
  });

  it('refuses what is no image, and one of more than 5 MB', async () => {
    const words = await practice.ask(ctx, 'POST', 'media/upload', await jpeg(new TextEncoder().encode('no image')));
    expect(words.status).toBe(400);
    const large = await practice.ask(ctx, 'POST', 'media/upload', await jpeg(new Uint8Array(5 * 1024 * 1024 + 1)));
    expect(large.status).toBe(400);
  });

  it('wants every segment, in any order, and takes nothing after that', async () => {
    const bytes = new TextEncoder().encode('0123456789');
    const id = idIn((await begin()).body);
    expect((await append(id, '1000', bytes)).status).toBe(400);
    expect((await append(id, '1', bytes.slice(5))).status).toBe(200);
    expect((await practice.ask(ctx, 'POST', `media/upload/${id}/finalize`)).status).toBe(400);
    expect((await append(id, '0', bytes.slice(0, 4))).status).toBe(200);
    expect((await practice.ask(ctx, 'POST', `media/upload/${id}/finalize`)).status).toBe(400);
    expect((await append(id, '0', bytes.slice(0, 5))).status).toBe(200);
    expect((await practice.ask(ctx, 'POST', `media/upload/${id}/finalize`)).body).toMatchObject({
      data: { id, size: 10, expires_after_secs: 86_400, processing_info: { state: 'pending', check_after_secs: 1 } },
    });
    expect((await append(id, '0', bytes)).status).toBe(400);
    expect((await practice.ask(ctx, 'POST', `media/upload/${id}/finalize`)).status).toBe(400);
    const status = () => practice.ask(ctx, 'GET', `media/upload?command=STATUS&media_id=${id}`);
    practice.pass(1_500);
    expect((await status()).body).toMatchObject({ data: { processing_info: { state: 'in_progress' } } });
    practice.pass(2_000);
    // Ten digits are no video.
    expect((await status()).body).toMatchObject({ data: { processing_info: { state: 'failed' } } });
    expect((await post({ text: 'a', media: { media_ids: [id] } })).status).toBe(400);
  });

  it('shows a video only when it is worked on, and forgets it after a day', async () => {
    const video = practiceVideo();
    const chunks: Uint8Array[] = [];
    for await (const chunk of await video.open()) chunks.push(chunk as Uint8Array);
    const id = idIn((await begin({ total_bytes: video.bytes })).body);
    await append(id, '0', new Uint8Array(Buffer.concat(chunks)));
    await practice.ask(ctx, 'POST', `media/upload/${id}/finalize`);
    const show = (text: string) => post({ text, media: { media_ids: [id] } });
    expect((await show('Now')).status).toBe(400);
    practice.pass(3_500);
    expect((await show('Later')).status).toBe(201);
    practice.pass(86_400_000);
    const again = await practice.account({ person: 'Anna Baker' });
    expect((await post({ text: 'Tomorrow', media: { media_ids: [id] } }, again)).status).toBe(400);
  });

  it('describes what is complete, in 1 to 1,000 characters', async () => {
    const id = await uploaded();
    const describeAs = (text: string) =>
      practice.ask(ctx, 'POST', 'media/metadata', { id, metadata: { alt_text: { text } } });
    expect((await describeAs('x'.repeat(1_001))).status).toBe(400);
    expect((await describeAs('')).status).toBe(400);
    expect((await describeAs('A loaf')).status).toBe(200);
    await post({ text: 'Fresh', media: { media_ids: [id] } });
    expect(practice.visible()[0]?.media).toMatchObject([{ altText: 'A loaf' }]);
  });
});

// https://docs.x.com/x-api/users/get-posts
describe('reading posts', () => {
  const read = (query: string) => practice.ask(ctx, 'GET', `users/${ctx.channelId ?? ''}/tweets?${query}`);

  it.each([
    'max_results=4',
    'max_results=101',
    'post.fields=secret',
    'tweet.fields=created_at',
    'expansions=everything',
    'start_time=yesterday',
    'exclude=quotes',
    'pagination_token=guessed',
    'page=2',
  ])('refuses %s', async (query) => {
    expect((await read(query)).status).toBe(400);
  });

  it('gives the newest first, page by page, with links as X stores them', async () => {
    for (let n = 1; n <= 6; n += 1) await post({ text: `Rye & wheat ${n} https://example.com/${n}` });
    const first = await read('max_results=5&post.fields=created_at,entities');
    const [newest] = first.body.data as JsonObject[];
    expect(newest?.text).toMatch(/^Rye &amp; wheat 6 https:\/\/t\.co\/\w{10}$/);
    expect(newest?.entities).toMatchObject({
      urls: [{ expanded_url: 'https://example.com/6', display_url: 'example.com/6' }],
    });
    const next = stringField(first.body.meta as JsonObject, 'next_token', 'the answer');
    const second = await read(`max_results=5&pagination_token=${next}`);
    expect((second.body.data as JsonObject[]).length).toBe(1);
    expect(second.body.meta).toMatchObject({ result_count: 1 });
  });

  it('says nothing of an account without posts but that there are none', async () => {
    expect((await read('')).body).toEqual({ meta: { result_count: 0 } });
  });

  it('leaves out what is asked to be, and tells the post above only where it is asked', async () => {
    const root = idIn((await post({ text: 'First' })).body);
    await post({ text: 'Second', reply: { in_reply_to_tweet_id: root } });
    expect(((await read('exclude=replies')).body.data as JsonObject[]).length).toBe(1);
    const [plain] = (await read('')).body.data as JsonObject[];
    expect(plain).not.toHaveProperty('referenced_posts');
    const told = (await read('expansions=referenced_posts')).body;
    expect((told.data as JsonObject[])[0]?.referenced_posts).toEqual([{ type: 'replied_to', id: root }]);
    expect(told.includes).toMatchObject({ posts: [{ id: root }] });
  });
});

describe('what people see', () => {
  it('is the post at its address, by any name, until it is deleted', async () => {
    const id = idIn((await post({ text: 'Fresh <bread>' })).body);
    const { permalink = '' } = practice.visible()[0] ?? {};
    expect(await (await fetch(permalink)).text()).toContain('Fresh &lt;bread&gt;');
    expect((await fetch(`${practice.sandbox.origin}/x/www/i/web/status/${id}`)).status).toBe(200);
    await practice.ask(ctx, 'DELETE', `tweets/${id}`);
    expect((await fetch(permalink)).status).toBe(404);
  });
});
