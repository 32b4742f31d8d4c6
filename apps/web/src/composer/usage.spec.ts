import { isUsedUp, isWorthSaying, moreInWords, usageInWords } from './usage.js';

const usage = (used: number, limit = 25_000) => ({ what: 'posts in 24 hours', used, limit, resetsAt: null });

describe('the limits of the networks', () => {
  it('are said by themselves from half on', () => {
    expect([usage(0), usage(12_499), usage(12_500), usage(25_000)].map(isWorthSaying)).toEqual([
      ...[false, false, true, true],
    ]);
    expect(isUsedUp(usage(24_999))).toBe(false);
    expect(isUsedUp(usage(25_000))).toBe(true);
  });

  it('are said with separated numbers', () => {
    expect(usageInWords(usage(12_500), 'UTC')).toMatch(/^12.500 of 25.000 posts in 24 hours are used\.$/);
    expect(usageInWords(usage(25_000), 'UTC')).toMatch(
      /^All 25.000 posts in 24 hours are used\. .*when there is room again\.$/,
    );
  });

  it('of a day say until when, in the zone of whoever reads it', () => {
    const day = (used: number) => ({ ...usage(used, 100), what: 'uploads', resetsAt: '2026-11-24T08:00:00.000Z' });
    expect(usageInWords(day(60), 'Europe/Berlin')).toMatch(
      /^60 of 100 uploads are used, counted anew from .*09:00.* on\.$/,
    );
    expect(usageInWords(day(100), 'UTC')).toMatch(/^All 100 uploads are used\. What is due now goes out from .*08:00/);
  });

  it('are opened by words that say how many there are', () => {
    expect(moreInWords(false, 0, 4)).toBe('Limits of the networks');
    expect(moreInWords(false, 1, 3)).toBe('3 more limits');
    expect(moreInWords(false, 1, 1)).toBe('One more limit');
    expect(moreInWords(true, 0, 4)).toBe('Hide the limits of the networks');
    expect(moreInWords(true, 2, 4)).toBe('Show fewer limits');
  });
});
