import { type CommitContext, type Reconciliation, type SegmentDraft } from '#platforms/core';
import { adapter } from './adapter.js';
import { draftOf, image, Practice, video } from './instagram.fixture.js';
import { INSTAGRAM_LOGIN } from './manifest.js';
import { type Prepared } from './prepare.js';

const HOUR_MS = 3_600_000;

let practice: Practice;
let ctx: CommitContext & { channelId: string };
beforeEach(async () => {
  practice = await Practice.start();
  ctx = await practice.channel(INSTAGRAM_LOGIN);
});
afterEach(() => practice.sandbox.close());

async function prepared(change: Partial<SegmentDraft> = {}): Promise<{ draft: SegmentDraft; prepared: Prepared }> {
  const file = await image();
  const { draft } = draftOf({ text: 'Fresh bread', ...change }, [file]);
  return { draft, prepared: await practice.prepare(ctx, draft, [file]) };
}

function look(
  about: { draft: SegmentDraft; prepared: Prepared },
  { since = practice.now(), claimed = [] }: { since?: Date; claimed?: string[] } = {},
): Promise<Reconciliation> {
  return adapter.reconcile(ctx, { ...about, since, claimed: new Set(claimed) });
}

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
describe('an unknown outcome', () => {
  it('went out where the container says so, and is the post of this text', async () => {
    const about = await prepared();
    const since = practice.now();
    const receipt = await adapter.commit(ctx, about.prepared);
    const permalink = await adapter.permalink?.(ctx, receipt);
    expect(permalink).toMatch(/\/p\//);
    expect(await look(about, { since })).toMatchObject({
      outcome: 'published',
      confidence: 'certain',
      receipt: { id: receipt.id, permalink },
      evidence: { containerStatus: 'PUBLISHED' },
    });
  });

  it('did not go out where the container is still good, or ended unpublished', async () => {
    const about = await prepared();
    expect(await look(about)).toMatchObject({ outcome: 'absent', evidence: { containerStatus: 'FINISHED' } });
    practice.pass(25 * HOUR_MS);
    expect(await look(about)).toMatchObject({ outcome: 'absent', evidence: { containerStatus: 'EXPIRED' } });
  });

  it('is looked at again while the list does not show what went out, and then is for a person', async () => {
    const about = await prepared();
    const since = practice.now();
    const { id } = await adapter.commit(ctx, about.prepared);
    const claimed = [id];
    const first = await look(about, { since, claimed });
    expect(first.outcome).toBe('pending');
    practice.pass(HOUR_MS);
    expect(await look(about, { since, claimed })).toMatchObject({
      outcome: 'unknown',
      evidence: { containerStatus: 'PUBLISHED' },
    });
  });

  // Subcode 2207051: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
  it('is for a person where a post was refused as spam and is there all the same', async () => {
    const about = await prepared();
    await practice.order('trouble', { account: ctx.channelId, suspected: true });
    const since = practice.now();
    expect(await practice.failureOf(adapter.commit(ctx, about.prepared))).toMatchObject({ platformCode: '4/2207051' });
    const [shown] = practice.sandbox.visible('instagram');
    expect(await look(about, { since })).toMatchObject({
      outcome: 'unknown',
      evidence: { containerStatus: 'FINISHED', same: [{ id: shown?.id }] },
    });
  });

  it('does not take the post of another publication, nor an older one, for its own', async () => {
    const older = await prepared();
    const first = await adapter.commit(ctx, older.prepared);
    const about = await prepared();
    expect(await look(about, { claimed: [first.id] })).toMatchObject({ outcome: 'absent' });
    practice.pass(HOUR_MS);
    expect(await look(about)).toMatchObject({ outcome: 'absent' });
  });

  it('is cleared up for stories, which have no text and a list of their own', async () => {
    const about = await prepared({ text: '', settings: { format: 'story' } });
    const since = practice.now();
    const { id } = await adapter.commit(ctx, about.prepared);
    expect(await look(about, { since })).toMatchObject({ outcome: 'published', receipt: { id } });
  });

  it('ends as refused where Instagram rejected the container', async () => {
    const late = video({ refusedLate: true });
    const { draft } = draftOf({ text: 'Watch' }, [late]);
    const steps = new Map();
    await practice.failureOf(practice.prepare(ctx, draft, [late], steps));
    const { id } = steps.get('container:file:0') as { id: string };
    const about = { draft, prepared: { kind: 'post', creationId: id, edge: 'media', caption: 'Watch' } as const };
    expect(await look(about)).toMatchObject({
      outcome: 'refused',
      failure: { kind: 'media', platformCode: '2207026' },
    });
  });
});

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments
describe('an unknown first comment', () => {
  async function comment(): Promise<{ draft: SegmentDraft; prepared: Prepared }> {
    const root = { id: (await adapter.commit(ctx, (await prepared()).prepared)).id };
    const { draft } = draftOf({ kind: 'comment', text: 'And #this', replyTo: { root, parent: root } });
    return { draft, prepared: await practice.prepare(ctx, draft) };
  }

  it('is found by its text below the post, or is not there', async () => {
    const about = await comment();
    expect(await look(about)).toMatchObject({ outcome: 'absent', evidence: { read: 0 } });
    const since = practice.now();
    const { id } = await adapter.commit(ctx, about.prepared);
    expect(await look(about, { since })).toMatchObject({
      outcome: 'published',
      confidence: 'matched',
      receipt: { id },
    });
    expect(await look(about, { since, claimed: [id] })).toMatchObject({ outcome: 'absent' });
  });

  it('is for a person where there are two', async () => {
    const about = await comment();
    const since = practice.now();
    await adapter.commit(ctx, about.prepared);
    await adapter.commit(ctx, about.prepared);
    expect(await look(about, { since })).toMatchObject({ outcome: 'unknown' });
  });
});
