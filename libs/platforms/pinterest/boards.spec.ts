import { adapter } from './adapter.js';
import { chosen, failureOf, Practice } from './practice.fixture.js';

let practice: Practice;
beforeAll(async () => (practice = await Practice.start()));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

type Context = Awaited<ReturnType<Practice['account']>>;
const labels = async (ctx: Context, setting: string, query: string, of?: string) =>
  ((await adapter.lookup?.(ctx, setting, query, of)) ?? []).map(({ label }) => label);

// https://developers.pinterest.com/docs/api/v5/boards-list
describe('boards to choose from', () => {
  it('are all of them, from every page, but for the secret ones', async () => {
    const ctx = await practice.account();
    practice.sent.length = 0;
    const all = await labels(ctx, 'board', '');
    expect(all).toHaveLength(12);
    expect(all).toEqual(expect.arrayContaining(['Bread and cakes', 'Interiors']));
    expect(all).not.toContain('Plans');
    expect(practice.sent).toHaveLength(2);
    expect(new URL(practice.sent[1]?.url ?? '').searchParams.get('bookmark')).not.toBeNull();
  });

  it('are found by a part of their name, without regard to case and accents', async () => {
    const ctx = await practice.account();
    expect(await labels(ctx, 'board', ' CAFE ')).toEqual(['Café corner']);
    expect(await labels(ctx, 'board', 'nothing of this kind')).toEqual([]);
  });

  it('leave out those that are for ads, and say which are protected', async () => {
    const ctx = await practice.account();
    const user = ctx.channelId ?? '';
    await practice.order('board', { user, name: 'Ad-only Pins', isAdsOnly: true });
    await practice.order('board', { user, name: 'Only for me', privacy: 'PROTECTED' });
    expect(await labels(ctx, 'board', 'Ad-only')).toEqual([]);
    expect(await adapter.lookup?.(ctx, 'board', 'Only')).toMatchObject([{ label: 'Only for me', detail: 'Protected' }]);
  });
});

// https://developers.pinterest.com/docs/api/v5/board_sections-list
describe('sections to choose from', () => {
  it('are those of the chosen board', async () => {
    const ctx = await practice.account();
    const { value } = await chosen(ctx, 'board', 'Bread and cakes');
    expect(await labels(ctx, 'section', '', value)).toEqual(['Rye', 'Sourdough', 'Cakes']);
    expect(await labels(ctx, 'section', 'sour', value)).toEqual(['Sourdough']);
    const { value: bikes } = await chosen(ctx, 'board', 'Café corner');
    expect(await labels(ctx, 'section', '', bikes)).toEqual([]);
  });

  it('are none before a board is chosen', async () => {
    const ctx = await practice.account();
    expect(await labels(ctx, 'section', '')).toEqual([]);
  });

  it('says that a board is gone', async () => {
    const ctx = await practice.account();
    const { value } = await chosen(ctx, 'board', 'Bikes');
    await practice.order('board', { user: ctx.channelId ?? '', name: 'Bikes', deleted: true });
    expect(await failureOf(labels(ctx, 'section', '', value))).toMatchObject({ kind: 'content', platformCode: '404' });
  });
});
