import fc from 'fast-check';
import { detectFacets } from './richtext.js';

type Facet = { index: { byteStart: number; byteEnd: number }; features: [Record<string, string>] };

const accounts: Record<string, string> = { 'anna.test': 'did:plc:anna', 'shop.example.com': 'did:plc:shop' };
const resolve = async (handle: string) => accounts[handle];
const find = async (text: string) => (await detectFacets(text, resolve)) as unknown as Facet[];
const slice = (text: string, { index }: Facet) =>
  Buffer.from(text, 'utf8').subarray(index.byteStart, index.byteEnd).toString('utf8');
const found = async (text: string) =>
  (await find(text)).map((facet) => {
    const { $type, ...feature } = facet.features[0];
    return [slice(text, facet), $type?.split('#')[1], ...Object.values(feature)];
  });

describe('facets', () => {
  it.each([
    ['an emoji', '🎉 https://example.com/a'],
    ['a family joined by ZWJ', '👨‍👩‍👧‍👦 https://example.com/a'],
    ['a flag and a skin tone', '🇩🇪 👍🏽 https://example.com/a'],
    ['Chinese and Japanese', '你好、世界 こんにちは https://example.com/a'],
    ['combining marks', 'Cafe\u0301 a\u0308\u0323 https://example.com/a'],
    ['right-to-left text', 'שלום עולם https://example.com/a'],
  ])('counts bytes behind %s', async (_what, text) => {
    expect(await found(text)).toEqual([['https://example.com/a', 'link', 'https://example.com/a']]);
  });

  it('finds links, mentions and hashtags in any script', async () => {
    expect(await found('👋 @anna.test liest (example.com/ä) #größe ＃日本 $AAPL')).toEqual([
      ['@anna.test', 'mention', 'did:plc:anna'],
      ['example.com/ä', 'link', 'https://example.com/ä'],
      ['#größe', 'tag', 'größe'],
      ['＃日本', 'tag', '日本'],
      ['$AAPL', 'tag', '$AAPL'],
    ]);
  });

  it('leaves a handle that nobody has as plain text', async () => {
    expect(await found('hi @nobody.test and @Anna.TEST')).toEqual([]);
    expect(await found('hi @nobody.test and @anna.test')).toEqual([['@anna.test', 'mention', 'did:plc:anna']]);
  });

  it('gives every link a scheme, and leaves what is no address', async () => {
    expect(await found('httpbin.org/get')).toEqual([['httpbin.org/get', 'link', 'https://httpbin.org/get']]);
    expect(await found('https:///nowhere')).toEqual([]);
  });

  it('never marks a text twice', async () => {
    expect(await found('https://example.com/($AAPL)/b')).toEqual([
      ['https://example.com/($AAPL)/b', 'link', 'https://example.com/($AAPL)/b'],
    ]);
  });

  it('marks exactly the bytes of what it found, in order and apart, in any text', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('👩🏽‍🚀', 'e\u0301', '日本語', '\u200d', ' ', '\n', '(', ')', '.'),
      fc.constantFrom('https://example.com/ü?q=1', 'example.com', '@anna.test', '@shop.example.com', '#tag', '#größe!'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const text = pieces.join(' ');
        let end = 0;
        for (const facet of await find(text)) {
          const { uri, tag, did } = facet.features[0];
          const matched = slice(text, facet);
          if (uri !== undefined) expect([matched, `https://${matched}`]).toContain(uri);
          else if (tag !== undefined)
            expect([`#${tag}`, `＃${tag}`, tag.toLowerCase()]).toContain(
              tag.startsWith('$') ? matched.toLowerCase() : matched,
            );
          else expect(did).toBe(accounts[matched.slice(1)]);
          expect(facet.index.byteStart).toBeGreaterThanOrEqual(end);
          end = facet.index.byteEnd;
        }
      }),
      { numRuns: 300 },
    );
  });
});
