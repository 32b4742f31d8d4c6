import { countersInSight, sharedCounters } from './counter-choice.js';
import { type Counter } from './counters.js';

const counted = (platform: string, max: number, left: number, level: Counter['level'] = 'ok') => ({
  channel: { platform },
  counter: { length: max - left, max, left, unit: 'characters' as const, level },
});

describe('counters of many channels', () => {
  it('counts once what is the same on several channels of a network', () => {
    const [page, other] = [counted('facebook', 63_206, 63_000), counted('facebook', 63_206, 63_000)];
    const threads = counted('threads', 500, 294);
    expect(sharedCounters([page, threads, other])).toEqual([
      { first: page, items: [page, other] },
      { first: threads, items: [threads] },
    ]);
  });

  it('counts apart what differs, and what happens to be equal on two networks', () => {
    const all = [counted('facebook', 500, 10), counted('facebook', 500, 20), counted('threads', 500, 20)];
    expect(sharedCounters(all)).toHaveLength(3);
  });

  it('shows the smallest limits, and every one that is near or beyond its limit', () => {
    const all = [
      counted('facebook', 63_206, 63_000),
      counted('x', 280, 74),
      counted('threads', 500, 294),
      counted('instagram', 2_200, 1_994),
      counted('bluesky', 300, 94),
      counted('youtube', 5_000, 10, 'near'),
      counted('linkedin', 3_000, -4, 'over'),
      counted('mastodon', 500, 294),
    ];
    const shown = countersInSight(sharedCounters(all)).map(({ first }) => first.channel.platform);
    expect(shown).toEqual(['x', 'threads', 'bluesky', 'youtube', 'linkedin', 'mastodon']);
  });

  it('hides none where there are few', () => {
    const few = ['a', 'b', 'c', 'd', 'e', 'f'].map((platform, index) => counted(platform, 100 + index, 50));
    expect(countersInSight(sharedCounters(few))).toHaveLength(few.length);
  });
});
