import { type CommitContext, isListedRefusal, type PlatformHttpError, type Receipt } from '#platforms/core';
import { adapter } from './adapter.js';
import { draft, image, Practice, preparing } from './practice.fixture.js';
import { type Prepared } from './prepared.js';

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
const look = (prepared: Prepared, since: Date, claimed: string[] = []) =>
  adapter.reconcile(page, { prepared, draft: draft(), since, claimed: new Set(claimed) });

async function failureOf(what: Promise<unknown>) {
  const error = await what.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const failure = adapter.classify(error, new Date());
  return { failure, refused: isListedRefusal(error, failure, adapter.manifest), error: error as PlatformHttpError };
}

describe('publishing on a Page', () => {
  it('publishes a text with one request and returns where it is', async () => {
    const prepared = await adapter.prepare(preparing(page), draft());
    const receipt = await adapter.commit(page, prepared);
    expect(visible()).toMatchObject([{ id: receipt.id, text: 'Fresh bread', media: [] }]);
    const creating = practice.sandbox.requests('facebook').filter(({ operation }) => operation === 'commit');
    expect(creating).toMatchObject([{ method: 'POST', shown: [receipt.id] }]);
    expect(await (await fetch(receipt.permalink ?? '')).text()).toContain('Fresh bread');
  });

  it('publishes a link, with and without a text', async () => {
    const link = 'https://example.com/a';
    for (const text of ['Look', '']) {
      await adapter.commit(page, await adapter.prepare(preparing(page), draft({ text, link })));
    }
    expect(visible()).toMatchObject([
      { text: 'Look', link },
      { text: '', link },
    ]);
  });

  it('publishes images in order, with what they show in words', async () => {
    const media = [image('image/png', 'A loaf'), image('image/jpeg'), image('image/png', 'A roll', 80)];
    const prepared = await adapter.prepare(preparing(page, media), draft());
    expect(visible()).toEqual([]);
    await adapter.commit(page, prepared);
    expect(visible()).toHaveLength(1);
    expect(visible()[0]?.media).toMatchObject([
      { contentType: 'image/png', altText: 'A loaf', bytes: 64 },
      { contentType: 'image/jpeg' },
      { altText: 'A roll', bytes: 80 },
    ]);
  });

  it('uploads no image twice after a crash', async () => {
    const steps = new Map();
    const media = [image(), image()];
    practice.sandbox.faults.add({ kind: 'reset', operation: 'prepare' });
    await expect(adapter.prepare(preparing(page, media, steps), draft())).rejects.toThrow();
    const prepared = await adapter.prepare(preparing(page, media, steps), draft());
    const again = await adapter.prepare(preparing(page, media, steps), draft());
    expect(again).toEqual(prepared);
    expect(practice.sandbox.requests().filter(({ path }) => path.endsWith('/photos'))).toHaveLength(3);
  });

  it('throws away uploaded images, also when they are already gone', async () => {
    const prepared = await adapter.prepare(preparing(page, [image()]), draft());
    await adapter.discard?.(page, prepared);
    await adapter.discard?.(page, prepared);
    const { failure, refused } = await failureOf(adapter.commit(page, prepared));
    expect(failure).toMatchObject({ kind: 'content', platformMessage: expect.stringContaining('Invalid photo id') });
    expect(refused).toBe(true);
  });

  it('deletes a post, also when it is already gone', async () => {
    const receipt = await adapter.commit(page, { kind: 'feed', message: 'Soon gone', photos: [] });
    await adapter.remove?.(page, receipt);
    await adapter.remove?.(page, receipt);
    expect(visible()).toEqual([]);
  });

  it('tells a file that Facebook cannot read, in its own words', async () => {
    const { failure } = await failureOf(adapter.prepare(preparing(page, [image('image/gif', '', 5_000_000)]), draft()));
    expect(failure).toMatchObject({ kind: 'media', platformMessage: expect.stringContaining('less than 4 MB') });
  });

  it.each([
    [460, 'auth'],
    [463, 'auth'],
    [459, 'auth'],
  ])('reports a Page token that died of %s', async (subcode, kind) => {
    await practice.order('revoke', { page: page.channelId ?? '', subcode });
    const { failure, refused } = await failureOf(adapter.commit(page, { kind: 'feed', message: 'x', photos: [] }));
    expect(failure).toMatchObject({ kind, platformCode: `190/${subcode}`, requestId: expect.any(String) });
    expect(refused).toBe(true);
  });

  it('waits as long as Facebook asks', async () => {
    practice.sandbox.faults.add({ kind: 'refuse-rate-limit', operation: 'commit', retryAfterSeconds: 120 });
    const before = Date.now();
    const { failure, refused } = await failureOf(adapter.commit(page, { kind: 'feed', message: 'x', photos: [] }));
    expect(failure.kind).toBe('rate-limit');
    expect(Date.parse(failure.retryAt ?? '')).toBeGreaterThanOrEqual(before + 120_000);
    expect(refused).toBe(true);
  });

  it.each(['accept-then-error', 'accept-then-unavailable', 'accept-then-reset', 'nonsense'] as const)(
    'takes %s for neither success nor refusal, and finds the post',
    async (kind) => {
      const since = new Date();
      practice.sandbox.faults.add({ kind, operation: 'commit' });
      const { error, refused } = await failureOf(adapter.commit(page, { kind: 'feed', message: 'x', photos: [] }));
      expect(error).toBeDefined();
      expect(refused).toBe(false);
      expect(await look({ kind: 'feed', message: 'x', photos: [] }, since)).toMatchObject({
        outcome: 'published',
        receipt: { id: visible()[0]?.id, permalink: visible()[0]?.permalink },
      });
    },
  );
});

describe('looking for a post whose outcome is unknown', () => {
  const publish = (message: string): Promise<Receipt> => adapter.commit(page, { kind: 'feed', message, photos: [] });

  it('says absent when nothing like it is there', async () => {
    const since = new Date();
    await publish('Something else');
    expect(await look({ kind: 'feed', message: 'x', photos: [] }, since)).toMatchObject({
      outcome: 'absent',
      evidence: { postsRead: 1 },
    });
  });

  it('leaves out what other publications own, and is unsure between two', async () => {
    const since = new Date();
    const first = await publish('x');
    const second = await publish('x');
    expect((await look({ kind: 'feed', message: 'x', photos: [] }, since)).outcome).toBe('unknown');
    expect(await look({ kind: 'feed', message: 'x', photos: [] }, since, [first.id])).toMatchObject({
      outcome: 'published',
      receipt: { id: second.id },
    });
    expect((await look({ kind: 'feed', message: 'x', photos: [] }, since, [first.id, second.id])).outcome).toBe(
      'absent',
    );
  });

  it('leaves out what is older than the attempt', async () => {
    await publish('x');
    expect((await look({ kind: 'feed', message: 'x', photos: [] }, new Date(Date.now() + 60_000))).outcome).toBe(
      'absent',
    );
  });

  it('reads on through the pages of the list', async () => {
    const since = new Date();
    const wanted = await publish('x');
    for (let index = 0; index < 25; index += 1) await publish(`Filler ${index}`);
    expect(await look({ kind: 'feed', message: 'x', photos: [] }, since)).toMatchObject({
      outcome: 'published',
      receipt: { id: wanted.id },
      evidence: { postsRead: 26 },
    });
  });

  it('tells posts with the same text apart by their photos', async () => {
    const since = new Date();
    const ours = await adapter.prepare(preparing(page, [image(), image()]), draft());
    const theirs = await adapter.prepare(preparing(page, [image(), image()]), draft());
    await adapter.commit(page, theirs);
    expect((await look(ours, since)).outcome).toBe('unknown');
    const receipt = await adapter.commit(page, ours);
    expect(await look(ours, since)).toMatchObject({ outcome: 'published', receipt: { id: receipt.id } });
  });

  it('throws when it could not look', async () => {
    practice.sandbox.faults.add({ kind: 'refuse-unavailable', operation: 'read' });
    await expect(look({ kind: 'feed', message: 'x', photos: [] }, new Date())).rejects.toThrow('HTTP 503');
  });

  it('holds no token in its evidence', async () => {
    const since = new Date();
    await publish('x');
    expect(JSON.stringify(await look({ kind: 'feed', message: 'x', photos: [] }, since))).not.toContain('EAA');
  });
});

describe('checking a post before it is sent', () => {
  const rules = (change: Parameters<typeof draft>[0]) =>
    adapter.validate(draft(change), adapter.manifest.limits).map(({ rule }) => rule);
  const media = (count: number) => Array.from({ length: count }, () => ({ ...image(), kind: 'image' as const }));

  it.each([
    [{ text: 'x'.repeat(63_206) }, []],
    [{ text: 'x'.repeat(63_207) }, ['facebook.text-too-long']],
    [{ text: '' }, ['facebook.text-missing']],
    [{ text: '', link: 'https://example.com' }, []],
    [{ link: 'example.com' }, ['facebook.link-invalid']],
    [{ text: '', media: media(10) }, []],
    [{ media: media(11) }, ['facebook.media-too-many']],
    [{ media: media(1), link: 'https://example.com' }, ['facebook.link-with-media']],
    [{ kind: 'reply' as const }, ['facebook.segment-unsupported']],
    [{ kind: 'comment' as const }, []],
    [{ kind: 'comment' as const, text: ' ' }, ['facebook.comment-empty']],
    [{ kind: 'comment' as const, text: 'x'.repeat(8_001) }, ['facebook.comment-too-long']],
    [{ kind: 'comment' as const, media: media(1) }, ['facebook.comment-text-only']],
  ])('case %#', (change, expected) => {
    expect(rules(change)).toEqual(expected);
  });
});
