import { dayIn, eachDay, existingDay, instantsOf, layoutOf, rangeOf, step, titleOf } from './range.js';

const MONDAY = 1;
const SUNDAY = 7;

describe('the days that are shown', () => {
  it('are whole weeks around a month', () => {
    expect(rangeOf('month', '2026-11-22', MONDAY)).toEqual({ first: '2026-10-26', end: '2026-12-07' });
    expect(rangeOf('month', '2026-11-22', SUNDAY)).toEqual({ first: '2026-11-01', end: '2026-12-06' });
    // Four weeks that fit exactly.
    expect(rangeOf('month', '2027-02-14', MONDAY)).toEqual({ first: '2027-02-01', end: '2027-03-01' });
  });

  it('are the week that a day lies in', () => {
    expect(rangeOf('week', '2026-11-22', MONDAY)).toEqual({ first: '2026-11-16', end: '2026-11-23' });
    expect(rangeOf('week', '2026-11-22', SUNDAY)).toEqual({ first: '2026-11-22', end: '2026-11-29' });
  });

  it('begin with the day itself on a phone and in a list', () => {
    expect(layoutOf('week', true)).toBe('days');
    expect(rangeOf('days', '2026-11-22', MONDAY)).toEqual({ first: '2026-11-22', end: '2026-11-25' });
    expect(rangeOf('list', '2026-11-22', MONDAY)).toEqual({ first: '2026-11-22', end: '2026-12-20' });
  });

  it('begin and end at midnight of the zone, also when the clock changes between', () => {
    expect(instantsOf(rangeOf('month', '2027-03-10', MONDAY), 'Europe/Berlin')).toEqual({
      from: '2027-02-28T23:00:00Z',
      to: '2027-04-04T22:00:00Z',
    });
  });

  it('are told one by one', () => {
    expect(eachDay({ first: '2026-11-29', end: '2026-12-02' })).toEqual(['2026-11-29', '2026-11-30', '2026-12-01']);
  });
});

describe('going forward and back', () => {
  it('never leaves out a month, however long it is', () => {
    expect(step('month', '2027-01-31', 1)).toBe('2027-02-01');
    expect(step('month', '2027-03-31', -1)).toBe('2027-02-01');
  });

  it.each(['week', 'days', 'list'] as const)('by %s meets the range before without a gap', (layout) => {
    const here = rangeOf(layout, '2026-11-22', MONDAY);
    expect(rangeOf(layout, step(layout, '2026-11-22', 1), MONDAY).first).toBe(here.end);
    expect(rangeOf(layout, step(layout, '2026-11-22', -1), MONDAY).end).toBe(here.first);
  });
});

describe('days', () => {
  it('that do not exist become the last of their month', () => {
    expect(existingDay('2026-02-31')).toBe('2026-02-28');
  });

  it('are those of the zone', () => {
    const at = new Date('2026-11-22T23:30:00Z');
    expect(dayIn('Europe/Berlin', at)).toBe('2026-11-23');
    expect(dayIn('America/New_York', at)).toBe('2026-11-22');
  });

  it('have a name together', () => {
    expect(titleOf('month', '2026-11-22', rangeOf('month', '2026-11-22', MONDAY), true, 'en-GB')).toBe('November 2026');
    const week = rangeOf('week', '2026-11-24', MONDAY);
    expect(titleOf('week', '2026-11-24', week, true, 'en-GB').replaceAll('\u2009', ' ')).toMatch(
      /^23\s?–\s?29 Nov 2026$/,
    );
    expect(titleOf('week', '2026-11-24', week, false, 'en-GB')).not.toContain('2026');
  });
});
