import { type Json, type JsonObject, PlatformFailure } from '#platforms/core';
import { PlatformRegistry } from '#platforms';
import { type Sandbox, startSandbox } from '#sandbox';
import { blueskyAdapter as adapter } from './adapter.js';
import { context, draft, media, PNG } from './bluesky.fixture.js';
import { platform } from './index.js';
import { type PreparedPost } from './record.js';

let sandbox: Sandbox;
let service: string;
let clock: Date;

beforeAll(async () => {
  sandbox = await startSandbox({
    platforms: new PlatformRegistry([platform]),
    host: '127.0.0.1',
    port: 0,
    controlToken: 'control',
    now: () => clock,
  });
  service = `${sandbox.origin}/bluesky`;
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  clock = new Date();
});

const signIn = (identifier = 'practice.bsky.test', password = 'practice') =>
  adapter.connect!({ ...context({}), endpoints: { app: `${service}/app` } }, { service, identifier, password });
const account = async (identifier?: string) => {
  const { credentials } = await signIn(identifier);
  return (files: Parameters<typeof context>[1] = [], steps?: Map<string, Json>) => ({
    ...context(credentials, files, steps),
    endpoints: { app: `${service}/app` },
  });
};
const since = new Date(0);
const claimed = new Set<string>();
const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => new Error('it went through'),
    (reason: unknown) => reason,
  );
  return adapter.classify(error, clock);
};
const expire = (body: JsonObject) =>
  fetch(`${service}/_practice/expire`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('connecting', () => {
  it('signs in with an app password and keeps what later calls need, not the password', async () => {
    const { account: who, credentials, scopes, expiresAt } = await signIn(' @Practice.bsky.test ');
    expect(who).toMatchObject({ handle: 'practice.bsky.test', url: `${service}/app/profile/${who.id}` });
    expect(Object.keys(credentials).sort()).toEqual(['accessJwt', 'did', 'handle', 'pds', 'refreshJwt']);
    expect(credentials['pds']).toBe(service);
    expect(scopes).toEqual(['com.atproto.appPass']);
    expect(expiresAt!.getTime()).toBe(Math.floor(clock.getTime() / 1000) * 1000 + 7_200_000);
  });

  it('says so when the password is wrong, the account is inactive, or there is no server', async () => {
    expect(await failureOf(signIn('practice.bsky.test', 'wrong'))).toMatchObject({
      kind: 'auth',
      platformCode: 'AuthenticationRequired',
      message: 'Bluesky did not accept this handle and app password.',
    });
    const answer = { did: 'did:plc:x', handle: 'x.test', accessJwt: 'a', refreshJwt: 'r', active: false };
    const inactive = { ...context({}), fetch: async () => Response.json({ ...answer, status: 'deactivated' }) };
    const credentials = { service: '', identifier: 'x.test', password: 'p' };
    expect((await failureOf(adapter.connect!(inactive, credentials))).message).toMatch(/deactivated/);
    const nowhere = adapter.connect!(context({}), { ...credentials, service: sandbox.origin });
    expect((await failureOf(nowhere)).message).toMatch(/no Bluesky server/);
    await expect(adapter.connect!(context({}), { ...credentials, service: 'ftp://x' })).rejects.toThrow(
      PlatformFailure,
    );
  });

  it.each([
    ['https://pds.example/', 'https://pds.example'],
    ['http://pds.example', 'https://bsky.social'],
    ['nonsense', 'https://bsky.social'],
    [undefined, 'https://bsky.social'],
  ])('goes on at the server that the DID document names: %s', async (serviceEndpoint, used) => {
    const asked: string[] = [];
    const pds = { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint };
    const session = { did: 'did:plc:x', handle: 'x.test', accessJwt: 'opaque', refreshJwt: 'r' };
    const ctx = {
      ...context({}),
      fetch: async (url: Parameters<typeof fetch>[0]) => {
        asked.push(url as string);
        return Response.json({ ...session, didDoc: { service: [pds] } });
      },
    };
    const connected = await adapter.connect!(ctx, { identifier: 'x.test', password: 'p' });
    expect(connected).not.toHaveProperty('expiresAt');
    await adapter.listChannels({ ...ctx, credentials: connected.credentials });
    expect(asked).toEqual([
      'https://bsky.social/xrpc/com.atproto.server.createSession',
      `${used}/xrpc/com.atproto.server.getSession`,
    ]);
  });

  it('lists the account as its one channel', async () => {
    const ctx = (await account())();
    expect(await adapter.listChannels(ctx)).toEqual([
      {
        id: ctx.credentials['did'],
        name: 'practice.bsky.test',
        handle: 'practice.bsky.test',
        url: expect.stringMatching(`^${service}/app/profile/did:plc:[a-z2-7]{24}$`),
        limits: expect.objectContaining({ media: expect.objectContaining({ maxCount: 4 }) }),
      },
    ]);
  });

  it.each([
    ['https://morel.us-east.host.bsky.network', undefined],
    ['https://bsky.social', undefined],
    ['https://pds.example.com', 1_000_000],
    ['https://notbsky.social', 1_000_000],
  ])('allows smaller images on servers of unknown age: %s', async (pds, maxBytes) => {
    const credentials = { pds, did: 'did:plc:x', handle: 'x.test', accessJwt: 'a', refreshJwt: 'r' };
    const ctx = { ...context(credentials), fetch: async () => Response.json({ did: 'did:plc:x', handle: 'x.test' }) };
    const [channel] = await adapter.listChannels(ctx);
    expect(channel!.limits?.media.image?.maxBytes).toBe(maxBytes);
  });

  it('renews both tokens, and the old refresh token is used up', async () => {
    const old = (await account())();
    await expire({ identifier: 'practice.bsky.test' });
    expect(await failureOf(adapter.listChannels(old))).toMatchObject({ kind: 'auth', platformCode: 'ExpiredToken' });
    const { credentials, expiresAt } = await adapter.refresh!(old);
    expect(expiresAt!.getTime()).toBeGreaterThan(clock.getTime());
    expect(credentials['refreshJwt']).not.toBe(old.credentials['refreshJwt']);
    expect(await adapter.listChannels(context(credentials))).toHaveLength(1);
    expect(await failureOf(adapter.refresh!(old))).toMatchObject({ kind: 'auth', platformCode: 'ExpiredToken' });
  });

  it('gives the session back, also when it is over already', async () => {
    const ctx = (await account())();
    await adapter.revoke!(ctx);
    expect((await failureOf(adapter.refresh!(ctx))).kind).toBe('auth');
    await adapter.revoke!(ctx);
  });
});

describe('publishing', () => {
  it('shows text, facets, images with their descriptions, and languages', async () => {
    const ctx = (await account())([media(PNG, 'image/png', 'a red dot'), media(PNG)]);
    await account('anna');
    const text = '🎉 neu: https://example.com @anna.bsky.test @nobody.test #größe';
    const prepared = await adapter.prepare(ctx, draft(text, { settings: { langs: 'de, en' } }));
    expect(sandbox.visible()).toEqual([]);
    const receipt = await adapter.commit(ctx, prepared);
    const [post] = sandbox.visible();
    expect(post).toMatchObject({
      id: receipt.id,
      account: ctx.credentials['did'],
      text,
      media: [{ contentType: 'image/png', altText: 'a red dot' }, { altText: '' }],
      permalink: receipt.permalink,
    });
    const record = prepared.record as { langs: string[]; facets: { features: JsonObject[] }[]; embed: JsonObject };
    expect(record.langs).toEqual(['de', 'en']);
    expect(record.facets.map(({ features }) => features[0]!['$type'])).toEqual([
      'app.bsky.richtext.facet#link',
      'app.bsky.richtext.facet#mention',
      'app.bsky.richtext.facet#tag',
    ]);
    expect(record.embed).toMatchObject({ images: [{ aspectRatio: { width: 1, height: 1 } }, {}] });
    const page = await fetch(receipt.permalink!);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('🎉 neu')]);
  });

  it('shows a link as a card, titled by its host and path', async () => {
    const ctx = (await account())();
    const prepared = await adapter.prepare(ctx, draft('', { link: 'https://example.com/offers/?a=1' }));
    await adapter.commit(ctx, prepared);
    expect(sandbox.visible()).toMatchObject([{ link: 'https://example.com/offers/?a=1', text: '' }]);
    expect(prepared.record['embed']).toMatchObject({ external: { title: 'example.com/offers', description: '' } });
  });

  it('hangs a reply below its parent', async () => {
    const ctx = (await account())();
    const root = await adapter.commit(ctx, await adapter.prepare(ctx, draft('one')));
    const next = (await account())();
    const reply = draft('two', { kind: 'reply', replyTo: { root, parent: root } });
    await adapter.commit(next, await adapter.prepare(next, reply));
    expect(sandbox.visible().at(-1)).toMatchObject({ text: 'two', replyTo: root.id });
    const unversioned = draft('three', { kind: 'reply', replyTo: { root, parent: { id: root.id } } });
    expect(await failureOf(adapter.prepare((await account())(), unversioned))).toMatchObject({ kind: 'content' });
  });

  it('prepares the same thing again after a crash', async () => {
    const steps = new Map<string, Json>();
    const as = await account();
    const first = await adapter.prepare(as([media(PNG)], steps), draft('@anna.test'));
    const uploads = sandbox.requests().length;
    expect(await adapter.prepare(as([media(PNG)], steps), draft('@anna.test'))).toEqual(first);
    expect(sandbox.requests()).toHaveLength(uploads);
  });

  it('posts once, however often the same commit is sent', async () => {
    const ctx = (await account())();
    const prepared = await adapter.prepare(ctx, draft('once'));
    const receipt = await adapter.commit(ctx, prepared);
    expect(await adapter.commit(ctx, prepared)).toEqual(receipt);
    const other = { ...prepared, record: { ...prepared.record, text: 'other' } };
    expect(await failureOf(adapter.commit(ctx, other))).toMatchObject({
      kind: 'duplicate',
      platformCode: 'InvalidSwap',
    });
    expect(sandbox.visible().map(({ text }) => text)).toEqual(['once']);
  });

  it('does not take nonsense for a receipt', async () => {
    const ctx = (await account())();
    const prepared = await adapter.prepare(ctx, draft('x'));
    const uri = 'at://did:plc:other/app.bsky.feed.post/3kaaaaaaaaaaa';
    const elsewhere = { ...ctx, fetch: async () => Response.json({ uri, cid: 'bafy' }) };
    expect((await failureOf(adapter.commit(elsewhere, prepared))).kind).toBe('unknown');
  });

  it('removes a post, also when it is gone already', async () => {
    const ctx = (await account())();
    const receipt = await adapter.commit(ctx, await adapter.prepare(ctx, draft('short-lived')));
    await adapter.remove!(ctx, receipt);
    expect(sandbox.visible()).toEqual([]);
    await adapter.remove!(ctx, receipt);
  });
});

describe('reconciling', () => {
  const lost = async () => {
    const ctx = (await account())();
    const content = draft('did it arrive?');
    const prepared = await adapter.prepare(ctx, content);
    return { ctx, prepared, input: { prepared, draft: content, since, claimed } };
  };

  it('finds what a lost answer hid', async () => {
    const { ctx, prepared, input } = await lost();
    sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit' });
    expect((await failureOf(adapter.commit(ctx, prepared))).kind).toBe('unavailable');
    await expire({ identifier: 'practice.bsky.test', refresh: true });
    const [post] = sandbox.visible();
    expect(await adapter.reconcile(ctx, input)).toMatchObject({
      outcome: 'published',
      receipt: { id: post!.id, extra: { cid: post!.details!['cid'] }, permalink: post!.permalink },
    });
  });

  it('is certain that nothing is there', async () => {
    const { ctx, input } = await lost();
    expect(await adapter.reconcile(ctx, input)).toMatchObject({
      outcome: 'absent',
      evidence: { answer: 'RecordNotFound' },
    });
  });

  it('cannot tell when another text lies under the key', async () => {
    const { ctx, prepared, input } = await lost();
    const other: PreparedPost = { ...prepared, record: { ...prepared.record, text: 'other' } };
    await adapter.commit(ctx, other);
    expect(await adapter.reconcile(ctx, input)).toMatchObject({ outcome: 'unknown' });
  });

  it.each(['refuse-unavailable', 'refuse-rate-limit', 'nonsense', 'reset'] as const)('throws on %s', async (kind) => {
    const { ctx, input } = await lost();
    sandbox.faults.add({ kind, operation: 'read' });
    await expect(adapter.reconcile(ctx, input)).rejects.toThrow();
  });
});

describe('validate', () => {
  const { limits } = adapter.manifest;
  const rules = (content: Parameters<typeof adapter.validate>[0]) =>
    adapter.validate(content, limits).map(({ rule, field }) => `${rule} ${field}`);
  const image = { kind: 'image' as const, contentType: 'image/png', bytes: 9, width: 1, height: 1, digest: 'd' };

  it('counts what people see as characters, and bytes', () => {
    expect(rules(draft('👨‍👩‍👧‍👦'.repeat(100)))).toEqual([]);
    expect(rules(draft('é'.repeat(301)))).toEqual(['bluesky.text-too-long text']);
    expect(rules(draft('👨‍👩‍👧‍👦'.repeat(121)))).toEqual(['bluesky.text-too-many-bytes text']);
  });

  it('finds every broken rule at once', () => {
    const content = draft('', {
      link: 'https://example.com',
      media: Array.from({ length: 5 }, () => ({ ...image, altText: 'a'.repeat(2001) })),
      settings: { langs: 'en de fr pt_BR!' },
    });
    expect(rules(content)).toEqual([
      'bluesky.link-with-media link',
      'bluesky.media-too-many media',
      ...[0, 1, 2, 3, 4].map((index) => `bluesky.alt-text-too-long media/${index}/altText`),
      'bluesky.language-invalid settings/langs',
      'bluesky.languages-too-many settings/langs',
    ]);
    expect(rules(draft(' '))).toEqual(['bluesky.text-missing text']);
  });
});
