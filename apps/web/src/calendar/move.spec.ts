import { PUBLICATION_STATES } from '../ui/publication-state.js';
import { isPast, localAt, mayMove, moveToDay, scheduleAt, usualTime, whyImmovable } from './move.js';

const BERLIN = 'Europe/Berlin';

describe('moving to another day', () => {
  it.each([
    // Summer time ends on 25 October 2026, and begins on 28 March 2027.
    ['back to winter time', '2026-10-24T07:00:00Z', '2026-10-26', '2026-10-26T08:00:00Z'],
    ['into summer time', '2027-03-27T08:00:00Z', '2027-03-29', '2027-03-29T07:00:00Z'],
    ['backwards over a change', '2027-03-29T07:00:00Z', '2027-03-26', '2027-03-26T08:00:00Z'],
    ['within winter time', '2026-11-24T08:00:00Z', '2026-12-31', '2026-12-31T08:00:00Z'],
  ])('keeps what the clock shows: %s', (_name, from, day, to) => {
    expect(moveToDay(from, day, BERLIN)).toBe(to);
    expect(localAt(to, BERLIN).slice(11)).toBe(localAt(from, BERLIN).slice(11));
  });

  it('takes the next moment where the clock skips the time', () => {
    const to = moveToDay('2027-03-27T01:30:00Z', '2027-03-28', BERLIN);
    expect(localAt(to, BERLIN)).toBe('2027-03-28T03:30');
  });

  it('goes by the day of the zone that is looked at, not by that of UTC', () => {
    // 23:45 in Berlin is another day in UTC's evening; 00:15 in Kiritimati is the day before in UTC.
    expect(moveToDay('2026-11-28T22:45:00Z', '2026-11-30', BERLIN)).toBe('2026-11-30T22:45:00Z');
    expect(moveToDay('2026-11-27T10:15:00Z', '2026-12-01', 'Pacific/Kiritimati')).toBe('2026-11-30T10:15:00Z');
  });
});

describe('the schedule that is sent', () => {
  it('is what clocks show in the zone in which the time was chosen', () => {
    expect(scheduleAt('2026-11-24T08:00:00Z', 'America/New_York')).toEqual({
      at: '2026-11-24T03:00:00',
      timeZone: 'America/New_York',
    });
  });

  it('tells the second of two equal times by its offset', () => {
    expect(scheduleAt('2026-10-25T00:30:00Z', BERLIN).at).toBe('2026-10-25T02:30:00');
    expect(scheduleAt('2026-10-25T01:30:00Z', BERLIN).at).toBe('2026-10-25T02:30:00+01:00');
  });
});

describe('what may move', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');

  it('is past after a moment of grace', () => {
    expect(isPast('2026-11-22T11:58:59Z', now)).toBe(true);
    expect(isPast('2026-11-22T11:59:30Z', now)).toBe(false);
  });

  it('is what has not begun to go out', () => {
    expect(PUBLICATION_STATES.filter(mayMove).sort()).toEqual(['failed', 'held', 'preparing', 'ready', 'scheduled']);
  });

  it.each(PUBLICATION_STATES)('says why not for each state that may not: %s', (state) => {
    expect(whyImmovable(['scheduled', state]) === undefined).toBe(mayMove(state));
  });
});

describe('the usual time of a day', () => {
  it.each([
    ['nine on another day', '2026-11-24', '2026-11-22T15:50:00Z', '2026-11-24T09:00'],
    ['nine today, early', '2026-11-22', '2026-11-22T05:10:00Z', '2026-11-22T09:00'],
    ['the next half hour today', '2026-11-22', '2026-11-22T15:50:00Z', '2026-11-22T17:00'],
    ['the last minute late today', '2026-11-22', '2026-11-22T22:45:00Z', '2026-11-22T23:59'],
  ])('is %s', (_name, day, now, time) => {
    expect(usualTime(day, BERLIN, Date.parse(now))).toBe(time);
  });
});
