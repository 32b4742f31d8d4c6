import fc from 'fast-check';
import { markedWords } from './marked.js';

const signs = { same: '', added: '+', removed: '-' };
const marked = (before: string, after: string) =>
  markedWords(before, after).map(({ kind, text }) => `${signs[kind]}${text}`);

it.each([
  ['the same', 'Good morning', 'Good morning', ['Good morning']],
  ['a word in place of another', 'Good morning', 'Good evening', ['Good ', '-morning', '+evening']],
  ['something new', '', 'Hello', ['+Hello']],
  ['all gone', 'Hello', '', ['-Hello']],
])('%s', (_, before, after, expected) => expect(marked(before, after)).toEqual(expected));

it('holds all of what was and all of what is', () => {
  const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'ü', '👋'), { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = markedWords(before, after);
      const without = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text);
      expect(without('added').join('')).toBe(before);
      expect(without('removed').join('')).toBe(after);
    }),
  );
});
