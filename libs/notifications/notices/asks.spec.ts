import fc from 'fast-check';
import { type ApproverKey } from '#planning';
import { type AskState, CLIENT_GAP_MS, planAsks, QUIET_MS, type Told } from './asks.js';

const NOW = new Date('2026-05-04T09:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (ms: number) => new Date(NOW.getTime() + ms);
const ben: ApproverKey = 'member:ben';
const cleo: ApproverKey = 'client:cleo@example.com';

const state = (more: Partial<AskState> = {}): AskState => ({
  ...{ now: NOW, due: at(100 * HOUR), since: at(-HOUR), decided: false, round: 1, step: 0, hash: 'a' },
  ...{ reminders: [24, 2], escalation: null, waiting: [{ key: ben, escalated: false }], told: [] },
  ...more,
});
const told = (more: Partial<Told> = {}): Told => ({
  ...{ asked: ben, round: 1, step: 0, hash: 'a', at: at(-HOUR), closedAt: null },
  ...more,
});
const why = (more: Partial<AskState>) => planAsks(state(more)).tell.map((one) => `${one.key} ${one.why}`);

describe('whom to tell that an approval waits for them', () => {
  it.each([
    ['at once when it is asked for', {}, 'requested'],
    ['not again', { told: [told()] }, undefined],
    ['at once in a new round', { round: 2, told: [told()] }, 'requested'],
    ['at once in another step', { step: 1, told: [told({ closedAt: at(-MINUTE) })] }, 'requested'],
    ['at once when it waits for them again', { told: [told({ closedAt: at(-MINUTE) })] }, 'requested'],
    ['at once when time runs short', { waiting: [{ key: ben, escalated: true }] }, 'escalation'],
    ['not while it is being changed', { hash: 'b', since: at(1 - QUIET_MS), told: [told()] }, undefined],
    ['when it was quiet after a change', { hash: 'b', since: at(-QUIET_MS), told: [told()] }, 'changed'],
    ['of a change that somebody decided about', { hash: 'b', since: NOW, decided: true, told: [told()] }, 'changed'],
    ['not where the change was taken back', { since: NOW, told: [told()] }, undefined],
    ['a day before', { due: at(24 * HOUR), told: [told()] }, 'reminder'],
    ['not earlier than that', { due: at(24 * HOUR + 1), told: [told()] }, undefined],
    ['once', { due: at(23 * HOUR), told: [told({ at: at(-HOUR + 1) })] }, undefined],
    ['of two that were missed, once', { due: at(HOUR), told: [told({ at: at(-48 * HOUR) })] }, 'reminder'],
    ['no more once it is due', { due: NOW, told: [told({ at: at(-48 * HOUR) })] }, undefined],
    ['not of a draft', { due: undefined, told: [told({ at: at(-48 * HOUR) })] }, undefined],
    ['instead of waiting for quiet', { due: at(24 * HOUR), hash: 'b', since: NOW, told: [told()] }, 'reminder'],
  ] as const)('%s', (_, more, reason) => {
    expect(why(more)).toEqual(reason === undefined ? [] : [`${ben} ${reason}`]);
  });

  it('sends clients no second mail within ten minutes, but for one that is asked for by hand', () => {
    const waiting = [{ key: cleo, escalated: false }];
    const soon = told({ asked: cleo, at: at(1 - CLIENT_GAP_MS) });
    const later = { tell: [], next: at(1) };
    expect(planAsks(state({ waiting, hash: 'b', told: [soon] }))).toMatchObject(later);
    expect(planAsks(state({ waiting, due: at(24 * HOUR - MINUTE), told: [soon] }))).toMatchObject(later);
    expect(planAsks(state({ waiting, step: 1, told: [soon] }))).toMatchObject(later);
    expect(why({ waiting, round: 2, told: [soon] })).toEqual([`${cleo} requested`]);
    expect(why({ waiting, hash: 'b', told: [told({ asked: cleo })] })).toEqual([`${cleo} changed`]);
  });

  it('closes what waits for somebody no more, once', () => {
    const gone = told({ asked: 'member:dora' });
    expect(planAsks(state({ told: [told(), gone] })).close).toEqual(['member:dora']);
    expect(planAsks(state({ told: [told(), { ...gone, closedAt: NOW }] })).close).toEqual([]);
    expect(planAsks(state({ waiting: [], told: [told()] })).close).toEqual([ben]);
  });

  it.each([
    ['the next reminder', { due: at(30 * HOUR) }, at(6 * HOUR)],
    ['the last reminder', { due: at(3 * HOUR) }, at(HOUR)],
    ['the escalation, where that is sooner', { due: at(30 * HOUR), escalation: 28 }, at(2 * HOUR)],
    ['the end of a change', { hash: 'b', since: at(-MINUTE) }, at(QUIET_MS - MINUTE)],
    ['nothing any more', { due: at(HOUR) }, undefined],
  ])('looks again at %s', (_, more, next) => {
    expect(planAsks(state({ told: [told()], ...more })).next).toEqual(next);
  });

  it('tells nobody twice, whatever has happened before and however often it looks', () => {
    const hours = (max: number) => fc.integer({ min: -max * 60, max: max * 60 }).map((minutes) => at(minutes * MINUTE));
    const some = fc.record({
      ...{ due: fc.option(hours(400), { nil: undefined }), since: hours(1), decided: fc.boolean() },
      ...{ round: fc.integer({ min: 1, max: 2 }), step: fc.nat(1), hash: fc.constantFrom('a', 'b') },
      reminders: fc.uniqueArray(fc.integer({ min: 1, max: 336 }), { maxLength: 5 }),
      told: fc.subarray([told(), told({ asked: cleo, closedAt: at(-MINUTE) })]),
      waiting: fc.subarray([
        { key: ben, escalated: false },
        { key: cleo, escalated: false },
      ]),
    });
    fc.assert(
      fc.property(some, (more) => {
        const before = state(more);
        const plan = planAsks(before);
        const names = new Set(plan.tell.map(({ key }) => key));
        const kept = before.told.filter(({ asked }) => !names.has(asked));
        const closed = kept.map((one) => (plan.close.includes(one.asked) ? { ...one, closedAt: NOW } : one));
        const now = plan.tell.map(({ key }) => told({ ...before, asked: key, at: NOW }));
        const again = planAsks({ ...before, told: [...closed, ...now] });
        expect(again).toMatchObject({ tell: [], close: [] });
      }),
    );
  });
});
