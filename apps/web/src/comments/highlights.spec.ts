import { cut } from './highlights.js';

const of = (start: number, end: number, id = `${start}-${end}`) => ({ id, start, end });

it.each([
  ['nothing', [], ['Good morning:']],
  ['one place', [of(5, 12)], ['Good :', 'morning:5-12']],
  ['two that overlap', [of(0, 7), of(5, 12)], ['Good :0-7', 'mo:0-7,5-12', 'rning:5-12']],
  ['one in another', [of(0, 12), of(5, 7)], ['Good :0-12', 'mo:0-12,5-7', 'rning:0-12']],
  ['places that are not there', [of(5, 50), of(7, 7), of(-1, 2)], ['Good morning:']],
])('%s', (_, highlights, expected) => {
  const pieces = cut('Good morning', highlights);
  expect(pieces.map(({ text, ids }) => `${text}:${ids.join(',')}`)).toEqual(expected);
  expect(pieces.map(({ text }) => text).join('')).toBe('Good morning');
});

it('an empty text has no pieces', () => expect(cut('', [of(0, 1)])).toEqual([]));
