import fc from 'fast-check';
import { TidGenerator } from './tid.js';

const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

describe('TID', () => {
  it('encodes microseconds and clock id as the specification does', () => {
    // 2026-01-01T00:00:00Z = 1767225600000000 µs; the value is (µs << 10 | 23), five bits a character.
    const tid = new TidGenerator(23).next(new Date('2026-01-01T00:00:00Z'));
    const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
    const value = [...tid].reduce((sum, character) => (sum << 5n) | BigInt(alphabet.indexOf(character)), 0n);
    expect([value >> 10n, value & 1023n]).toEqual([1767225600000000n, 23n]);
  });

  it('is well-formed and greater than the one before, whatever the clock does', () => {
    const clock = fc.array(fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(clock, fc.integer({ min: 0, max: 1023 }), (times, clockId) => {
        const generator = new TidGenerator(clockId);
        const tids = times.map((time) => generator.next(time));
        expect(tids.every((tid) => TID.test(tid))).toBe(true);
        expect([...new Set(tids)].sort()).toEqual(tids);
      }),
    );
  });
});
