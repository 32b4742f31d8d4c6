import fc from 'fast-check';
import { FAILURE_KINDS } from '#platforms/core';
import { nextLookMs, nextTry, RETRY_POLICY } from './retry-policy.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const waited = (at: Date | undefined): number => (at?.getTime() ?? Number.NaN) - NOW.getTime();

describe('the retry policy', () => {
  it('is this table', () => {
    const table = Object.fromEntries(
      Object.entries(RETRY_POLICY).map(([kind, { tries, baseMs, capMs }]) => [kind, [tries, baseMs, capMs]]),
    );
    expect(table).toEqual({
      auth: [1, 0, 0],
      permission: [1, 0, 0],
      'rate-limit': [12, MINUTE, 60 * MINUTE],
      media: [1, 0, 0],
      content: [1, 0, 0],
      duplicate: [1, 0, 0],
      unavailable: [12, 4 * SECOND, 15 * MINUTE],
      unknown: [3, 10 * SECOND, 5 * MINUTE],
    });
  });

  it.each(FAILURE_KINDS)('explains itself for %s', (kind) => {
    expect(RETRY_POLICY[kind].explanation).toMatch(/^[A-Z].*\.$/);
  });

  it.each(FAILURE_KINDS)('ends after the tries of %s', (kind) => {
    const { tries } = RETRY_POLICY[kind];
    const at = (n: number) => nextTry({ kind, tries: n, now: NOW, random: 0.5 });
    expect(at(tries)).toBeUndefined();
    expect(at(tries + 1)).toBeUndefined();
    if (tries > 1) expect(at(tries - 1)).toBeInstanceOf(Date);
  });

  const retried = fc.constantFrom(...FAILURE_KINDS.filter((kind) => RETRY_POLICY[kind].tries > 1));
  const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

  it('waits with full jitter: at least a moment, at most the doubled base and the cap', () => {
    fc.assert(
      fc.property(retried, fc.integer({ min: 1, max: 11 }), random, (kind, tries, draw) => {
        const { baseMs, capMs, tries: all } = RETRY_POLICY[kind];
        const at = nextTry({ kind, tries, now: NOW, random: draw });
        if (tries >= all) return at === undefined;
        const wait = waited(at);
        return wait >= 250 && wait <= Math.max(250, Math.min(capMs, baseMs * 2 ** (tries - 1)));
      }),
    );
  });

  it('spreads the waits over the whole span', () => {
    const at = (draw: number) => waited(nextTry({ kind: 'unavailable', tries: 4, now: NOW, random: draw }));
    expect(at(0)).toBe(250);
    expect(at(0.5)).toBe(16 * SECOND);
    expect(at(0.999)).toBeCloseTo(32 * SECOND, -2);
  });

  it("never comes before the platform's own time, and soon after it", () => {
    const hint = fc.integer({ min: 0, max: 7 * 24 * 3_600 });
    fc.assert(
      fc.property(retried, fc.integer({ min: 1, max: 2 }), random, hint, (kind, tries, draw, seconds) => {
        const retryAt = new Date(NOW.getTime() + seconds * SECOND);
        const wait = waited(nextTry({ kind, tries, now: NOW, random: draw, retryAt }));
        return wait >= seconds * SECOND && wait <= Math.max(seconds * SECOND, tries * SECOND);
      }),
    );
  });

  it('is not fooled by a hint that lies in the past over and over', () => {
    const wait = waited(nextTry({ kind: 'rate-limit', tries: 11, now: NOW, random: 0.999, retryAt: NOW }));
    expect(wait).toBeGreaterThan(10 * MINUTE);
  });
});

describe('nextLookMs', () => {
  it('grows from about a second to at most ten minutes', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (looks, random) => {
        const wait = nextLookMs(looks, random);
        return wait >= SECOND && wait <= 10 * MINUTE;
      }),
    );
    expect(nextLookMs(5, 0.5)).toBeGreaterThan(nextLookMs(2, 0.5));
  });
});
