import { localAt, meaningOf, quickChoices, readLocal, sameClock } from './zoned-time.js';

describe('meaningOf', () => {
  it.each([
    ['an ordinary time', '2026-07-01T09:00', '2026-07-01T07:00:00Z', 'exact', '2026-07-01T09:00'],
    ['a skipped time, moved forward', '2026-03-29T02:30', '2026-03-29T01:30:00Z', 'skipped', '2026-03-29T03:30'],
    ['a doubled time, the first', '2026-10-25T02:30', '2026-10-25T00:30:00Z', 'doubled', '2026-10-25T02:30'],
    ['the minute after both', '2026-10-25T03:00', '2026-10-25T02:00:00Z', 'exact', '2026-10-25T03:00'],
  ])('reads %s', (_, local, at, kind, shown) => {
    expect(meaningOf(local, 'Europe/Berlin')).toEqual({ at, kind, shown });
  });

  it.each([
    ['', 'Europe/Berlin'],
    ['2026-02-30T09:00', 'Europe/Berlin'],
    ['2026-07-01T09:00', 'Mars/Olympus'],
  ])('is undefined for "%s" in %s', (local, zone) => {
    expect(meaningOf(local, zone)).toBeUndefined();
  });
});

it('tells what clocks show at an instant', () => {
  expect(localAt('2026-03-29T01:30:00Z', 'Europe/Berlin')).toBe('2026-03-29T03:30');
  expect(localAt('2026-12-31T23:30:00.123Z', 'Asia/Kathmandu')).toBe('2027-01-01T05:15');
});

describe('quickChoices', () => {
  const locals = (now: string, zone: string) => quickChoices(now, zone).map(({ local }) => local);

  it('counts days as the zone does, and tells Monday once when it is tomorrow', () => {
    // A Sunday evening in Europe is Monday already in Auckland.
    expect(locals('2026-11-22T15:41:20Z', 'Europe/Berlin')).toEqual(['2026-11-22T17:45', '2026-11-23T09:00']);
    expect(locals('2026-11-22T15:41:20Z', 'Pacific/Auckland')).toEqual([
      '2026-11-23T05:45',
      '2026-11-24T09:00',
      '2026-11-30T09:00',
    ]);
  });

  it('offers the hour that clocks show after a jump', () => {
    expect(locals('2026-03-29T00:50:00Z', 'Europe/Berlin')[0]).toBe('2026-03-29T03:50');
  });
});

it('compares clocks, not names', () => {
  expect(sameClock('2026-07-01T09:00:00Z', 'Europe/Berlin', 'Europe/Paris')).toBe(true);
  expect(sameClock('2026-07-01T09:00:00Z', 'Europe/Berlin', 'Europe/London')).toBe(false);
});

describe('readLocal', () => {
  it.each([
    ['2026-11-24', '2026-11-24T09:00'],
    ['2026-11-24T14:30', '2026-11-24T14:30'],
    ['2026-11-24 14:30:00', '2026-11-24T14:30'],
    ['2026-13-24T14:30', undefined],
    ['tomorrow', undefined],
  ])('reads %s', (text, local) => {
    expect(readLocal(text)).toBe(local);
  });
});
