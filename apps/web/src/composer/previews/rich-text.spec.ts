import { foldedPart, hostAndPath, hostOf, piecesOf, shortLink } from './rich-text.js';

const plain = { link: (address: string) => address, mention: (mention: string) => mention };
const shown = (text: string) => piecesOf(text, plain).map(({ kind, text: piece }) => `${kind}:${piece}`);

describe('piecesOf', () => {
  it('finds links, mentions and tags and leaves everything else as it is', () => {
    expect(shown('Hi @ada.bsky.social,\nsee https://example.com/a?b=1. #tea_time <b>')).toEqual([
      'text:Hi ',
      'mention:@ada.bsky.social',
      'text:,\nsee ',
      'link:https://example.com/a?b=1',
      'text:. ',
      'tag:#tea_time',
      'text: <b>',
    ]);
  });

  it('finds the same link twice, and no mention inside of one', () => {
    expect(shown('https://example.com/@ada https://example.com/@ada')).toEqual([
      'link:https://example.com/@ada',
      'text: ',
      'link:https://example.com/@ada',
    ]);
  });

  it.each(['ada@example.com', '#1', 'a#b', 'one @ two'])('finds nothing in %s', (text) => {
    expect(shown(text)).toEqual([`text:${text}`]);
  });

  it('shortens as the network does', () => {
    const look = { link: () => 'LINK', mention: () => '@ada' };
    expect(piecesOf('@ada@mastodon.social https://example.com', look)).toEqual([
      { kind: 'mention', text: '@ada' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'LINK' },
    ]);
  });
});

it('shortens links', () => {
  expect(shortLink('https://www.example.com/', 30)).toBe('example.com');
  expect(shortLink('https://example.com/a/very/long/path/indeed', 20)).toBe('example.com/a/very/l…');
  expect(hostAndPath('https://example.com/a/very/long/path/indeed')).toBe('example.com/a/very/long/...');
  expect(hostAndPath('https://example.com/')).toBe('example.com');
  expect(hostOf('https://www.example.com/a')).toBe('example.com');
  expect(hostOf('not an address')).toBe('not an address');
});

describe('foldedPart', () => {
  it('is undefined for what is seen whole', () => {
    expect(foldedPart('short', { characters: 5, lines: 1 })).toBeUndefined();
  });

  it('ends before a word', () => {
    expect(foldedPart('one two three four', { characters: 10 })).toBe('one two');
  });

  it('counts what people see', () => {
    expect(foldedPart('👨‍👩‍👧‍👦'.repeat(5), { characters: 5 })).toBeUndefined();
    expect(foldedPart('👨‍👩‍👧‍👦'.repeat(6), { characters: 5 })).toBe('👨‍👩‍👧‍👦'.repeat(5));
  });

  it('counts lines', () => {
    expect(foldedPart('a\nb\n\nc', { lines: 3 })).toBe('a\nb');
  });

  it('folds nothing that is short as the network counts, and never within a link', () => {
    const address = `https://example.com/${'a'.repeat(60)}`;
    const unless = { max: 40, unit: 'weighted' as const };
    expect(foldedPart(`Look at ${address}`, { characters: 40, unless })).toBeUndefined();
    expect(foldedPart(`Look at all of ${address} and then on`, { characters: 40, unless })).toBe('Look at all of');
  });
});
