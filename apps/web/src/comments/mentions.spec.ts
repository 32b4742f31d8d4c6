import { fitting, mentionedIn, mentionQueryAt, piecesOf, withMention } from './mentions.js';

const ada = { id: '1', name: 'Ada Lovelace' };
const adam = { id: '2', name: 'Adam' };

it.each([
  ['@', 1, { start: 0, words: '' }],
  ['Hi @ad', 6, { start: 3, words: 'ad' }],
  ['Hi @ad later', 6, { start: 3, words: 'ad' }],
  ['@Ada Lo', 7, { start: 0, words: 'Ada Lo' }],
  ['a@b', 3, undefined],
  ['nobody', 6, undefined],
  ['@ alone', 7, undefined],
  ['@ada\nnext', 9, undefined],
])('in %j with the caret at %d somebody mentions %j', (text, caret, query) =>
  expect(mentionQueryAt(text, caret)).toEqual(query),
);

it('names fit by the beginning of any of their words', () => {
  expect(fitting([ada, adam], 'ada')).toEqual([ada, adam]);
  expect(fitting([ada, adam], 'LOVE')).toEqual([ada]);
  expect(fitting([ada, adam], 'dam')).toEqual([]);
});

it('a name takes the place of what was typed, and the caret stands behind it', () => {
  const query = mentionQueryAt('Hi @ad, look', 6)!;
  expect(withMention('Hi @ad, look', 6, query, ada)).toEqual({ text: 'Hi @Ada Lovelace , look', caret: 17 });
  expect(withMention('Hi @ad look', 6, { start: 3, words: 'ad' }, adam).text).toBe('Hi @Adam look');
});

it('only whose name still stands there is spoken to, once', () => {
  expect(mentionedIn('Hi @Ada Lovelace', [ada, adam, ada])).toEqual([ada]);
});

it('mentions stand apart in a text, the longest name first', () => {
  const pieces = piecesOf('x@Ada Lovelace y @Adam', [{ name: 'Ada' }, ada, adam]);
  expect(pieces).toEqual([
    { text: 'x', mention: false },
    { text: '@Ada Lovelace', mention: true },
    { text: ' y ', mention: false },
    { text: '@Adam', mention: true },
  ]);
  expect(piecesOf('no one', [ada])).toEqual([{ text: 'no one', mention: false }]);
});
