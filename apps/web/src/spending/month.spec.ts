import { boundsOf, monthIn, monthInWords, monthsLater, readMonth } from './month.js';

describe('a month', () => {
  it('is that of the clocks of the zone', () => {
    const at = new Date('2026-11-30T23:30:00Z');
    expect(monthIn('UTC', at)).toBe('2026-11');
    expect(monthIn('Europe/Berlin', at)).toBe('2026-12');
  });

  it('is read from an address, where it is one', () => {
    expect(['2026-11', '2026-13', '2026', 'now', 7, undefined].map(readMonth)).toEqual([
      '2026-11',
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
  });

  it('reaches from its first instant to that of the next, also where the clocks change', () => {
    expect(boundsOf('2026-10', 'Europe/Berlin')).toEqual({ from: '2026-09-30T22:00:00Z', to: '2026-10-31T23:00:00Z' });
    expect(boundsOf('2026-12', 'UTC')).toEqual({ from: '2026-12-01T00:00:00Z', to: '2027-01-01T00:00:00Z' });
    expect(monthsLater('2026-01', -1)).toBe('2025-12');
  });

  it('is named as people name it', () => expect(monthInWords('2026-11', 'en')).toBe('November 2026'));
});
