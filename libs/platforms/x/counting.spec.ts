import fc from 'fast-check';
import twitterText from 'twitter-text';
import { count, countDraft, weightedLinksIn } from '#platforms/core';
import { postPriceOf } from './body.js';
import { limits } from './limits.js';
import { manifest } from './manifest.js';
import { validate } from './validate.js';

// https://docs.x.com/fundamentals/counting-characters, and the third version of the rules that X publishes:
// https://github.com/twitter/twitter-text/blob/master/config/v3.json
const WEIGHT_ONE: readonly (readonly [number, number])[] = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
];
const URL_LENGTH = 23;
const EMOJI = ['👋', '👋🏽', '👩‍👩‍👧‍👦', '🇩🇪', '❤️', '1️⃣', '☕', '👨‍🎤', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'];
const LINKS = [
  'https://example.com',
  'http://example.com/very/long/path?with=a&query=too#and-more',
  'example.com/path',
  `https://example.com/${'a'.repeat(200)}`,
];

const weighted = (text: string): number => count(text, 'weighted');
const family = '👩‍👩‍👧‍👦';
const dashed = (length: number): string => 'xxxxxxxxxx-'.repeat(Math.ceil(length / 11)).slice(0, length);
const hiragana = 'あいうえおかきくけこ';

/** As the page has it: composed, each character by its weight. */
function byWeights(text: string): number {
  return [...text.normalize('NFC')].reduce((sum, character) => {
    const point = character.codePointAt(0) ?? 0;
    return sum + (WEIGHT_ONE.some(([from, to]) => point >= from && point <= to) ? 1 : 2);
  }, 0);
}

const letters = fc.string({
  unit: fc.constantFrom(...'abcÄßéЖאשَनไ日本語한글あア，。“”–—‘’…€™«»  \n', 'e\u0301', 'A\u030a', '\u2003', 'ﬁ'),
  maxLength: 120,
});

describe('how X counts', () => {
  it.each([
    ['café', 4],
    ['cafe\u0301', 4],
    ['Hello, world! 👋', 16],
    ['👾', 2],
    ['🙋🏽', 2],
    ['👨‍🎤', 2],
    [family, 2],
    ['日本', 4],
    ['“–”', 3],
    ['…', 2],
    ['https://example.com/very/long/path', 23],
  ])('%s as the page says: %i', (text, length) => expect(weighted(text)).toBe(length));

  // What the published conformance tests expect, in texts of our own making where theirs are long:
  // https://github.com/twitter/twitter-text/blob/master/conformance/validate.yml
  it.each([
    ['a text with a link', 'Hi http://test.co', 26],
    ['a link alone', 'http://test.co', 23],
    ['285 letters', dashed(285), 285],
    [
      'a link that is longer than it counts, in the middle',
      `${dashed(30)} http://www.twitter.com/jack ${dashed(40)}`,
      95,
    ],
    ['ten links', Array.from({ length: 10 }, () => 'https://www.twitter.com/aloha').join(' '), 239],
    ['160 letters that count twice', '诗'.repeat(160), 320],
    ['160 emoji', '😷'.repeat(160), 320],
    ['three letters and 160 that count twice', `the${'诗'.repeat(160)}`, 323],
    ['a letter that becomes one when composed', 'A\u0301B', 2],
    ['a letter that becomes three when composed', 'A\ufb2c', 4],
    ['letters, signs and a family', `H🐱☺${family}`, 7],
    ['emoji of the plane', '😷👾😡🔥💩', 10],
    ['emoji with a skin and a job', '🙋🏽👨‍🎤', 4],
    ['140 families', family.repeat(140), 280],
    ['a digit in a key', '1️⃣', 2],
    ['emoji of 2017, one of a flag', '🤪; 🧕; 🧕🏾; 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 14],
    ['a host without a scheme that is too long', `${'randomurl'.repeat(7)}s.com`, 68],
    [
      'a host of letters that count twice, too long',
      `${hiragana.repeat(12)} http://${hiragana.repeat(5)}あいう.com`,
      358,
    ],
    ['a host of letters that count twice', `${hiragana.repeat(12)} http://${hiragana.repeat(5)}あい.com`, 264],
    ['marks of direction around a link', '\u2066\u202ahttp://foobar.پاکستان/\u202c\u2069', 31],
    ['characters that no post may have', 'ABC\u202a\uffffABC\ufffe', 12],
  ])('%s', (_name, text, length) => expect(weighted(text)).toBe(length));

  it('counts every character by the published weights, composed', () => {
    fc.assert(
      fc.property(letters, (text) => {
        fc.pre(weightedLinksIn(text).length === 0);
        expect(weighted(text)).toBe(byWeights(text));
      }),
    );
  });

  it('counts each emoji as two and each link as 23, wherever they stand', () => {
    const piece = fc.oneof(
      fc.constantFrom(...EMOJI).map((text) => ({ text, length: 2 })),
      fc.constantFrom(...LINKS).map((text) => ({ text, length: URL_LENGTH })),
      letters
        .filter((text) => weightedLinksIn(text).length === 0)
        .map((text) => ({ text: text.trim(), length: byWeights(text.trim()) })),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.map((one) => `${one.text} `).join('');
        expect(weighted(text)).toBe(pieces.reduce((sum, { length }) => sum + length + 1, 0));
      }),
    );
  });

  it('does not care in which form a text was typed', () => {
    fc.assert(
      fc.property(letters, (text) => {
        expect(weighted(text.normalize('NFD'))).toBe(weighted(text.normalize('NFC')));
      }),
    );
  });

  it('counts a long text, in pieces, as the library counts it whole', () => {
    const word = fc.oneof(fc.constantFrom(...EMOJI, ...LINKS, '日本語、'), fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(fc.array(word, { minLength: 500, maxLength: 1_200 }), (words) => {
        const text = words.join(' ');
        expect(weighted(text)).toBe(twitterText.parseTweet(text).weightedLength);
        expect(weightedLinksIn(text)).toEqual(twitterText.extractUrls(text));
      }),
      { numRuns: 20 },
    );
  });

  it('counts what is longer than any post may be by its characters alone, as the library would take minutes', () => {
    expect(weighted('a.'.repeat(50_000))).toBe(100_000);
    expect(weighted('日。'.repeat(25_000))).toBe(100_000);
    expect(weightedLinksIn(`https://example.com/ ${'a.'.repeat(50_000)}`)).toEqual(['https://example.com/']);
  });

  it('refuses exactly what is longer than 280, as the counter in the composer has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 230, max: 290 }), letters, (filling, text) => {
        const draft = {
          text: `${'x'.repeat(filling)} ${text}`,
          link: 'https://example.com/a',
          media: [],
          settings: {},
        };
        const { length } = countDraft(draft, limits.text);
        const rules = validate({ ...draft, kind: 'post' }, manifest.limits).map(({ rule }) => rule);
        expect(rules.includes('x.text-too-long')).toBe(length > 280);
      }),
    );
  });
});

describe('what X charges more for', () => {
  // https://docs.x.com/x-api/getting-started/pricing: "Post: Create (with URL)".
  it.each([
    ['Fresh bread', 'post'],
    ['Fresh bread at https://example.com/bread', 'post-with-link'],
    ['Fresh bread at example.com', 'post-with-link'],
    ['Fresh bread at example.com/path, come', 'post-with-link'],
    ['Open 9.30 to 18.00, e.g. on Monday', 'post'],
    ['Write to mail@example.com', 'post'],
    ['See www.example.invalidtld', 'post'],
    ['これは日本語です。example.com中国語', 'post-with-link'],
    ['http://no-tld', 'post'],
    ['$FLOUR.CA', 'post'],
  ])('"%s": %s', (text, price) => expect(postPriceOf(text)).toBe(price));
});
