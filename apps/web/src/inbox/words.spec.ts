import { dueWords, nameOf, posts, waitingWords } from './words.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const people = (...names: string[]) => names.map((name) => ({ type: 'member' as const, id: name, name }));

describe('the words of the inbox', () => {
  it.each([
    ['2026-11-23T15:20:00Z', 'in 3 hours'],
    ['2026-11-25T12:00:00Z', 'in 2 days'],
    ['2026-11-23T11:59:00Z', '1 minute ago'],
  ])('tell when something is due (%s)', (dueAt, words) => {
    expect(dueWords(dueAt, NOW)).toBe(words);
  });

  it.each([
    [people('Ben'), 'Waits for Ben'],
    [people('Ben', 'Cleo'), 'Waits for Ben and Cleo'],
    [people('Ben', 'Cleo', 'Dan'), 'Waits for Ben and 2 others'],
    [[{ ...people('Ben')[0]!, delegate: { id: 'cleo', name: 'Cleo' } }], 'Waits for Cleo (for Ben)'],
    [[], 'Nobody is left who may approve'],
  ])('tell who is waited for (%#)', (waitingFor, words) => {
    expect(waitingWords({ state: 'pending', waitingFor })).toBe(words);
  });

  it('tell that changes were asked for, count posts, and name them by their first line', () => {
    expect(waitingWords({ state: 'changes-requested', waitingFor: [] })).toBe('Changes asked for');
    expect([posts(1), posts(5)]).toEqual(['1 post', '5 posts']);
    expect(nameOf({ text: ' Hello\nmore' })).toBe('Hello');
    expect(nameOf({ text: ' ' })).toBe('A post without text');
    expect(nameOf({ text: 'x'.repeat(100) })).toHaveLength(80);
  });
});
