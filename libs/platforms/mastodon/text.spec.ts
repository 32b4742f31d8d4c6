import { countDraft } from '#platforms/core';
import fc from 'fast-check';
import { manifest } from './manifest.js';
import { countableLength } from './sandbox/render.js';
import { withLink } from './text.js';

const LIMIT = manifest.limits.text;
const LONG_URL = `https://example.com/${'a'.repeat(200)}`;

const countStatus = (text: string, spoilerText = '', limit = LIMIT): number =>
  countDraft({ text, settings: { spoilerText } }, limit).length;

describe('counting as Mastodon does', () => {
  it.each([
    ['', '', 0],
    ['hello', '', 5],
    ['👩‍👩‍👧‍👦🇩🇪é', '', 3],
    [LONG_URL, '', 23],
    [`see ${LONG_URL}.`, '', 4 + 23 + 1],
    [`(${LONG_URL})`, '', 25],
    ['https://en.wikipedia.org/wiki/Toot_(disambiguation)', '', 23],
    ['http://a.de http://b.de', '', 47],
    // No top-level domain, so no link for Mastodon.
    ['http://localhost:3000/', '', 22],
    ['@alice@mastodon.social hi', '', 9],
    ['@alice hi', '', 9],
    ['mail alice@example.com', '', 22],
    ['text', 'warning', 11],
  ])('%j with warning %j counts %i', (text, spoilerText, expected) => {
    expect(countStatus(text, spoilerText)).toBe(expected);
  });

  it("counts a link as the channel's server does", () => {
    expect(countStatus(LONG_URL, '', { ...LIMIT, urlLength: 40 })).toBe(40);
  });

  it('counts a link right behind a name as a link, as the practice server does', () => {
    const text = `@bob.${LONG_URL} @bob@mas.to.${LONG_URL}`;
    expect(countStatus(text)).toBe(countableLength(text));
  });

  it('agrees with the practice server on anything', () => {
    const piece = fc.constantFrom(
      'word',
      'ß',
      '👍🏽',
      ' ',
      '\n',
      '.',
      ',',
      '#tag',
      '@bob@mas.to',
      '@bob',
      LONG_URL,
      'https://a.de/?q=1&b=',
      ')',
    );
    // ASCII between the pieces: where a link ends that runs into rarer punctuation, no documentation says.
    const text = fc
      .array(fc.oneof(piece, fc.string({ unit: 'grapheme-ascii', maxLength: 4 })))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (value) => expect(countStatus(value)).toBe(countableLength(value))),
      { numRuns: 1_000 },
    );
  });
});

describe('a link', () => {
  it('goes behind the text, once, and counts there', () => {
    expect(withLink('Look', 'https://example.com/a')).toBe('Look\n\nhttps://example.com/a');
    expect(withLink('', 'https://example.com/a')).toBe('https://example.com/a');
    expect(withLink('Look: https://example.com/a!', 'https://example.com/a')).toBe('Look: https://example.com/a!');
    expect(withLink('https://example.com/ab', 'https://example.com/a')).toBe(
      'https://example.com/ab\n\nhttps://example.com/a',
    );
    expect(withLink('Look', undefined)).toBe('Look');
    for (const text of ['Look', '', `Look: ${LONG_URL}!`]) {
      const draft = { text, link: LONG_URL, settings: {} };
      expect(countDraft(draft, LIMIT)).toEqual({ length: countableLength(withLink(text, LONG_URL)), max: 500 });
    }
  });
});
