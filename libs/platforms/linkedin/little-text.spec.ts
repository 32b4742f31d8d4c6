import fc from 'fast-check';
import { countDraft, decodeLittleText, encodeLittleText } from '#platforms/core';
import { practiceDraft } from '#platforms/testing';
import { adapter } from './adapter.js';
import { postBody } from './content.js';
import { MAX_TEXT, postLimits } from './formats.js';
import { draft, failureOf, Practice } from './practice.fixture.js';
import { readLittleText } from './sandbox/little-text.js';

/** What people type: words, signs that LinkedIn reserves, hashtags, addresses, emoji, and pieces of LinkedIn's own form. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.stringMatching(/^[\\|{}@[\]()<>#*_~ ]{0,6}$/),
  fc.stringMatching(/^#[\p{L}\p{N}_]{1,6}$/u),
  fc.constantFrom(
    '\n',
    '＃',
    '#',
    '\\#',
    '{hashtag|\\#|',
    '{hashtag|#|x}',
    '@[Acme](urn:li:organization:1)',
    'x_y',
    '👩‍👩‍👧‍👦',
    'é',
  ),
  fc.constantFrom('https://a.example/#top_1', 'www.a.example/(x)', 'mailto:a@b.example', '#1', '#1st', 'a#b', '##x'),
);
const typed = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
describe('nothing that a person types is left out', () => {
  it('comes back from LinkedIn as it was typed, whatever it is', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(readLittleText(encodeLittleText(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is known again by its encoded form', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(decodeLittleText(encodeLittleText(text))).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never longer than LinkedIn takes, where it is found to be right', () => {
    const long = fc.array(piece, { minLength: 100, maxLength: 600 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(long, (text) => {
        const post = draft({ text });
        const { commentary } = postBody(post, 'urn:li:person:a', []);
        const { length, max } = countDraft(post, postLimits.text);
        expect(length).toBe(String(commentary as string).length);
        expect(max).toBe(MAX_TEXT);
        const isRefused = adapter.validate(post, postLimits).some(({ rule }) => rule === 'linkedin.text-too-long');
        expect(isRefused).toBe(length > MAX_TEXT);
      }),
      { numRuns: 100 },
    );
  });
});

describe('practice LinkedIn reads by itself', () => {
  it.each([
    ['a bracket', 'up from 4 % today (EPRI, 2024)', 'up from 4 % today '],
    ['an address of a mail', 'write to me@b.example', 'write to me'],
    ['an underscore', 'see a_b', 'see a'],
    ['a backslash before a letter', 'a\\b', 'a'],
    ['a backslash at the end', 'a\\', 'a'],
    ['an open template', 'a {hashtag|\\#|b', 'a '],
    ['a template of something else', 'a {mention|b}', 'a '],
    ['a sign within a template', 'a {hashtag|\\#|b_c}', 'a '],
  ])('and drops without a word all that follows %s', (_what, commentary, shown) => {
    expect(readLittleText(commentary)).toBe(shown);
  });

  it.each([
    ['Hello @[Acme Corp](urn:li:organization:1234)!', 'Hello Acme Corp!'],
    ['the future of {hashtag|#|Technology}', 'the future of #Technology'],
    ['#bread and ＃パン', '#bread and ＃パン'],
  ])('and knows the elements of the page: %s', (commentary, shown) => {
    expect(readLittleText(commentary)).toBe(shown);
  });
});

describe('a text at the limit', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await Practice.start();
  });
  afterAll(() => practice.sandbox.close());

  it('goes out whole, and one sign more is refused by LinkedIn as it is by ClickPost', async () => {
    const ctx = await practice.organization();
    const text = `${'('.repeat(1_490)}#bread`;
    const fits = practiceDraft({ text: text + 'x'.repeat(MAX_TEXT - encodeLittleText(text).length) }).draft;
    expect(adapter.validate(fits, postLimits)).toEqual([]);
    await practice.publish(ctx, fits);
    expect(practice.sandbox.visible('linkedin')).toMatchObject([{ text: fits.text }]);
    const tooLong = { ...fits, text: `${fits.text}x` };
    expect(adapter.validate(tooLong, postLimits)).toMatchObject([{ rule: 'linkedin.text-too-long', field: 'text' }]);
    const failure = await failureOf(practice.publish(ctx, tooLong));
    expect(failure).toMatchObject({ kind: 'content', platformCode: 'FIELD_LENGTH_TOO_LONG' });
  });
});
