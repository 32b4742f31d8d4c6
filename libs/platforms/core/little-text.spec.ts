import { countDraft } from './counting.js';
import { decodeLittleText, encodeLittleText } from './little-text.js';
import { type TextLimit } from './manifest.js';

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
describe("LinkedIn's form of a text", () => {
  it.each([
    ['nothing', '', ''],
    ['plain words', 'Grüße, 日本! 👋🏽 100 %', 'Grüße, 日本! 👋🏽 100 %'],
    ['every reserved sign', '\\|{}@[]()<>#*_~', '\\\\\\|\\{\\}\\@\\[\\]\\(\\)\\<\\>\\#\\*\\_\\~'],
    ['a hashtag', 'Fresh #bread.', 'Fresh {hashtag|\\#|bread}.'],
    ['a wide hashtag', 'Frisch ＃パン', 'Frisch {hashtag|＃|パン}'],
    ['a hashtag with an underscore', '#fresh_bread', '{hashtag|\\#|fresh\\_bread}'],
    ['two hashtags in brackets', '(#a #b)', '\\({hashtag|\\#|a} {hashtag|\\#|b}\\)'],
    ['a number that is none', 'We are #1', 'We are \\#1'],
    ['a sign within a word', 'C#sharp', 'C\\#sharp'],
    ['an address with a fragment', 'https://a.example/#top', 'https://a.example/\\#top'],
    ['a mention, which stays text', '@[Acme](urn:li:organization:1)', '\\@\\[Acme\\]\\(urn:li:organization:1\\)'],
    ['a template that somebody typed', '{hashtag|\\#|x}', '\\{hashtag\\|\\\\\\#\\|x\\}'],
  ])('writes %s', (_what, text, encoded) => {
    expect(encodeLittleText(text)).toBe(encoded);
    expect(decodeLittleText(encoded)).toBe(text);
  });

  it('reads the template as pages show it too, with the sign as it is', () => {
    expect(decodeLittleText('The future of {hashtag|#|Technology}')).toBe('The future of #Technology');
  });

  it('counts what is written for LinkedIn, and not what people read', () => {
    const limit: TextLimit = { max: 20, unit: 'utf16', emptyAlone: false, emptyWithAttachment: true };
    const draft = { text: '(a) #b', settings: {} };
    expect(countDraft(draft, limit).length).toBe(6);
    expect(countDraft(draft, { ...limit, encoding: 'little-text' }).length).toBe('\\(a\\) {hashtag|\\#|b}'.length);
  });
});
