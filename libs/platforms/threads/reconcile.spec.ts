import { type CommitContext, type Reconciliation } from '#platforms/core';
import { practiceDraft, practiceVideo } from '#platforms/testing';
import { adapter } from './adapter.js';
import { draft, Practice, preparing } from './practice.fixture.js';
import { type PreparedContainer } from './publish.js';

const HOUR = 3_600_000;

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const look = (
  ctx: CommitContext,
  prepared: PreparedContainer,
  since = new Date(practice.now().getTime() - 1_000),
  claimed: string[] = [],
): Promise<Reconciliation> => adapter.reconcile(ctx, { prepared, draft: draft(), since, claimed: new Set(claimed) });

// https://developers.facebook.com/documentation/threads/troubleshooting
describe('after a lost answer', () => {
  it('finds a post whose container was published, on whichever page of the list it stands', async () => {
    const ctx = await practice.profile();
    const prepared = await practice.prepare(ctx, draft({ text: 'The one' }));
    const receipt = await adapter.commit(ctx, prepared);
    const permalink = await adapter.permalink?.(ctx, receipt);
    expect(permalink).toMatch(/\/post\//);
    for (const text of ['A', 'B', 'C', 'D']) await practice.publish(ctx, draft({ text }));
    expect(await look(ctx, prepared)).toMatchObject({
      outcome: 'published',
      confidence: 'certain',
      receipt: { id: receipt.id, permalink },
      evidence: { status: 'PUBLISHED', same: [{ id: receipt.id }] },
    });
  });

  it('finds a reply among the replies', async () => {
    const ctx = await practice.profile();
    const root = await practice.publish(ctx, draft());
    const prepared = await practice.prepare(
      ctx,
      draft({ kind: 'reply', text: 'Two', replyTo: { root, parent: root } }),
    );
    const { id } = await adapter.commit(ctx, prepared);
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'published', receipt: { id } });
  });

  // https://developers.facebook.com/documentation/threads/retrieve-and-manage-replies: threads_read_replies for every GET.
  it('says that a reply is out without knowing which, where replies may not be read', async () => {
    const scopes = ['threads_basic', 'threads_content_publish', 'threads_manage_replies'];
    const ctx = await practice.profile({ scopes });
    const root = await practice.publish(ctx, draft());
    const prepared = await practice.prepare(
      ctx,
      draft({ kind: 'reply', text: 'Two', replyTo: { root, parent: root } }),
    );
    await adapter.commit(ctx, prepared);
    expect(await look(ctx, prepared)).toMatchObject({
      outcome: 'unknown',
      evidence: { status: 'PUBLISHED', notRead: 'The permission to read replies was not given.' },
    });
  });

  it('leaves a twin to the publication that owns it, and names none of two', async () => {
    const ctx = await practice.profile();
    const prepared = await practice.prepare(ctx, draft());
    const first = await adapter.commit(ctx, prepared);
    const twin = await practice.prepare(ctx, draft());
    const second = await adapter.commit(ctx, twin);
    expect(await look(ctx, twin, undefined, [first.id])).toMatchObject({ receipt: { id: second.id } });
    expect(await look(ctx, twin)).toMatchObject({ outcome: 'unknown' });
  });

  it('is sure that nothing went out while the container waits, and publishes the same one', async () => {
    const ctx = await practice.profile();
    const prepared = await practice.prepare(ctx, draft());
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'absent', evidence: { status: 'FINISHED' } });
    await adapter.commit(ctx, prepared);
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'published' });
  });

  it('is sure that nothing went out once the container has expired', async () => {
    const ctx = await practice.profile();
    const prepared = await practice.prepare(ctx, draft());
    practice.pass(25 * HOUR);
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'absent', evidence: { status: 'EXPIRED' } });
  });

  it('waits while the container is being published, but not for ever', async () => {
    const ctx = await practice.profile();
    const video = practiceVideo();
    const steps = new Map();
    await adapter.prepare(preparing(ctx, [video], steps), practiceDraft({}, [video]).draft).catch(() => undefined);
    const { id } = steps.get('container:1') as { id: string };
    const prepared: PreparedContainer = { containerId: id, type: 'VIDEO', text: '' };
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'pending', evidence: { status: 'IN_PROGRESS' } });
    const longAgo = new Date(practice.now().getTime() - 2 * HOUR);
    expect(await look(ctx, prepared, longAgo)).toMatchObject({ outcome: 'unknown' });
  });

  it('is told that the container failed after it was accepted', async () => {
    const ctx = await practice.profile();
    const video = practiceVideo({ refusedLate: true });
    const steps = new Map();
    await adapter.prepare(preparing(ctx, [video], steps), practiceDraft({}, [video]).draft).catch(() => undefined);
    const { id } = steps.get('container:1') as { id: string };
    practice.pass(10_000);
    expect(await look(ctx, { containerId: id, type: 'VIDEO', text: '' })).toMatchObject({
      outcome: 'refused',
      failure: { kind: 'media', platformCode: 'FAILED_PROCESSING_VIDEO' },
    });
  });

  it('does not guess where the container is not found', async () => {
    const ctx = await practice.profile();
    await practice.publish(ctx, draft());
    const prepared: PreparedContainer = { containerId: '17000000000000000', type: 'TEXT', text: 'Fresh bread' };
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'unknown', evidence: { status: 'not found' } });
  });
});
