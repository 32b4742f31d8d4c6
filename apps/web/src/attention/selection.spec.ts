import { type AttentionItem, type CauseCount } from './queries.js';
import { chosenOf, countOf, isChosen, NOTHING, toggled } from './selection.js';

const item = (id: string, cause: AttentionItem['cause']) => ({ id, cause }) as AttentionItem;
const one = item('1', 'late');
const two = item('2', 'late');
const other = item('3', 'unconfirmed');
const shown = [one, two, other];
const causes = [
  { cause: 'late', count: 40 },
  { cause: 'unconfirmed', count: 2 },
] as CauseCount[];

test('one by one', () => {
  const first = toggled(NOTHING, one, shown);
  expect(shown.map((each) => isChosen(first, each))).toEqual([true, false, false]);
  expect(toggled(first, one, shown)).toEqual(NOTHING);
});

test('all of a cause counts what is not on the screen as well', () => {
  expect(countOf({ kind: 'cause', cause: 'late' }, causes)).toBe(40);
  expect(countOf({ kind: 'all' }, causes)).toBe(42);
});

test('all of a cause but one is what is on the screen without it', () => {
  expect(toggled({ kind: 'cause', cause: 'late' }, two, shown)).toEqual({ kind: 'some', ids: ['1'] });
  expect(toggled({ kind: 'cause', cause: 'late' }, other, shown)).toEqual({ kind: 'some', ids: ['1', '2', '3'] });
});

test('a whole cause or everything is asked for by the filter that found it', () => {
  expect(chosenOf({ kind: 'cause', cause: 'late' }, { platform: 'bluesky' })).toEqual({
    filter: { platform: 'bluesky', cause: 'late' },
  });
  expect(chosenOf({ kind: 'all' }, { text: 'x' })).toEqual({ filter: { text: 'x' } });
  expect(chosenOf({ kind: 'some', ids: ['1'] }, { text: 'x' })).toEqual({ ids: ['1'] });
});
