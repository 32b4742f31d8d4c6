import { type CommitContext, type JsonObject, type SegmentDraft } from '#platforms/core';
import { practiceDraft, practiceImage } from '#platforms/testing';
import { adapter } from './adapter.js';
import { chosen, Practice } from './practice.fixture.js';
import { type PreparedPin } from './publish.js';

let practice: Practice;
let ctx: CommitContext;
let draft: SegmentDraft;
let prepared: PreparedPin;
let since: Date;
const loaf = await practiceImage();
const text = 'Fresh bread';

beforeAll(async () => (practice = await Practice.start()));
beforeEach(async () => {
  ctx = await practice.account();
  const board = await chosen(ctx, 'board', 'Bikes');
  draft = practiceDraft({ text, link: 'https://example.com/a', settings: { board: { ...board } } }, [loaf]).draft;
  prepared = await practice.prepare(ctx, draft, [loaf]);
  since = practice.now();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const look = (claimed: readonly string[] = []) =>
  adapter.reconcile(ctx, { prepared, draft, since, claimed: new Set(claimed) });
const beside = (change: JsonObject = {}) =>
  practice.order('pin', {
    ...{ user: ctx.channelId ?? '', board: prepared.place.boardId, description: text, link: 'https://example.com/a' },
    ...change,
  });

// https://developers.pinterest.com/docs/api/v5/boards-list_pins
describe('after an unknown outcome', () => {
  it('finds the Pin by what it says', async () => {
    const { id } = await adapter.commit(ctx, prepared);
    expect(await look()).toMatchObject({ outcome: 'published', receipt: { id }, confidence: 'matched' });
  });

  it('finds it in the section where it was pinned, and not on the board', async () => {
    const board = await chosen(ctx, 'board', 'Bread and cakes');
    const section = await chosen(ctx, 'section', 'Rye', board.value);
    const inSection = practiceDraft({ text, settings: { board: { ...board }, section: { ...section } } }, [loaf]).draft;
    const other = await practice.prepare(ctx, inSection, [loaf]);
    const { id } = await adapter.commit(ctx, other);
    const input = { draft: inSection, since, claimed: new Set<string>() };
    expect(await adapter.reconcile(ctx, { ...input, prepared: other })).toMatchObject({ receipt: { id } });
    const { sectionId: _none, ...place } = other.place;
    const onBoard: PreparedPin = { ...other, place };
    expect(await adapter.reconcile(ctx, { ...input, prepared: onBoard })).toMatchObject({ outcome: 'absent' });
  });

  it('finds it behind more than one page of newer ones', async () => {
    const { id } = await adapter.commit(ctx, prepared);
    for (let number = 1; number <= 12; number += 1) await beside({ description: `Number ${number}` });
    expect(await look()).toMatchObject({ outcome: 'published', receipt: { id } });
  });

  it('takes nothing that is older, somebody else’s, saved from elsewhere, another’s or different', async () => {
    const claimed = await adapter.commit(ctx, prepared);
    await beside({ at: '2020-01-01T00:00:00Z' });
    await beside({ isOwner: false });
    await beside({ parent: '123' });
    await beside({ description: 'Stale bread' });
    await beside({ title: 'Another title' });
    await beside({ altText: 'Another' });
    expect(await look([claimed.id])).toMatchObject({ outcome: 'absent' });
  });

  it('cannot tell which it is where there are two', async () => {
    await adapter.commit(ctx, prepared);
    await beside();
    expect(await look()).toMatchObject({ outcome: 'unknown' });
  });

  it('leaves it open where nothing but the link is another: Pinterest may have changed it', async () => {
    await beside({ link: 'https://example.com/a?utm_source=pinterest' });
    expect(await look()).toMatchObject({ outcome: 'unknown' });
  });

  it('knows that nothing is on a board that is gone', async () => {
    await practice.order('board', { user: ctx.channelId ?? '', name: 'Bikes', deleted: true });
    expect(await look()).toMatchObject({ outcome: 'absent' });
  });

  // https://github.com/pinterest/api-quickstart/issues/78: "created_at":"2022-10-13T01:40:29"
  it('takes instants without a zone for UTC', async () => {
    const { id } = await adapter.commit(ctx, prepared);
    practice.altered = async (_request, answer) =>
      new Response((await answer.text()).replaceAll(/("created_at":"[^"]+)Z"/g, '$1"'), answer);
    expect(await look()).toMatchObject({ outcome: 'published', receipt: { id } });
  });

  it('cannot tell where it did not see every Pin, as they come in no order', async () => {
    const item = (number: number): JsonObject => ({
      id: String(number),
      created_at: number % 2 === 0 ? '2020-01-01T00:00:00' : since.toISOString(),
      description: `Number ${number}`,
      media: { media_type: 'image' },
    });
    let page = 0;
    practice.altered = () => {
      page += 1;
      return Response.json({ items: [item(page * 2), item(page * 2 + 1)], bookmark: `page-${page}` });
    };
    expect(await look()).toMatchObject({ outcome: 'unknown', evidence: { complete: false } });
    expect(page).toBe(4);
  });
});
