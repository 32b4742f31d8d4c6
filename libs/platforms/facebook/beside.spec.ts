import { type CommitContext, type Receipt } from '#platforms/core';
import { adapter } from './adapter.js';
import { draft, Practice, preparing } from './practice.fixture.js';
import { type Prepared } from './prepared.js';
import { REQUIRED_SCOPES } from './scopes.js';

let practice: Practice;
let page: CommitContext;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  page = await practice.page();
});
afterEach(() => practice.sandbox.reset());
afterAll(() => practice.sandbox.close());

const visible = () => practice.sandbox.visible('facebook', page.channelId);
const post = (message: string): Promise<Receipt> => adapter.commit(page, { kind: 'feed', message, photos: [] });
const comment = (objectId: string, message: string): Prepared => ({ kind: 'comment', objectId, message });
const look = (prepared: Prepared, since: Date, claimed: string[] = []) =>
  adapter.reconcile(page, { prepared, draft: draft(), since, claimed: new Set(claimed) });

// https://developers.facebook.com/documentation/pages-api/comments-mentions
describe('the first comment', () => {
  it('is found by its text below its post, and only once', async () => {
    const { id } = await post('Fresh bread');
    const since = new Date();
    expect((await look(comment(id, 'Until six'), since)).outcome).toBe('absent');
    const first = await adapter.commit(page, comment(id, 'Until six'));
    expect(visible()).toContainEqual(expect.objectContaining({ id: first.id, text: 'Until six', replyTo: id }));
    expect(await look(comment(id, 'Until six'), since)).toMatchObject({ outcome: 'published', receipt: first });
    expect((await look(comment(id, 'Until six'), since, [first.id])).outcome).toBe('absent');
    await adapter.commit(page, comment(id, 'Until six'));
    expect((await look(comment(id, 'Until six'), since)).outcome).toBe('unknown');
  });

  it('is deleted like a post', async () => {
    const { id } = await post('Fresh bread');
    const receipt = await adapter.commit(page, comment(id, 'Until six'));
    await adapter.remove?.(page, receipt);
    await adapter.remove?.(page, receipt);
    expect(visible().map(({ id: shown }) => shown)).toEqual([id]);
  });

  it('is refused in words without the optional permission', async () => {
    const { id } = await post('Fresh bread');
    page = await practice.page({ scopes: REQUIRED_SCOPES });
    const error = await adapter.commit(page, comment(id, 'Until six')).catch((thrown: unknown) => thrown);
    expect(adapter.classify(error, new Date())).toMatchObject({
      kind: 'permission',
      platformMessage: expect.stringContaining('pages_manage_engagement'),
    });
  });

  it('says of an optional permission what does not work without it', () => {
    const features = adapter.manifest.extra?.scopeFeatures as Record<string, string>;
    const { connect } = adapter.manifest;
    if (connect.type !== 'oauth') throw new Error('Facebook connects by OAuth.');
    for (const scope of connect.scopes) expect(features[scope]).toMatch(/^[A-Z]/);
    expect(features.pages_manage_engagement).toContain('comments');
  });
});

// https://developers.facebook.com/documentation/pages-api/posts#update-a-post
describe('changing a post', () => {
  it('replaces its text', async () => {
    const receipt = await post('Frehs bread');
    await adapter.edit?.(page, receipt, 'Fresh bread');
    expect(visible()).toMatchObject([{ id: receipt.id, text: 'Fresh bread' }]);
  });

  it('says so when the post is gone', async () => {
    const receipt = await post('Fresh bread');
    await adapter.remove?.(page, receipt);
    const error = await adapter.edit?.(page, receipt, 'x').catch((thrown: unknown) => thrown);
    expect(adapter.classify(error, new Date())).toMatchObject({ kind: 'content', platformCode: '100/33' });
  });
});

// https://developers.facebook.com/documentation/pages-api/search-pages
describe('the location of a post', () => {
  it('is searched among Pages with an address', async () => {
    const found = await adapter.lookup?.(page, 'place', 'practice');
    expect(found?.map(({ label }) => label)).toEqual(['Practice Market Hall', 'Practice Museum', 'Practice Harbour']);
    expect(found?.[0]?.detail).toBe('Market Street 1, 10115, Berlin, Germany');
    expect(await adapter.lookup?.(page, 'place', '  ')).toEqual([]);
    expect(await adapter.lookup?.(page, 'another', 'practice')).toEqual([]);
  });

  it('is shown with the post', async () => {
    const [museum] = (await adapter.lookup?.(page, 'place', 'museum')) ?? [];
    if (!museum) throw new Error('The museum is missing.');
    const given = draft({ settings: { place: { value: museum.value, label: museum.label } } });
    await adapter.commit(page, await adapter.prepare(preparing(page), given));
    expect(visible()).toMatchObject([{ details: { format: 'post', location: 'Practice Museum' } }]);
  });

  it('is refused where it is no place', async () => {
    const given = draft({ settings: { place: { value: '1', label: 'Nowhere' } } });
    const error = await adapter.commit(page, await adapter.prepare(preparing(page), given)).catch((e: unknown) => e);
    expect(adapter.classify(error, new Date()).platformMessage).toContain('Param place');
  });
});

// https://developers.facebook.com/docs/graph-api/overview/rate-limiting
describe('the headers of usage', () => {
  it('rise with the calls, ask to slow down before the limit, and name the wait after it', async () => {
    await practice.order('usage', { account: page.channelId ?? '', allowed: 10 });
    const seen: ReturnType<NonNullable<typeof adapter.pressure>>[] = [];
    const listening: CommitContext = {
      ...page,
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        seen.push(adapter.pressure?.(Object.fromEntries(answer.headers), new Date('2026-11-02T12:00:00Z')));
        return answer;
      },
    };
    for (let count = 0; count < 10; count += 1) {
      await adapter.commit(listening, { kind: 'feed', message: `${count}`, photos: [] });
    }
    expect(seen.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => undefined));
    expect(seen[8]).toMatchObject({ scope: 'channel', why: expect.stringContaining('90 %') });
    expect(seen[8]?.until.toISOString()).toBe('2026-11-02T12:05:00.000Z');
    const error = await adapter.commit(page, { kind: 'feed', message: 'x', photos: [] }).catch((e: unknown) => e);
    const failure = adapter.classify(error, new Date('2026-11-02T12:00:00Z'));
    expect(failure).toMatchObject({ kind: 'rate-limit', platformCode: '80001', retryAt: '2026-11-02T12:01:00.000Z' });
  });

  it('speak of the whole app where a person is asked about', async () => {
    await practice.order('usage', { allowed: 2 });
    const answer = await fetch(`${page.endpoints.graph}/v26.0/me`, {
      headers: { authorization: `Bearer ${page.credentials.userToken as string}` },
    });
    expect(JSON.parse(answer.headers.get('x-app-usage') ?? '')).toMatchObject({ call_count: 50 });
    expect(adapter.pressure?.({ 'x-app-usage': '{"call_count":85}' }, new Date())).toMatchObject({ scope: 'app' });
  });
});

describe('the practice Graph API', () => {
  it('refuses parameters that the edge does not have', async () => {
    const { graph } = await import('./graph.js');
    const call = { operation: 'x', method: 'POST', path: `${page.channelId ?? ''}/feed` } as const;
    const token = page.channelCredentials?.pageToken as string;
    const body = new URLSearchParams({ message: 'x', shoe_size: '42' });
    const error = await graph.call(page, { ...call, token, body }).catch((thrown: unknown) => thrown);
    expect(adapter.classify(error, new Date())).toMatchObject({
      platformCode: '100',
      platformMessage: expect.stringContaining('Tried accessing nonexisting field (shoe_size)'),
    });
    expect(visible()).toEqual([]);
  });
});
