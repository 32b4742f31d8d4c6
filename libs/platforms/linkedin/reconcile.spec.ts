import { type CommitContext, type Reconciliation, type SegmentDraft } from '#platforms/core';
import { practiceDraft, practiceImage } from '#platforms/testing';
import { adapter } from './adapter.js';
import { REPEATABLE_MS } from './manifest.js';
import { draft, failureOf, Practice } from './practice.fixture.js';
import { type Prepared } from './publish.js';
import { timeOfUrn } from './urns.js';

const MINUTE = 60_000;
const image = await practiceImage();

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

interface Look {
  since?: Date;
  claimed?: string[];
  duplicate?: { of?: string };
}

const look = (ctx: CommitContext, prepared: Prepared, { since, claimed = [], duplicate }: Look = {}) =>
  adapter.reconcile(ctx, {
    prepared,
    draft: draft(),
    since: since ?? new Date(practice.now().getTime() - 1_000),
    claimed: new Set(claimed),
    ...(duplicate && { duplicate }),
  });

/** What the second request with the same content is answered. */
const duplicateOf = async (ctx: CommitContext, prepared: Prepared): Promise<string> => {
  const failure = await failureOf(adapter.commit(ctx, prepared));
  expect(failure).toMatchObject({ kind: 'duplicate', platformCode: 'DUPLICATE_POST' });
  return failure.duplicateOf ?? '';
};

// The example of https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api is of September 2021.
describe('the time in an id', () => {
  it.each([
    ['urn:li:share:6844785523593134080', '2021-09-18'],
    ['urn:li:ugcPost:7431329065766260736', '2026-02-22'],
  ])('of %s is %s', (urn, day) => expect(timeOfUrn(urn)?.toISOString().slice(0, 10)).toBe(day));

  it.each(['urn:li:share:7', 'urn:li:person:abc', ''])('is none of "%s"', (urn) =>
    expect(timeOfUrn(urn)).toBeUndefined(),
  );
});

describe('a post of an organization, after a lost answer', () => {
  it('is found by what it says and shows, on whichever page of the list it stands', async () => {
    const ctx = await practice.organization();
    const prepared = await practice.prepare(ctx, draft({ text: 'The one (really) #bread' }));
    const receipt = await adapter.commit(ctx, prepared);
    for (const text of ['A', 'B', 'C', 'D']) await practice.publish(ctx, draft({ text }));
    expect(await look(ctx, prepared)).toMatchObject({
      outcome: 'published',
      confidence: 'matched',
      receipt: { id: receipt.id, permalink: receipt.permalink },
      evidence: { postsRead: 5, same: [{ id: receipt.id }] },
    });
  });

  it('is another where its files are others, though its text is the same', async () => {
    const ctx = await practice.organization();
    const { draft: withImage } = practiceDraft({ text: 'Fresh bread' }, [image]);
    const prepared = await practice.prepare(ctx, withImage, [image]);
    await practice.publish(ctx, draft());
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'absent', evidence: { postsRead: 1 } });
    const { id } = await adapter.commit(ctx, prepared);
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'published', receipt: { id } });
  });

  it('is none that is older, claimed or of another page', async () => {
    const ctx = await practice.organization();
    const prepared = await practice.prepare(ctx, draft());
    const { id } = await adapter.commit(ctx, prepared);
    expect(await look(ctx, prepared, { claimed: [id] })).toMatchObject({ outcome: 'absent' });
    const later = new Date(practice.now().getTime() + MINUTE);
    expect(await look(ctx, prepared, { since: later })).toMatchObject({
      outcome: 'absent',
      evidence: { postsRead: 0 },
    });
  });

  it('cannot be told where the role has ended', async () => {
    const ctx = await practice.organization();
    const prepared = await practice.prepare(ctx, draft());
    await adapter.commit(ctx, prepared);
    const { personId = '' } = ctx.credentials;
    await practice.order('roles', { person: personId, organization: 'Practice Bakery', role: 'ANALYST' });
    expect(await failureOf(look(ctx, prepared))).toMatchObject({ kind: 'permission' });
  });
});

// "Content is a duplicate of urn:li:share:…": LinkedIn refuses the identical post and names the one that is there.
describe('a duplicate, on a page of an organization', () => {
  it('is ours where it was published since the first request', async () => {
    const ctx = await practice.organization();
    const prepared = await practice.prepare(ctx, draft());
    const { id } = await adapter.commit(ctx, prepared);
    const of = await duplicateOf(ctx, prepared);
    expect(of).toBe(id);
    expect(await look(ctx, prepared, { duplicate: { of } })).toMatchObject({ outcome: 'published', receipt: { id } });
  });

  it.each([
    [
      'older',
      (id: string): Look => ({ since: new Date(Date.now() + MINUTE), duplicate: { of: id } }),
      /published before/,
    ],
    ['claimed', (id: string): Look => ({ claimed: [id], duplicate: { of: id } }), /another publication/],
  ])('is a refusal in words where it is %s', async (_what, given, words) => {
    const ctx = await practice.organization();
    const prepared = await practice.prepare(ctx, draft());
    const { id } = await adapter.commit(ctx, prepared);
    const looked = await look(ctx, prepared, given(id));
    expect(looked).toMatchObject({ outcome: 'refused', failure: { kind: 'duplicate', duplicateOf: id } });
    expect(looked.outcome === 'refused' && looked.failure.message).toMatch(words);
  });

  // People have met ids behind which there is nothing: https://github.com/ComposioHQ/composio/issues/2710
  it('is not believed where nobody finds the post that it names', async () => {
    const ctx = await practice.organization();
    const prepared = await practice.prepare(ctx, draft());
    const ghost = `urn:li:share:${String((BigInt(practice.now().getTime()) << 22n) + 7n)}`;
    expect(await look(ctx, prepared, { duplicate: { of: ghost } })).toMatchObject({
      outcome: 'unknown',
      evidence: { duplicateOf: ghost, duplicate: 'not found' },
    });
    expect(await look(ctx, prepared, { duplicate: {} })).toMatchObject({ outcome: 'unknown' });
  });
});

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api: r_member_social is closed.
describe('a post of a member, after a lost answer', () => {
  it('is sent again for ten minutes, and then known by nobody; nothing is read', async () => {
    const ctx = await practice.member();
    const prepared = await practice.prepare(ctx, draft());
    const since = practice.now();
    const asked = practice.asked.length;
    const looked = await look(ctx, prepared, { since });
    expect(looked).toMatchObject({ outcome: 'repeatable', until: new Date(since.getTime() + REPEATABLE_MS) });
    practice.pass(REPEATABLE_MS);
    expect(await look(ctx, prepared, { since })).toMatchObject({ outcome: 'unknown' });
    expect(practice.asked).toHaveLength(asked);
  });

  it('that was published is named by the second answer, and taken for ours', async () => {
    const ctx = await practice.member();
    const prepared = await practice.prepare(ctx, draft());
    const since = practice.now();
    const { id } = await adapter.commit(ctx, prepared);
    const of = await duplicateOf(ctx, prepared);
    expect(await look(ctx, prepared, { since, duplicate: { of } })).toMatchObject({
      outcome: 'published',
      confidence: 'matched',
      receipt: { id, permalink: expect.stringContaining(id) as string },
    });
    expect(practice.sandbox.visible('linkedin')).toHaveLength(1);
  });

  it('is not the one that was there before, nor one that another publication owns', async () => {
    const ctx = await practice.member();
    const earlier = await practice.publish(ctx, draft());
    practice.pass(MINUTE);
    const prepared = await practice.prepare(ctx, draft());
    const since = practice.now();
    const of = await duplicateOf(ctx, prepared);
    expect(of).toBe(earlier.id);
    for (const given of [{ since }, { since: new Date(since.getTime() - 2 * MINUTE), claimed: [of] }]) {
      const looked = await look(ctx, prepared, { ...given, duplicate: { of } });
      expect(looked).toMatchObject({ outcome: 'refused', failure: { kind: 'duplicate', duplicateOf: of } });
    }
  });

  it('cannot be told where LinkedIn names nothing', async () => {
    const ctx = await practice.member();
    const prepared = await practice.prepare(ctx, draft());
    expect(await look(ctx, prepared, { duplicate: {} })).toMatchObject({ outcome: 'unknown' });
    const other = await look(ctx, prepared, { duplicate: { of: 'urn:li:activity:7' } });
    expect(other).toMatchObject({ outcome: 'refused', failure: { kind: 'duplicate' } });
  });
});

describe('a comment, after a lost answer', () => {
  const below = (id: string): SegmentDraft =>
    draft({ kind: 'comment', text: 'More (here)', replyTo: { root: { id }, parent: { id } } });

  it('of an organization is found below the post', async () => {
    const ctx = await practice.organization();
    const root = await practice.publish(ctx, draft());
    const prepared = await practice.prepare(ctx, below(root.id));
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'absent', evidence: { commentsRead: 0 } });
    const { id } = await adapter.commit(ctx, prepared);
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'published', receipt: { id } });
    expect(await look(ctx, prepared, { claimed: [id] })).toMatchObject({ outcome: 'absent' });
    await adapter.commit(ctx, prepared);
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'unknown' });
  });

  it('of a member is known by nobody', async () => {
    const ctx = await practice.member();
    const root = await practice.publish(ctx, draft());
    const prepared = await practice.prepare(ctx, below(root.id));
    expect(await look(ctx, prepared)).toMatchObject({ outcome: 'unknown' } satisfies Partial<Reconciliation>);
  });
});
