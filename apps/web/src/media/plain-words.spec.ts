import { plainWords } from './plain-words.js';

it.each([
  ['It has 12345678 bytes; 8000000 are allowed.', 'It has 12.3 MB; 8 MB are allowed.'],
  [
    'It is written anew with the best quality that fits into 1000000 bytes.',
    'It is written anew with the best quality that fits into 1 MB.',
  ],
  ['image/webp is not taken; it becomes image/png.', 'WEBP is not taken; it becomes PNG.'],
  ['video/quicktime becomes video/mp4.', 'MOV becomes MP4.'],
  ['It has 36152320 pixels; 24000000 are allowed.', 'It has 36152320 pixels; 24000000 are allowed.'],
  ['It has 732 bytes too many.', 'It has 732 bytes too many.'],
])('says “%s” as “%s”', (given, plain) => expect(plainWords(given)).toBe(plain));
