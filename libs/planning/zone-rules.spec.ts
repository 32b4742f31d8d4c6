import fc from 'fast-check';
import { localOf, systemZoneRules, type ZoneRules } from '#kernel';
import { type Schedule } from './post-content.js';
import { dueOf } from './due.js';
import { movedByRules, type StoredDue } from './zone-rules.js';

const NOW = new Date('2026-06-01T00:00:00Z');
const ZONES = Intl.supportedValuesOf('timeZone');
const HOUR_MS = 3_600_000;

const chosen = (at: string, timeZone: string): StoredDue => {
  const schedule: Schedule = { at, timeZone };
  return dueOf(schedule, { zone: 'UTC', now: NOW })!;
};

/** As if a zone had given up summer time for good from 2027 on, and stayed at its offset of January. */
const withoutSummerTime: ZoneRules = {
  version: '2027a',
  offset: (zone, instant) =>
    systemZoneRules.offset(zone, instant < Date.parse('2027-01-01') ? instant : Date.parse('2026-01-15')),
};

describe('rule 19: due times follow the rules of their zone, and nothing else', () => {
  const instants = fc.date({ min: NOW, max: new Date('2031-05-01'), noInvalidDate: true });

  it('under unchanged rules nothing moves: whatever local time was chosen, in whatever zone, gaps and overlaps included', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), fc.integer({ min: -90, max: 90 }), (instant, zone, minutes) => {
        // A local time as a person writes it; by the minutes, some do not exist.
        const local = new Date(Date.parse(`${localOf(instant, zone).slice(0, 16)}Z`) + minutes * 60_000);
        fc.pre(local > new Date(NOW.getTime() + 2 * 24 * HOUR_MS));
        expect(movedByRules(chosen(local.toISOString().slice(0, 16), zone))).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('an instant that was chosen with its offset moves under no rules at all', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const due = chosen(instant.toISOString(), zone);
        expect(due.at).toEqual(instant);
        expect(movedByRules(due)).toBeUndefined();
        expect(movedByRules(due, withoutSummerTime)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('after a change the clocks show what was chosen, and a second look moves nothing', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const local = localOf(instant, zone).slice(0, 16);
        fc.pre(instant.getTime() > Date.parse('2027-01-03'));
        const due = chosen(local, zone);
        const at = movedByRules(due, withoutSummerTime);
        if (at === undefined) {
          expect(localOf(due.at, zone, withoutSummerTime)).toBe(due.local);
        } else {
          expect(localOf(at, zone, withoutSummerTime)).toBe(due.local);
          expect(movedByRules({ ...due, at }, withoutSummerTime)).toBeUndefined();
          // And when the change is taken back. Of an hour that is there twice, either shows it.
          expect(localOf(movedByRules({ ...due, at }) ?? at, zone)).toBe(due.local);
        }
      }),
      { numRuns: 1_000, examples: [[new Date('2029-10-28T00:00:00.000Z'), 'Asia/Famagusta']] },
    );
  });

  it('nine in the morning in Berlin stays nine in the morning', () => {
    const due = chosen('2027-07-01T09:00', 'Europe/Berlin');
    expect(due.at.toISOString()).toBe('2027-07-01T07:00:00.000Z');
    expect(movedByRules(due, withoutSummerTime)?.toISOString()).toBe('2027-07-01T08:00:00.000Z');
    expect(movedByRules(chosen('2027-12-01T09:00', 'Europe/Berlin'), withoutSummerTime)).toBeUndefined();
  });

  it.each([
    ['the second of two equal times, by its offset', '2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00.000Z'],
    ['the first of them, by its offset', '2026-10-25T02:30:00+02:00', '2026-10-25T00:30:00.000Z'],
    ['the first of them, by the clock', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['a time that the clocks skip', '2027-03-28T02:30', '2027-03-28T01:30:00.000Z'],
  ])('%s is taken as documented, and stays', (_name, at, expected) => {
    const due = chosen(at, 'Europe/Berlin');
    expect(due.at.toISOString()).toBe(expected);
    expect(movedByRules(due)).toBeUndefined();
  });

  it('a second of two equal times that was stored by its local time stays as well', () => {
    const due = { at: new Date('2026-10-25T01:30:00Z'), timeZone: 'Europe/Berlin', local: '2026-10-25T02:30:00' };
    expect(movedByRules(due)).toBeUndefined();
  });

  it('a time that new rules skip is taken as moved forward by the gap', () => {
    const skipping: ZoneRules = {
      version: '2027a',
      offset: (_zone, instant) => (instant < Date.parse('2027-02-01T08:00:00Z') ? 60 : 120),
    };
    const due = chosen('2027-02-01T09:30', 'Europe/Berlin');
    const at = movedByRules(due, skipping);
    expect(at).toBeUndefined();
    expect(localOf(due.at, 'Europe/Berlin', skipping)).toBe('2027-02-01T10:30:00');
  });

  it.each([
    ['sent again by a person', { at: new Date('2027-09-01T09:00:00Z') }],
    ['of a zone that is not known here', { timeZone: 'Mars/Olympus' }],
    ['without a local time', { local: 'now' }],
  ])('one %s is left alone', (_name, change) => {
    expect(movedByRules({ ...chosen('2027-07-01T09:00', 'Europe/Berlin'), ...change })).toBeUndefined();
  });
});
