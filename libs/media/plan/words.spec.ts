import { bytesWords, tooManyBytes, typeWords } from './words.js';

it.each([
  [999, '999 bytes'],
  [1, '1 byte'],
  [1_000_000, '1 MB'],
  [12_345_678, '12.3 MB'],
  [4_000_000_000, '4 GB'],
])('%d bytes are %s', (bytes, words) => expect(bytesWords(bytes)).toBe(words));

it.each([
  [12_345_678, 8_000_000, 'It has 12.3 MB; 8 MB are allowed'],
  [1_040_000, 1_000_000, 'It has 1.04 MB; 1 MB are allowed'],
  [2_000_010, 2_000_000, 'It has 2,000,010 bytes; 2,000,000 bytes are allowed'],
  [976_600, 976_560, 'It has 976.6 kB; 976.56 kB are allowed'],
])('%d in place of %d is told in as many digits as show it', (bytes, allowed, words) => {
  expect(tooManyBytes(bytes, allowed)).toBe(words);
});

it('types are called as people call them, and others by their name', () => {
  expect(['image/png', 'video/quicktime', 'application/pdf', 'text/x-odd'].map(typeWords)).toEqual([
    ...['PNG', 'MOV', 'PDF', 'text/x-odd'],
  ]);
});
