import fc from 'fast-check';
import { PAUSES_SECONDS, retryAfterOf, verdictOf } from './retry.js';

const answered = (status: number | null, retryAfterSeconds?: number) => ({ status, retryAfterSeconds });

describe('what follows from a try', () => {
  it.each([200, 201, 204, 299])('%s is taken', (status) => {
    expect(verdictOf(answered(status), 10, 0)).toEqual({ state: 'delivered' });
  });

  it('is a pause that grows, and an end after ten tries', () => {
    for (const status of [null, 100, 301, 400, 404, 500]) {
      const verdicts = Array.from({ length: 10 }, (_, index) => verdictOf(answered(status), index + 1, 0));
      expect(verdicts).toEqual([
        ...PAUSES_SECONDS.map((seconds) => ({ state: 'waiting', seconds, asked: 0 })),
        { state: 'failed', gone: false },
      ]);
    }
    expect([...PAUSES_SECONDS]).toEqual([...PAUSES_SECONDS].sort((a, b) => a - b));
  });

  it('is the end at once for a receiver that is gone', () => {
    expect(verdictOf(answered(410), 1, 0)).toEqual({ state: 'failed', gone: true });
  });

  it('is what a busy receiver asks for, where that is longer, and not for ever', () => {
    expect(verdictOf(answered(429, 600), 1, 0)).toEqual({ state: 'waiting', seconds: 600, asked: 600 });
    expect(verdictOf(answered(503, 1), 2, 0)).toEqual({ state: 'waiting', seconds: 300, asked: 1 });
    expect(verdictOf(answered(503, 1e9), 1, 0)).toEqual({ state: 'waiting', seconds: 86_400, asked: 86_400 });
    expect(verdictOf(answered(500, 600), 1, 0)).toEqual({ state: 'waiting', seconds: 5, asked: 0 });
  });

  it('differs by chance, by a tenth at most', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 9 }), (chance, tries) => {
        const verdict = verdictOf(answered(500), tries, chance);
        const pause = PAUSES_SECONDS[tries - 1] ?? 0;
        return verdict.state === 'waiting' && verdict.seconds >= pause && verdict.seconds <= pause * 1.1;
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = new Date('2027-03-01T09:00:00Z');
  it.each([
    ['120', 120],
    [' 0 ', 0],
    ['Mon, 01 Mar 2027 09:02:00 GMT', 120],
    ['Mon, 01 Mar 2027 08:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['2027', 2027],
    ['', undefined],
    [null, undefined],
  ])('%j is %j seconds', (header, seconds) => {
    expect(retryAfterOf(header, now)).toBe(seconds);
  });
});
