import { PlatformRegistry } from '#platforms';
import { type JsonObject, type ReconcileInput, type SegmentDraft } from '#platforms/core';
import { practiceDraft, practiceImage, type PracticeImage, practiceVideo, readable } from '#platforms/testing';
import { type Sandbox, startSandbox } from '#sandbox';
import { mastodonAdapter as adapter } from './adapter.js';
import { platform } from './index.js';
import { contextFor, draftOf } from './mastodon.fixture.js';
import { type Prepared } from './publish.js';

let sandbox: Sandbox;
let instance: string;

beforeAll(async () => {
  sandbox = await startSandbox({
    platforms: new PlatformRegistry([platform]),
    host: '127.0.0.1',
    port: 0,
    controlToken: 'let-me',
  });
  instance = `${sandbox.origin}/mastodon`;
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Answers by path, as a server of another make; everything else is not found. */
function serverWith(answers: Record<string, (url: URL) => Response>): typeof fetch {
  return async (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return answers[url.pathname]?.(url) ?? Response.json({ error: 'Not found' }, { status: 404 });
  };
}
const failureOf = async (call: Promise<unknown>) =>
  adapter.classify(
    await call.then(
      () => undefined,
      (error: unknown) => error,
    ),
    new Date(),
  );
const enter = (credentials: Record<string, string>, fetchFn?: typeof fetch) =>
  adapter.connect?.(contextFor(instance, fetchFn && { fetch: fetchFn }), {
    instance,
    accessToken: 'practice',
    ...credentials,
  }) ?? Promise.reject(new Error('no connect'));

async function account(accessToken = 'practice') {
  const context = contextFor(instance, { accessToken });
  const [channel] = await adapter.listChannels(context);
  return contextFor(instance, { accessToken, accountId: channel?.id.split('@')[0] ?? '' });
}
async function prepared(draft: SegmentDraft, media: PracticeImage[] = [], accessToken?: string) {
  const context = { ...(await account(accessToken)), media };
  return { context, draft, prepared: await adapter.prepare(context, draft) };
}

describe('connecting', () => {
  it('keeps a path prefix, and takes an address as people type it', async () => {
    const {
      account: connected,
      credentials,
      scopes,
    } = await enter({ instance: ` ${instance}/ `, accessToken: 'practice-dora' });
    expect(connected).toMatchObject({ name: 'Practice dora', handle: `@dora@${new URL(instance).host}` });
    expect(connected.id).toMatch(new RegExp(`^\\d+@${new URL(instance).host}/mastodon$`));
    expect(credentials).toEqual({ instance, accessToken: 'practice-dora' });
    expect(scopes).toContain('write:media');
  });

  it('takes the scheme for granted', async () => {
    const asked: string[] = [];
    const listening: typeof fetch = async (input) => {
      asked.push(new Request(input).url);
      throw new TypeError('fetch failed');
    };
    await failureOf(enter({ instance: 'mastodon.social' }, listening));
    expect(asked).toEqual(['https://mastodon.social/api/v1/accounts/verify_credentials']);
  });

  it.each([
    ['no address', { instance: '' }, 'content', /instance/],
    ['nonsense for an address', { instance: 'https://a b' }, 'content', /instance/],
    ['nobody there', { instance: 'http://127.0.0.1:9' }, 'unavailable', /instance/],
    ['a wrong token', { accessToken: 'wrong' }, 'auth', /accessToken/],
    ['a token that is no token', { accessToken: 'two words' }, 'auth', /accessToken/],
    ['no token', { accessToken: '' }, 'auth', /accessToken/],
  ])('says which field is wrong: %s', async (_name, credentials, kind, field) => {
    const failure = await failureOf(enter(credentials));
    expect(failure.kind).toBe(kind);
    expect(`${failure.message} ${failure.remedy}`).toMatch(field);
  });

  it.each<[string, () => Response, string]>([
    ['a web page', () => new Response('<html></html>'), 'unknown'],
    ['a page that asks for a password', () => new Response('Sign in', { status: 401 }), 'unknown'],
    ['another API', () => Response.json({ message: 'hello' }), 'unknown'],
    ['an API without accounts', () => Response.json({ error: 'Not found' }, { status: 404 }), 'unknown'],
    ['a redirect', () => new Response(null, { status: 301, headers: { location: 'https://x.example/' } }), 'content'],
  ])('says that there is no Mastodon: %s', async (_name, answer, kind) => {
    const fetchFn = serverWith({ '/mastodon/api/v1/accounts/verify_credentials': answer });
    const failure = await failureOf(enter({}, fetchFn));
    expect(failure).toMatchObject({ kind, remedy: expect.stringContaining('"instance"') });
  });

  it('names the scopes that a token lacks', async () => {
    const answers = {
      '/mastodon/api/v1/accounts/verify_credentials': () => Response.json({ id: '1', username: 'dora' }),
      '/mastodon/api/v1/apps/verify_credentials': () => Response.json({ scopes: ['read', 'write:statuses'] }),
    };
    const failure = await failureOf(enter({}, serverWith(answers)));
    expect(failure).toMatchObject({ kind: 'permission', message: 'The access token lacks the scopes write:media.' });
  });

  it('reads the limits of a server that knows only the old description', async () => {
    const answers = {
      '/mastodon/api/v1/accounts/verify_credentials': () =>
        Response.json({ id: 'abc', username: 'dora', display_name: '' }),
      '/mastodon/api/v1/instance': () => Response.json({ configuration: { statuses: { max_characters: 9_999 } } }),
    };
    const fetchFn = serverWith(answers);
    expect((await enter({}, fetchFn)).scopes).toEqual([]);
    const [channel] = await adapter.listChannels(contextFor(instance, { fetch: fetchFn }));
    expect(channel).toMatchObject({ name: 'dora', details: { accountId: 'abc' }, limits: { text: { max: 9_999 } } });
  });
});

describe('publishing', () => {
  it('sends the settings along', async () => {
    const settings = { visibility: 'private', spoilerText: 'Spoiler', sensitive: true, language: 'de' };
    const { context, prepared: set } = await prepared(draftOf('Ende', { settings }));
    await adapter.commit(context, set);
    expect(sandbox.visible('mastodon', 'practice')).toMatchObject([{ text: 'Ende', details: settings }]);
  });

  it('makes a warning without a text the text, as Mastodon does', async () => {
    const {
      context,
      draft,
      prepared: set,
    } = await prepared(draftOf('', { settings: { spoilerText: 'Soon' } }), [await practiceImage()]);
    await adapter.commit(context, set);
    expect(sandbox.visible()).toMatchObject([{ text: 'Soon', details: { spoilerText: '' } }]);
    expect(await adapter.reconcile(context, input(set, draft))).toMatchObject({ outcome: 'published' });
  });

  it('explains an image that the server could not process', async () => {
    const image = await practiceImage({ width: 600, height: 600 });
    const bytes = (await image.read()).slice(0, image.bytes - 200);
    const cut = { ...image, bytes: bytes.length, ...readable(bytes, image.contentType) };
    const failure = await failureOf(prepared(draftOf('x'), [cut]));
    expect(failure).toMatchObject({ kind: 'media', platformCode: 'media/unreadable' });
  });

  it('sends the cover and the point that stays in sight with a video', async () => {
    const bytes = (await practiceImage()).read;
    const cover = async () => ({ contentType: 'image/jpeg', bytes: await bytes() });
    const video = { ...practiceVideo({ altText: 'A clip' }), focus: { x: 0.25, y: 0.1 }, cover };
    await prepared(draftOf('x'), [video]);
    const [, media] = sandbox.world('mastodon').collection<JsonObject>('media').entries().at(-1) ?? [];
    expect(media).toMatchObject({
      ...{ kind: 'video', contentType: 'video/mp4', width: 270, height: 480, durationMs: 2_000 },
      ...{ focus: { x: -0.5, y: 0.8 }, description: 'A clip', thumbnail: expect.any(String) as string },
    });
  });

  it('gives discarded uploads back', async () => {
    const { draft, media } = practiceDraft({ text: 'x' }, [await practiceImage()]);
    const { context, prepared: set } = await prepared(draft, [...media]);
    await adapter.discard?.(context, set);
    const failure = await failureOf(adapter.commit(context, set));
    expect(failure).toMatchObject({ kind: 'media', platformCode: '422/media-attached' });
  });

  it('takes no answer without a status for a receipt', async () => {
    const { context, prepared: set } = await prepared(draftOf('x'));
    const fetchFn = serverWith({
      '/mastodon/api/v1/statuses': () => Response.json({ id: '1', scheduled_at: 'later' }),
    });
    expect(await failureOf(adapter.commit({ ...context, fetch: fetchFn }, set))).toMatchObject({ kind: 'unknown' });
  });
});

function input(set: Prepared, draft: SegmentDraft, rest: Partial<ReconcileInput<Prepared>> = {}) {
  return { prepared: set, draft, since: new Date(Date.now() - 1_000), claimed: new Set<string>(), ...rest };
}

describe('reconciling', () => {
  it('cannot tell between two that say the same', async () => {
    const { context, draft, prepared: set } = await prepared(draftOf('twin'));
    const first = await adapter.commit(context, set);
    const second = await adapter.commit(context, { ...set, idempotencyKey: 'another' });
    expect(await adapter.reconcile(context, input(set, draft))).toMatchObject({ outcome: 'unknown' });
    const looked = await adapter.reconcile(context, input(set, draft, { claimed: new Set([first.id]) }));
    expect(looked).toMatchObject({ outcome: 'published', receipt: second });
  });

  it('tells images apart by their uploads, whatever the text', async () => {
    const image = await practiceImage();
    const one = await prepared(draftOf('same'), [image]);
    const other = await prepared(draftOf('same'), [image]);
    const mine = await adapter.commit(one.context, one.prepared);
    await adapter.commit(other.context, { ...other.prepared, form: { ...other.prepared.form, status: 'changed' } });
    expect(await adapter.reconcile(one.context, input(one.prepared, one.draft))).toMatchObject({
      outcome: 'published',
      receipt: mine,
    });
  });

  it('takes nothing older than the fence, and no other reply', async () => {
    const { context, draft, prepared: set } = await prepared(draftOf('once more'));
    const { id } = await adapter.commit(context, set);
    const later = { since: new Date(Date.now() + 10_000) };
    expect(await adapter.reconcile(context, input(set, draft, later))).toMatchObject({ outcome: 'absent' });
    const reply = { ...set, form: { ...set.form, in_reply_to_id: id } };
    expect(await adapter.reconcile(context, input(reply, draft))).toMatchObject({ outcome: 'absent' });
  });

  it('looks behind a first page full of newer posts', async () => {
    const { context, draft, prepared: set } = await prepared(draftOf('buried'));
    const receipt = await adapter.commit(context, set);
    for (let n = 0; n < 45; n += 1) {
      await adapter.commit(context, { idempotencyKey: `n${n}`, form: { status: `newer ${n}`, visibility: 'public' } });
    }
    const since = new Date(Date.now() - 60_000);
    expect(await adapter.reconcile(context, input(set, draft, { since }))).toMatchObject({
      outcome: 'published',
      receipt,
    });
  });
});

describe('reconciling with a server of another make', () => {
  const LIST = '/mastodon/api/v1/accounts/1/statuses';
  const status = (rest: JsonObject): JsonObject => ({
    id: 'a1',
    uri: 'https://x.example/1',
    url: null,
    created_at: new Date().toISOString(),
    spoiler_text: '',
    content: '<p>hello</p>',
    media_attachments: [],
    ...rest,
  });
  const set: Prepared = { idempotencyKey: 'k', form: { status: 'hello *world*', visibility: 'public' } };
  const look = (answers: Parameters<typeof serverWith>[0], since?: Date) =>
    adapter.reconcile(
      contextFor(instance, { accountId: '1', fetch: serverWith(answers) }),
      input(set, draftOf('hello *world*'), since && { since }),
    );
  const once =
    (statuses: JsonObject[], headers = {}) =>
    (url: URL) =>
      Response.json(url.searchParams.has('max_id') ? [] : statuses, { headers });

  it('reads what was typed where it is shown in another way', async () => {
    const looked = await look({
      [LIST]: once([status({ content: '<p>hello <em>world</em></p>' })]),
      '/mastodon/api/v1/statuses/a1/source': () => Response.json({ id: 'a1', text: 'hello *world*', spoiler_text: '' }),
    });
    expect(looked).toMatchObject({ outcome: 'published', receipt: { id: 'a1', permalink: 'https://x.example/1' } });
  });

  it('does without that', async () => {
    expect(await look({ [LIST]: once([status({})]) })).toMatchObject({ outcome: 'absent' });
    expect(await look({ [LIST]: once([status({ content: '<p>hello *world*</p>' })]) })).toMatchObject({
      outcome: 'published',
    });
  });

  it('cannot tell where it cannot page back to the fence', async () => {
    const endless = () => Response.json([status({})]);
    expect(await look({ [LIST]: endless })).toMatchObject({ outcome: 'unknown', evidence: { complete: false } });
  });

  it('allows for a clock that runs behind', async () => {
    const behind = new Date(Date.now() - 120_000);
    const statuses = [status({ content: '<p>hello *world*</p>', created_at: behind.toISOString() })];
    expect(await look({ [LIST]: once(statuses, { date: behind.toUTCString() }) })).toMatchObject({
      outcome: 'published',
    });
    expect(await look({ [LIST]: once(statuses) })).toMatchObject({ outcome: 'absent' });
  });

  it.each([
    ['A square', 'published'],
    [null, 'published'],
    ['A circle', 'absent'],
  ])('compares images by their descriptions where their ids are others: %j', async (description, outcome) => {
    const image = await practiceImage({ altText: 'A square' });
    const { draft } = practiceDraft({ text: 'hello' }, [image]);
    const withImage = { ...set, form: { status: 'hello', visibility: 'public', media_ids: ['sent'] } };
    const attached = status({ media_attachments: [{ id: 'shown', type: 'image', description }] });
    const fetchFn = serverWith({ [LIST]: once([attached]) });
    const context = contextFor(instance, { accountId: '1', fetch: fetchFn });
    expect(await adapter.reconcile(context, input(withImage, draft))).toMatchObject({ outcome });
  });

  it('could not look where the server refuses', async () => {
    await expect(look({ [LIST]: () => Response.json({ error: 'Down' }, { status: 503 }) })).rejects.toThrow('503');
    await expect(look({ [LIST]: () => Response.json({ nonsense: true }) })).rejects.toThrow('not a JSON list');
  });
});

it('names what is missing in stored credentials', async () => {
  await expect(adapter.listChannels({ ...contextFor(instance), credentials: {} })).rejects.toThrow(/accessToken/);
});
