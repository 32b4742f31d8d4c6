import { type CommitContext, type JsonObject } from '#platforms/core';
import { adapter } from './adapter.js';
import { appSecretProof } from '#platforms/meta';
import { PRACTICE_APP } from './manifest.js';
import { type Prepared } from './prepared.js';
import { image, onPage, Practice, preparing, draft } from './practice.fixture.js';

let practice: Practice;
let account: CommitContext;
let pages: CommitContext[];
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  account = practice.account(await practice.connect());
  pages = (await adapter.listChannels(account)).map((page) => onPage(account, page));
});
afterEach(() => practice.sandbox.reset());
afterAll(() => practice.sandbox.close());

const tokenOf = (ctx: CommitContext | undefined) => ctx?.channelCredentials?.pageToken as string;

interface Asked {
  method?: string;
  token?: string;
  proof?: string | null;
  form?: Record<string, string>;
  version?: string;
}

async function ask(path: string, asked: Asked = {}) {
  const token = asked.token ?? tokenOf(pages[0]);
  const url = new URL(`${practice.sandbox.origin}/facebook/graph/${asked.version ?? 'v26.0'}/${path}`);
  const proof = asked.proof === undefined ? appSecretProof(token, PRACTICE_APP.clientSecret) : asked.proof;
  if (proof !== null) url.searchParams.set('appsecret_proof', proof);
  const answer = await fetch(url, {
    method: asked.method ?? (asked.form ? 'POST' : 'GET'),
    headers: { authorization: `Bearer ${token}` },
    ...(asked.form && { body: new URLSearchParams(asked.form) }),
  });
  const body = (await answer.json()) as JsonObject & { error?: JsonObject };
  return { status: answer.status, headers: answer.headers, body };
}

const photosOf = (prepared: Prepared) => (prepared.kind === 'feed' ? prepared.photos : []);
const pageIdOf = (index: number) => pages[index]?.channelId ?? '';

describe('the practice Graph API', () => {
  it('answers errors in the form of Graph, with its headers', async () => {
    const { status, headers, body } = await ask('123_456');
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
    expect(headers.get('x-fb-trace-id')).toBe(body.error?.fbtrace_id);
    expect(headers.get('x-business-use-case-usage')).toContain('estimated_time_to_regain_access');
  });

  it.each([
    ['another version', () => ask('me', { version: 'v9.0' }), 2500],
    ['an edge that is not there', () => ask(`${pageIdOf(0)}/polls`), 2500],
    ['a path that is not there', () => ask('a/b/c/d'), 2500],
    ['no proof', () => ask('me', { proof: null }), 100],
    ['a wrong proof', () => ask('me', { proof: 'f00' }), 100],
    ['an unknown token', () => ask('me', { token: 'EAAno' }), 190],
    ['a field that is not there', () => ask('me?fields=id,shoe_size'), 100],
    ['a limit that is too high', () => ask(`${pageIdOf(0)}/published_posts?limit=101`), 100],
    ['a cursor of another list', () => ask(`${pageIdOf(0)}/published_posts?after=abc`), 100],
    [
      "a user token on a Page's feed",
      () => ask(`${pageIdOf(0)}/feed`, { token: account.credentials.userToken as string, form: { message: 'x' } }),
      190,
    ],
    ["another Page's token", () => ask(`${pageIdOf(1)}/feed`, { form: { message: 'x' } }), 200],
    ['an empty post', () => ask(`${pageIdOf(0)}/feed`, { form: { message: '  ' } }), 197],
    ['a text that is too long', () => ask(`${pageIdOf(0)}/feed`, { form: { message: 'x'.repeat(63_207) } }), 100],
    ['a link that is none', () => ask(`${pageIdOf(0)}/feed`, { form: { link: 'example' } }), 100],
    ['media that is no list', () => ask(`${pageIdOf(0)}/feed`, { form: { attached_media: 'x' } }), 100],
    ['an unknown photo', () => ask(`${pageIdOf(0)}/feed`, { form: { attached_media: '[{"media_fbid":"1"}]' } }), 100],
    ['a photo without a file', () => ask(`${pageIdOf(0)}/photos`, { form: { published: 'false' } }), 324],
  ])('refuses %s', async (_what, asking, code) => {
    const { body } = await asking();
    expect(body.error?.code).toBe(code);
    expect(practice.sandbox.visible('facebook')).toEqual([]);
  });

  it('uses a photo once, and on its own Page alone', async () => {
    const [first, second] = pages;
    if (!first || !second) throw new Error('Two Pages are needed.');
    const prepared = await adapter.prepare(preparing(first, [image()]), draft());
    await expect(adapter.commit(second, prepared)).rejects.toThrow('HTTP 400');
    await adapter.commit(first, prepared);
    const again = await adapter.commit(first, prepared).catch((error: unknown) => error);
    expect(adapter.classify(again, new Date())).toMatchObject({ kind: 'duplicate', platformCode: '100/1366051' });
    expect(practice.sandbox.visible('facebook')).toHaveLength(1);
  });

  it('lets nobody publish without the permission or the task', async () => {
    await practice.consent({ scopes: ['pages_show_list', 'pages_read_engagement'] });
    const { body } = await ask(`${pageIdOf(0)}/feed`, { form: { message: 'x' } });
    expect(body.error).toMatchObject({ code: 200, message: expect.stringContaining('pages_manage_posts') });
  });

  it('reads a post, with a single photo and with an album', async () => {
    const [first] = pages;
    if (!first) throw new Error('A Page is needed.');
    for (const count of [1, 2]) {
      const media = Array.from({ length: count }, () => image());
      const prepared = await adapter.prepare(preparing(first, media), draft({ text: `${count}` }));
      const { id } = await adapter.commit(first, prepared);
      const { body } = await ask(
        `${id}?fields=id,message,permalink_url,attachments{type,target,subattachments{type,target}}`,
      );
      expect(body).toMatchObject({ id, message: `${count}`, permalink_url: expect.stringContaining(id) });
      expect(JSON.stringify(body.attachments)).toContain(photosOf(prepared).at(-1));
    }
  });

  it('ends a short-lived and a long-lived token in their time', async () => {
    let now = new Date('2026-11-01T12:00:00Z');
    const later = await Practice.start(() => now);
    try {
      const before = later.account(await later.connect());
      now = new Date('2027-01-15T12:00:00Z');
      const failure = await adapter.listChannels(before).catch((error: unknown) => error);
      expect(adapter.classify(failure, now)).toMatchObject({ kind: 'auth', platformCode: '190/463' });
    } finally {
      await later.sandbox.close();
    }
  });
});
