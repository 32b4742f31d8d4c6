import { type CommentItem, type ItemAnchor } from './item.js';
import { highlightsIn, numbersOf, pinsOn } from './places.js';

const thread = (id: string, anchor: Partial<ItemAnchor> | null, resolvedAt: string | null = null): CommentItem => ({
  ...{ id, text: 'x', author: { type: 'member', name: 'Ada' }, mentions: [], attachments: [], replies: [] },
  ...{ createdAt: '', editedAt: null, resolvedAt, resolvedBy: null, deleted: false },
  anchor: anchor && { type: 'text', revision: 1, outdated: false, ...anchor },
});
const words = (more: Partial<ItemAnchor> = {}): Partial<ItemAnchor> => ({ part: 0, start: 1, end: 3, ...more });

it.each<[string, CommentItem, boolean]>([
  ['about the text', thread('a', words()), true],
  ['about another part', thread('a', words({ part: 1 })), false],
  ['about what is gone', thread('a', words({ outdated: true })), false],
  ['that is resolved', thread('a', words(), 'then'), false],
  ['about a channel that has no text of its own', thread('a', words({ channelId: 'x' })), true],
  ['about a channel that has one', thread('a', words({ channelId: 'y' })), false],
  ['about nothing in particular', thread('a', null), false],
])('of the common text, a thread %s', (_, one, isThere) => {
  const found = highlightsIn([one], { channelId: null, part: 0, elsewhere: ['y'] });
  expect(found).toEqual(isThere ? [{ id: 'a', start: 1, end: 3 }] : []);
});

it('of a channel’s own text, only what is about it', () => {
  const threads = [
    thread('a', words()),
    thread('b', words({ channelId: 'y' })),
    thread('c', words({ channelId: 'x' })),
  ];
  expect(highlightsIn(threads, { channelId: 'y', part: 0 }).map(({ id }) => id)).toEqual(['b']);
});

it('points are numbered through, over all images', () => {
  const on = (mediaId: string) => ({ type: 'image' as const, mediaId, x: 0.1, y: 0.2 });
  const threads = [thread('a', on('m')), thread('b', words()), thread('c', on('n')), thread('d', on('m'), 'then')];
  expect([...numbersOf(threads)]).toEqual([
    ['a', 1],
    ['c', 2],
  ]);
  expect(pinsOn(threads, 'n')).toEqual([{ id: 'c', number: 2, x: 0.1, y: 0.2 }]);
  expect(pinsOn(threads, 'm').map(({ id }) => id)).toEqual(['a']);
});
