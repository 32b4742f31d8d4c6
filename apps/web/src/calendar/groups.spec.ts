import { type CalendarEntry, firstLine, groupEntries, wordsOf } from './groups.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const ALL = { channels: [], states: [] };

function entry(change: Partial<CalendarEntry>): CalendarEntry {
  return {
    id: 'p1',
    postId: 'post-1',
    postVersion: 1,
    channelId: 'c1',
    platform: 'bluesky',
    state: 'scheduled',
    dueAt: '2026-11-24T08:00:00.000Z',
    timeZone: 'Europe/Berlin',
    publishedAt: null,
    permalink: null,
    text: 'Hello',
    mediaId: null,
    mediaCount: 0,
    ...change,
  };
}

describe('groups', () => {
  it('gather what one post does at one time, in the order of time', () => {
    const groups = groupEntries(
      [
        entry({ id: 'a', postId: 'later', dueAt: '2026-11-25T08:00:00.000Z' }),
        entry({ id: 'b' }),
        entry({ id: 'c', channelId: 'c2', platform: 'mastodon', mediaId: 'm', mediaCount: 2 }),
        entry({ id: 'd', dueAt: '2026-11-24T09:00:00.000Z' }),
      ],
      ALL,
      NOW,
    );
    expect(groups.map(({ entries }) => entries.map(({ id }) => id))).toEqual([['b', 'c'], ['d'], ['a']]);
    expect(groups[0]).toMatchObject({ platforms: ['bluesky', 'mastodon'], mediaId: 'm', mediaCount: 2, movable: true });
  });

  it('tell the worst state first, and every other', () => {
    const states = ['published', 'held', 'failed', 'published'] as const;
    const [group] = groupEntries(
      states.map((state, index) => entry({ id: String(index), state })),
      ALL,
      NOW,
    );
    expect(group?.states).toEqual(['failed', 'held', 'published']);
  });

  it('are late when they should have gone out a while ago, and only then', () => {
    const shown = (dueAt: string, state: CalendarEntry['state']) =>
      groupEntries([entry({ dueAt, state })], ALL, NOW).map(({ states }) => states);
    expect(shown('2026-11-22T11:54:00.000Z', 'scheduled')).toEqual([['late']]);
    expect(shown('2026-11-22T11:58:00.000Z', 'scheduled')).toEqual([['scheduled']]);
    expect(shown('2026-11-22T11:00:00.000Z', 'published')).toEqual([['published']]);
    expect(shown('2026-11-22T11:00:00.000Z', 'held')).toEqual([['held']]);
  });

  it('say that the network still works on it, and that it was removed again', () => {
    const shown = (change: Partial<CalendarEntry>) =>
      groupEntries([entry({ dueAt: '2026-11-22T11:00:00.000Z', ...change })], ALL, NOW).map(({ states }) => states);
    const waitingFor = 'Instagram is processing the video.';
    expect(shown({ state: 'scheduled', waitingFor })).toEqual([['in-work']]);
    expect(shown({ state: 'committing', waitingFor })).toEqual([['in-work']]);
    expect(shown({ state: 'published', removedAt: '2026-11-22T11:30:00.000Z' })).toEqual([['removed']]);
  });

  it('say that something is left to do about what is out, and what, until it is removed', () => {
    const note = "It waits in @maker's inbox in the TikTok app until somebody finishes and posts it there.";
    const entries = [
      entry({ id: 'a', state: 'published', note }),
      entry({ id: 'b', channelId: 'c2', state: 'published', note }),
      entry({ id: 'c', channelId: 'c3', state: 'published' }),
    ];
    const [group] = groupEntries(entries, ALL, NOW);
    expect(group).toMatchObject({ states: ['noted', 'published'], notes: [note] });
    expect(group?.states.map((state) => wordsOf(state, group.notes))).toEqual([
      `Published, see note: ${note}`,
      'Published',
    ]);
    const removed = entry({ state: 'published', note, removedAt: '2026-11-22T11:30:00.000Z' });
    expect(groupEntries([removed], ALL, NOW)).toMatchObject([{ states: ['removed'], notes: [] }]);
  });

  it('say that media are made, or could not be made, and not only that something is held', () => {
    const shown = (heldReason: CalendarEntry['heldReason']) =>
      groupEntries([entry({ state: 'held', ...(heldReason && { heldReason }) })], ALL, NOW)[0]?.states;
    expect(shown('media-processing')).toEqual(['media-processing']);
    expect(shown('media-failed')).toEqual(['media-failed']);
    expect(shown('channel-paused')).toEqual(['held']);
  });

  it('show what the filter lets through, and still know whether the whole post may move', () => {
    const entries = [entry({ id: 'a' }), entry({ id: 'b', channelId: 'c2', state: 'published' })];
    const [group, ...none] = groupEntries(entries, { channels: [], states: ['scheduled'] }, NOW);
    expect(none).toEqual([]);
    expect(group?.entries.map(({ id }) => id)).toEqual(['a']);
    expect(group?.movable).toBe(false);
    expect(groupEntries(entries, { channels: ['c3'], states: [] }, NOW)).toEqual([]);
    expect(groupEntries(entries, { channels: ['c2'], states: ['published'] }, NOW)).toHaveLength(1);
  });
});

it('takes the first line that says something', () => {
  expect(firstLine('\n  \n  Hello there \nmore')).toBe('Hello there');
  expect(firstLine('  ')).toBe('');
});
