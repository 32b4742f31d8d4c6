import fc from 'fast-check';
import { count, countDraft } from '#platforms/core';
import { manifest } from './manifest.js';
import { lengthOf } from './sandbox/text.js';
import { validate } from './validate.js';

// https://developers.facebook.com/documentation/threads/posts#limitations: 500 characters, an emoji as its bytes in UTF-8.
const { text: limit } = manifest.limits;
const lengthIn = (text: string): number => countDraft({ text, settings: {} }, limit).length;

const EMOJI = ['👋', '👋🏽', '👩‍👩‍👧‍👦', '🇩🇪', '❤️', '1️⃣', '☕', '🏴‍☠️'];
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...EMOJI), fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom(' ', '\n')))
  .map((parts) => parts.join(''));
const plainText = fc.string({ unit: fc.constantFrom(...'abz ÄßéЖ日本\n'), maxLength: 600 });

describe('how Threads counts', () => {
  it.each([
    ['Grüße', 5],
    ['👋🏽', 8],
    ['👩‍👩‍👧‍👦', 25],
    ['🇩🇪', 8],
    ['a❤️b', 8],
  ])('%s as %i', (text, length) => expect(lengthIn(text)).toBe(length));

  it('counts never less than either reading of the page', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const length = lengthIn(text);
        expect(length).toBeGreaterThanOrEqual(count(text, 'graphemes'));
        expect(length).toBeLessThanOrEqual(count(text, 'bytes'));
      }),
    );
  });

  it('counts a text without emoji by what people see', () => {
    fc.assert(fc.property(plainText, (text) => expect(lengthIn(text)).toBe(count(text, 'graphemes'))));
  });

  it('counts every emoji as its bytes, wherever it stands', () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom(...EMOJI), fc.constantFrom('a', 'ß', '日')), { maxLength: 30 });
    fc.assert(
      fc.property(pieces, (parts) => {
        // A blank between them keeps two flags from becoming one.
        const expected = parts.reduce((sum, part) => sum + (EMOJI.includes(part) ? count(part, 'bytes') : 1) + 1, 0);
        expect(lengthIn(parts.map((part) => `${part} `).join(''))).toBe(expected);
      }),
    );
  });

  it('refuses exactly what is longer than 500, as the counter in the composer has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 520 }), anyText, (filling, text) => {
        const long = `${'x'.repeat(filling)} ${text}`;
        const rules = validate({ kind: 'post', text: long, media: [], settings: {} }, manifest.limits);
        expect(rules.some(({ rule }) => rule === 'threads.text-too-long')).toBe(lengthIn(long) > 500);
      }),
    );
  });

  it('lets nothing through that the practice network, which counts by itself, would refuse', () => {
    fc.assert(fc.property(anyText, (text) => expect(lengthOf(text.trim())).toBeLessThanOrEqual(lengthIn(text))));
  });
});
