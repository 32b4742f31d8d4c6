import { type Quota } from '#platforms/core';
import { bucketMs, countersOf, roomAt, usedUp } from './quota.js';

const MINUTE = 60_000;
const quota = (change: Partial<Quota> = {}): Quota => ({
  scope: 'channel',
  what: 'posts of one account',
  limit: 3,
  windowMs: 50 * MINUTE,
  docs: 'https://docs.example/limits',
  ...change,
});
const now = new Date('2026-11-01T12:00:00Z');
const ago = (minutes: number, used: number) => ({ bucket: new Date(now.getTime() - minutes * MINUTE), used });
const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE);

describe('a quota', () => {
  it.each([
    ['nothing used', [], 0, undefined],
    ['one left', [ago(10, 1), ago(5, 1)], 0, undefined],
    ['all used: room when the oldest leaves the window', [ago(10, 1), ago(5, 2)], 0, inMinutes(41)],
    ['more used than it was: room when enough of it left', [ago(10, 1), ago(5, 3)], 0, inMinutes(46)],
    ['the last one was taken a moment ago', [ago(10, 2)], 1, inMinutes(41)],
    ['all of it a moment ago', [], 3, inMinutes(51)],
  ])('%s', (_name, used, planned, expected) => {
    expect(roomAt(quota(), used, planned, now)).toEqual(expected);
  });

  it('has at most some fifty buckets', () => {
    for (const windowMs of [1_000, 300_000, 3_600_000, 86_400_000, 7]) {
      expect(Math.ceil(windowMs / bucketMs({ windowMs }))).toBeLessThanOrEqual(50);
    }
  });

  it('is told with what it is and until when', () => {
    expect(usedUp('Bluesky', quota({ limit: 1_666, windowMs: 3_600_000 }), now)).toBe(
      'The quota of Bluesky is used up until 2026-11-01T12:00:00.000Z: 1,666 posts of one account in one hour.',
    );
    expect(usedUp('Mastodon', quota({ limit: 300, windowMs: 300_000 }), now)).toContain('in 5 minutes.');
  });
});

describe('whose quota it is', () => {
  const publisher = { platform: 'bluesky', practice: false, account: 'did:1', app: 'app-1' };
  const keys = (change: Partial<typeof publisher> = {}, scope: Quota['scope'] = 'channel'): string[] =>
    countersOf([quota({ scope })], { ...publisher, ...change }).map(({ key }) => key);

  it('is the account’s, whatever app', () => {
    expect(keys({ app: 'app-2' })).toEqual(keys());
    expect(keys({ account: 'did:2' })).not.toEqual(keys());
  });
  it('is the app’s, whatever account', () => {
    expect(keys({ account: 'did:2' }, 'app')).toEqual(keys({}, 'app'));
    expect(keys({ app: 'app-2' }, 'app')).not.toEqual(keys({}, 'app'));
  });
  it('is not shared by practice and what is real, nor by two platforms', () => {
    for (const scope of ['channel', 'app'] as const) {
      expect(keys({ practice: true }, scope)).not.toEqual(keys({}, scope));
      expect(keys({ platform: 'mastodon' }, scope)).not.toEqual(keys({}, scope));
    }
  });
});
