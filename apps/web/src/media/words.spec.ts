import { bytesInWords, durationInWords, momentInWords, percentInWords, readMoment, remainingInWords } from './words.js';

describe('Words about media', () => {
  it.each([
    [0, '0 bytes'],
    [732, '732 bytes'],
    [4_200, '4 kB'],
    [4_240_000, '4.2 MB'],
    [512_000_000, '512 MB'],
    [2_147_483_648, '2.15 GB'],
  ])('say %d bytes as %s', (bytes, words) => expect(bytesInWords(bytes)).toBe(words));

  it.each([
    [1_200, 'a few seconds left'],
    [36_000, '40 seconds left'],
    [61_000, '2 minutes left'],
    [3_660_000, '1 hour 1 minute left'],
    [7_200_000, '2 hours left'],
  ])('say what remains of %d ms as %s', (ms, words) => expect(remainingInWords(ms)).toBe(words));

  it.each([
    [6_600, '0:07'],
    [760_000, '12:40'],
    [3_723_000, '1:02:03'],
  ])('show a duration of %d ms as %s', (ms, words) => expect(durationInWords(ms)).toBe(words));

  it('show and read a moment to a tenth of a second', () => {
    expect(momentInWords(7_340)).toBe('0:07.3');
    expect(momentInWords(59_960)).toBe('1:00.0');
    expect(['7.3', '0:07.3', '1:02:03', '12', ' 0:59,5 '].map(readMoment)).toEqual([
      7_300, 7_300, 3_723_000, 12_000, 59_500,
    ]);
    expect(['', 'soon', '1:2:3:4', '-1'].map(readMoment)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('round a percentage down: 100 % is said when all of it is there', () => {
    expect([0, 0.426, 0.999, 1].map(percentInWords)).toEqual(['0 %', '42 %', '99 %', '100 %']);
  });
});
