import { type ScheduleChoice } from './draft.js';
import { scheduleFindings, scheduleMeanings } from './schedule-rules.js';

const NOW = Date.parse('2026-11-22T15:00:00Z');
const time = (local: string, zone = 'Europe/Berlin'): ScheduleChoice => ({ kind: 'at', local, zone });

describe('scheduleFindings', () => {
  it.each([
    ['2026-11-22T15:59', 'past'],
    ['2026-11-22T16:00', 'past'],
    ['', 'time-missing'],
  ])('stands against "%s"', (local, rule) => {
    expect(scheduleFindings(time(local), NOW)).toMatchObject([{ rule, cause: { part: 'schedule' } }]);
  });

  it('lets a later time pass, and whatever has no time', () => {
    expect(scheduleFindings(time('2026-11-22T16:01'), NOW)).toEqual([]);
    expect(scheduleFindings({ ...time(''), kind: 'now' }, NOW)).toEqual([]);
    expect(scheduleFindings({ ...time('2020-01-01T00:00'), kind: 'draft' }, NOW)).toEqual([]);
  });

  it('knows that the same clock is later elsewhere', () => {
    expect(scheduleFindings(time('2026-11-22T15:30', 'America/New_York'), NOW)).toEqual([]);
  });
});

describe('scheduleMeanings', () => {
  const clocks = { device: 'Europe/Berlin', workspace: 'America/New_York' };

  it('tells the time where people are, unless their clocks show the same', () => {
    expect(scheduleMeanings(time('2026-11-24T09:00'), { device: 'Europe/Paris', workspace: 'Europe/Rome' })).toEqual(
      [],
    );
    const [device, workspace] = scheduleMeanings(time('2026-11-24T09:00', 'Asia/Tokyo'), clocks);
    expect(device).toMatch(/01:00.*where you are \(Berlin\)/);
    expect(workspace).toMatch(/(19:00|07:00 PM|7:00 PM).*for the workspace \(New York\)/);
  });

  it('tells what a change of the clocks does', () => {
    const same = { device: 'Europe/Berlin', workspace: 'Europe/Berlin' };
    expect(scheduleMeanings(time('2027-03-28T02:30'), same)).toEqual([
      'The clocks in Berlin skip this time: it goes out at 03:30.',
    ]);
    expect(scheduleMeanings(time('2027-10-31T02:30'), same)).toEqual([
      'The clocks in Berlin show this time twice: it goes out at the first.',
    ]);
  });
});
