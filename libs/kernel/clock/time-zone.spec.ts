import fc from 'fast-check';
import { instantOf, isTimeZone, localOf, systemClock } from './index.js';

describe('isTimeZone', () => {
  it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'])('knows %s', (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });
  it.each(['', 'Berlin', '+01:00', 'Europe/Nowhere', 'local'])('refuses "%s"', (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});

describe('instantOf', () => {
  it.each([
    ['an ordinary time', '2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00:00.000Z'],
    ['a skipped time, moved forward', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['the minute before a gap', '2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['the minute after a gap', '2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['a doubled time, the first', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['the time after an overlap', '2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['a doubled time in the west', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['a gap of half an hour', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['a whole day that was skipped', '2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    ['seconds', '2026-07-01T09:00:30.5', 'UTC', '2026-07-01T09:00:30.500Z'],
  ])('takes %s', (_, local, zone, expected) => {
    expect(instantOf(local, zone).toISOString()).toBe(expected);
  });

  it.each(['2026-07-01', '2026-07-01T09:00Z', '2026-07-01T09:00+02:00', '2026-02-30T09:00', 'tomorrow'])(
    'refuses "%s"',
    (local) => {
      expect(() => instantOf(local, 'UTC')).toThrow(RangeError);
    },
  );

  it('refuses an unknown zone', () => {
    expect(() => instantOf('2026-07-01T09:00', 'Mars/Olympus')).toThrow('"Mars/Olympus" is not a time zone');
  });

  it('is the way back from localOf, save for the second of two equal times', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Casablanca'];
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        const local = localOf(instant, zone);
        const back = instantOf(local, zone);
        expect(localOf(back, zone)).toBe(local);
        expect(back.getTime()).toBeLessThanOrEqual(instant.getTime());
      }),
    );
  });
});

describe('systemClock', () => {
  it('never runs backwards', () => {
    const first = systemClock.monotonic();
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(first);
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000);
  });
});
