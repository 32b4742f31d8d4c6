import { count, countDraft, linksIn, sentText } from './counting.js';
import { checkLimits } from './limits.js';
import { type PlatformManifest, type TextLimit } from './manifest.js';

const PLAIN: TextLimit = { max: 10, unit: 'graphemes', emptyAlone: false, emptyWithAttachment: true };
const FAMILY = '👩‍👩‍👧‍👦';
const LINK = 'https://example.com/a/long/way';

describe('counting', () => {
  it.each([
    ['graphemes', 2],
    ['code-points', 8],
    ['utf16', 12],
    ['bytes', 26],
  ] as const)('in %s', (unit, expected) => expect(count(`${FAMILY}a`, unit)).toBe(expected));

  it('is of the text alone where nothing else counts', () => {
    const draft = { text: FAMILY, link: LINK, settings: { warning: 'long' } };
    expect(countDraft(draft, PLAIN)).toEqual({ length: 1, max: 10 });
    expect(countDraft(draft, { ...PLAIN, maxBytes: 30 })).toEqual({ length: 1, max: 10, bytes: 25, maxBytes: 30 });
  });

  it('adds a link that is sent with the text, with what stands between them', () => {
    const limit = { ...PLAIN, maxBytes: 99, countsLink: { separator: ' → ' } };
    const draft = { text: 'Look', link: LINK, settings: {} };
    expect(sentText(draft, limit)).toBe(`Look → ${LINK}`);
    expect(countDraft(draft, limit)).toMatchObject({ length: 7 + LINK.length, bytes: 9 + LINK.length });
    expect(countDraft(draft, { ...limit, urlLength: 5 }).length).toBe(12);
    expect(countDraft({ ...draft, link: '' }, limit).length).toBe(4);
    expect(countDraft({ ...draft, text: '' }, limit).length).toBe(LINK.length);
    expect(countDraft({ ...draft, text: `${LINK}!` }, limit).length).toBe(LINK.length + 1);
  });

  it('adds the texts of the settings that count', () => {
    const limit = { ...PLAIN, maxBytes: 99, countsSettings: ['warning', 'title'] };
    const settings = { warning: 'é', title: 7, other: 'x' };
    expect(countDraft({ text: 'Look', settings }, limit)).toMatchObject({ length: 5, bytes: 6 });
  });

  it('shortens mentions only where the platform does', () => {
    const draft = { text: '@me@example.com', settings: {} };
    expect(countDraft(draft, PLAIN).length).toBe(15);
    expect(countDraft(draft, { ...PLAIN, shortMentions: true }).length).toBe(3);
  });

  it.each([
    ['👋🏽', 8],
    ['a👋🏽é', 10],
    [FAMILY, 25],
    ['🇩🇪', 8],
    ['1️⃣', 7],
    ['❤️ 1', 8],
    ['Grüße, Ελλάδα, 日本', 17],
  ])('counts the emoji of %s as their bytes where the platform does: %i', (text, expected) => {
    expect(countDraft({ text, settings: {} }, { ...PLAIN, emojiAsBytes: true }).length).toBe(expected);
  });

  it('puts the link into the text only beside what takes its field away', () => {
    const limit = {
      ...PLAIN,
      countsLink: { separator: ' ', onlyWith: { media: true, settings: ['poll', 'options'] } },
    };
    const draft = { text: 'Look', link: LINK, settings: {} };
    const both = `Look ${LINK}`;
    expect(sentText(draft, limit)).toBe('Look');
    expect(countDraft(draft, limit).length).toBe(4);
    expect(sentText({ ...draft, media: [] }, limit)).toBe('Look');
    expect(sentText({ ...draft, media: [{}] }, limit)).toBe(both);
    expect(sentText({ ...draft, settings: { poll: true } }, limit)).toBe(both);
    expect(sentText({ ...draft, settings: { poll: false, options: [] } }, limit)).toBe('Look');
    expect(countDraft({ ...draft, settings: { options: ['a'] } }, limit).length).toBe(both.length);
    expect(sentText({ ...draft, text: ' ' }, limit)).toBe(LINK);
  });

  it.each([
    [
      'Read https://example.com/a, then https://example.com/b?x=1.',
      ['https://example.com/a', 'https://example.com/b?x=1'],
    ],
    ['really https://example.com/?!', ['https://example.com/']],
    ['me@https://example.com', []],
  ])('finds the links of %j: %j', (text, links) => expect(linksIn(text)).toEqual(links));
});

describe('a text that is too long', () => {
  const text: TextLimit = { ...PLAIN, maxBytes: 20, countsLink: { separator: '\n' }, countsSettings: ['warning'] };
  const limits = { text, link: { supported: true, withMedia: true }, media: { maxCount: 0 } };
  const manifest = {
    id: 'wall',
    name: 'Wall',
    docs: 'https://wall.example/docs',
    verifiedOn: '2026-11-22',
    settings: [{ name: 'warning', label: 'Content warning', type: 'text', required: false }],
    limits,
  } as unknown as PlatformManifest;
  const messages = (draft: { text: string; link?: string; settings?: { warning: string } }) =>
    checkLimits({ kind: 'post', media: [], settings: {}, ...draft }, limits, manifest).map(({ message }) => message);

  it.each([
    [{ text: 'x'.repeat(11) }, ['The text is 11 characters long as Wall counts; 10 are allowed.']],
    [
      { text: 'x', link: 'https://a.de' },
      ['The text with its link is 14 characters long as Wall counts; 10 are allowed.'],
    ],
    [
      { text: 'x', link: 'https://a.de', settings: { warning: 'xxxxxxx' } },
      [
        'The text with its link and content warning is 21 characters long as Wall counts; 10 are allowed.',
        'The text with its link and content warning takes 21 bytes; Wall allows 20.',
      ],
    ],
    [{ text: 'x'.repeat(10) }, []],
  ])('says what was counted: %j', (draft, expected) => expect(messages(draft)).toEqual(expected));
});
