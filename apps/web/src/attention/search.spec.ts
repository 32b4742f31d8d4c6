import { changed, periodStart, readAttentionSearch } from './search.js';

test('only what the screen knows is read from an address', () => {
  expect(readAttentionSearch({ find: 12345, cause: 'late', due: 'week', workspace: ' ', other: 'x' })).toEqual({
    find: '12345',
    cause: 'late',
    due: 'week',
  });
  expect(readAttentionSearch({ due: 'toString' })).toEqual({});
});

test('a channel is no longer chosen when its workspace is not', () => {
  expect(changed({ workspace: 'a', channel: 'c', find: 'x' }, 'workspace', 'b')).toEqual({ workspace: 'b', find: 'x' });
  expect(changed({ cause: 'late' }, 'cause', undefined)).toEqual({});
});

test('a period begins at a whole hour', () => {
  expect(periodStart('day', Date.parse('2026-05-04T09:31:00Z'))).toBe('2026-05-03T09:00:00.000Z');
});
