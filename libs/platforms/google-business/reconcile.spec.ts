import { type CommitContext, type JsonObject, type Reconciliation, type SegmentDraft } from '#platforms/core';
import { adapter } from './adapter.js';
import { manifest } from './manifest.js';
import { draft, EVENING, failureOf, photo, Practice, text } from './practice.fixture.js';
import { type PreparedPost } from './publish.js';

const PERSON = 'Practice Person';
const BAKERY = 'Practice Bakery';

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.place();
});
afterAll(() => practice.sandbox.close());

// https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#LocalPostState
describe('a post that Google accepted', () => {
  it('is waited for while it is checked, and published when it is live', async () => {
    const { name, look } = await practice.accepted(ctx, draft(), [await photo()]);
    const pending = await look();
    if (pending.outcome !== 'pending') throw new Error(`It was ${pending.outcome}.`);
    expect(pending.checkAt.getTime()).toBeGreaterThan(practice.now().getTime());
    expect(pending.evidence).toMatchObject({ name, state: 'PROCESSING' });
    expect(practice.sandbox.visible(manifest.id)).toEqual([]);
    practice.pass(10_000);
    const ended = await look();
    expect(ended).toMatchObject({ outcome: 'published', confidence: 'certain', receipt: { id: name } });
    if (ended.outcome === 'published') expect(ended.receipt.permalink).toMatch(/^http/);
    expect(practice.sandbox.visible(manifest.id)).toHaveLength(1);
    // By its name alone: nothing else is read.
    expect(practice.sent.filter(({ url }) => url.pathname.endsWith('/localPosts'))).toHaveLength(1);
  });

  it('is refused in words where Google rejected it, with the policy', async () => {
    const { look } = await practice.accepted(ctx, draft({ text: 'Call us: 217 555 0100' }));
    practice.pass(10_000);
    const ended = await look();
    if (ended.outcome !== 'refused') throw new Error(`It was ${ended.outcome}.`);
    expect(ended.failure).toMatchObject({ kind: 'content', platformCode: 'REJECTED' });
    expect(ended.failure.remedy).toContain('phone numbers');
    expect(ended.failure.docs).toContain('support.google.com');
    expect(practice.sandbox.visible(manifest.id)).toEqual([]);
  });

  it('is asked about less often when it takes long, and never given up here', async () => {
    await practice.order('hold', { on: true });
    const { look } = await practice.accepted(ctx, draft());
    const waits: number[] = [];
    for (const pass of [10_000, 11 * 60_000, 20 * 3_600_000]) {
      practice.pass(pass);
      // The sign-in lasts for an hour.
      ctx.credentials = (await adapter.refresh?.(ctx))?.credentials ?? {};
      const looked = await look();
      if (looked.outcome !== 'pending') throw new Error(`It was ${looked.outcome}.`);
      waits.push(Math.round((looked.checkAt.getTime() - practice.now().getTime()) / 1000));
    }
    expect(waits).toEqual([30, 300, 300]);
  });

  it('that is gone is left to a person, once it cannot be a matter of moments any more', async () => {
    const { name, look } = await practice.accepted(ctx, draft(), [await photo()]);
    await practice.order('forget', { name });
    expect(await look()).toMatchObject({ outcome: 'pending', evidence: { found: false } });
    practice.pass(11 * 60_000);
    expect(await look()).toMatchObject({ outcome: 'unknown', evidence: { found: false } });
  });

  it('of a state that is not known here is waited for', async () => {
    const { look } = await practice.accepted(ctx, draft(), [await photo()]);
    practice.altered = async (_request, answer) =>
      Response.json({ ...((await answer.json()) as JsonObject), state: 'SCHEDULED' });
    expect(await look()).toMatchObject({ outcome: 'pending', evidence: { state: 'SCHEDULED' } });
  });

  it('is not taken for gone where it could not be read', async () => {
    const { look } = await practice.accepted(ctx, draft(), [await photo()]);
    practice.sandbox.faults.add({ operation: 'read', kind: 'refuse-unavailable' });
    expect(await failureOf(look())).toMatchObject({ kind: 'unavailable' });
  });
});

describe('a post whose answer was lost', () => {
  const claimed: ReadonlySet<string> = new Set();
  let prepared: PreparedPost;
  let since: Date;

  const look = (own: SegmentDraft = draft(), known = claimed): Promise<Reconciliation> =>
    adapter.reconcile(ctx, { prepared, draft: own, since, claimed: known });
  const beside = (fields: JsonObject, at?: Date) =>
    practice.order('post', { person: PERSON, title: BAKERY, fields, ...(at && { at: at.toISOString() }) });
  const update = { topicType: 'STANDARD', summary: 'Fresh bread' };

  beforeEach(async () => {
    prepared = await practice.prepare(ctx, draft());
    since = practice.now();
  });

  it('is found by what it says', async () => {
    const { name } = await beside({ ...update, summary: ' Fresh\r\nbread ' });
    expect(await look()).toMatchObject({ outcome: 'published', confidence: 'matched', receipt: { id: name } });
  });

  it('is absent where nothing is there', async () => {
    expect(await look()).toMatchObject({ outcome: 'absent', evidence: { looked: 0 } });
  });

  it.each<[string, JsonObject]>([
    ['another text', { ...update, summary: 'Stale bread' }],
    ['another kind', { ...update, topicType: 'OFFER' }],
    ['a button', { ...update, callToAction: { actionType: 'CALL' } }],
  ])('is not one with %s', async (_name, fields) => {
    await beside(fields);
    expect(await look()).toMatchObject({ outcome: 'absent', evidence: { looked: 1 } });
  });

  it('is not an older one, and not one of another publication', async () => {
    await beside(update, new Date(since.getTime() - 60_000));
    const { name } = await beside(update);
    expect(await look(draft(), new Set([text(name)]))).toMatchObject({ outcome: 'absent' });
  });

  it('stays open where several are the same', async () => {
    await beside(update);
    await beside(update);
    expect(await look()).toMatchObject({ outcome: 'unknown' });
  });

  it('of an event is one at the same time, though zeros are left out of what Google says', async () => {
    const own = draft({ settings: EVENING });
    prepared = await practice.prepare(ctx, own);
    const event = prepared.post.event as JsonObject;
    await beside({
      ...{ ...update, topicType: 'EVENT' },
      event: {
        ...event,
        title: EVENING.title ?? null,
        schedule: { ...(event.schedule as JsonObject), endTime: { hours: 22 } },
      },
    });
    expect(await look(own)).toMatchObject({ outcome: 'absent' });
    const { name } = await beside({ ...update, topicType: 'EVENT', event });
    expect(await look(own)).toMatchObject({ outcome: 'published', receipt: { id: name } });
  });

  it('is waited for where it is still checked, and refused where it was rejected', async () => {
    practice.sandbox.faults.add({ operation: 'commit', kind: 'accept-then-reset' });
    await practice.order('judge', { verdict: 'REJECTED' });
    await failureOf(adapter.commit(ctx, prepared));
    expect(await look()).toMatchObject({ outcome: 'pending' });
    practice.pass(10_000);
    expect(await look()).toMatchObject({ outcome: 'refused', failure: { platformCode: 'REJECTED' } });
  });

  it('is looked for on every page, as far back as it can be', async () => {
    for (let index = 0; index < 120; index += 1) await beside({ ...update, summary: `Loaf ${index}` });
    // Newest first: it is the last of all.
    const { name } = await beside(update, new Date(since.getTime() + 1));
    const looked = await look();
    expect(looked).toMatchObject({ outcome: 'published', receipt: { id: name } });
    expect(practice.sent.filter(({ url }) => url.searchParams.get('pageToken') !== null)).toHaveLength(1);
  });

  it('is looked for no further than needed', async () => {
    const old = new Date(since.getTime() - 3_600_000);
    for (let index = 0; index < 120; index += 1) await beside({ ...update, summary: `Loaf ${index}` }, old);
    expect(await look()).toMatchObject({ outcome: 'absent', evidence: { looked: 100 } });
  });
});
