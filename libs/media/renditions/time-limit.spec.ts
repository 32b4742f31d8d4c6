import { type MediaFacts, type VideoFacts } from '../plan/facts.js';
import { MAX_TIME_MS, timeLimitMs } from './time-limit.js';

const video = (more: Partial<VideoFacts>): MediaFacts =>
  ({ kind: 'video', width: 1920, height: 1080, durationMs: 60_000, bytes: 30_000_000, ...more }) as VideoFacts;

describe('timeLimitMs', () => {
  it('gives more time to what is longer, larger in pixels or larger in bytes', () => {
    const usual = timeLimitMs(video({}));
    expect(timeLimitMs(video({ durationMs: 120_000 }))).toBeGreaterThan(usual);
    expect(timeLimitMs(video({ width: 3840, height: 2160 }))).toBeGreaterThan(usual * 3);
    expect(timeLimitMs(video({ bytes: 2_000_000_000 }))).toBeGreaterThan(usual);
  });

  it('gives a minute at the least, and three hours at the most', () => {
    expect(timeLimitMs(video({ durationMs: 0, bytes: 0 }))).toBe(60_000);
    expect(timeLimitMs(video({ durationMs: 100 * 3_600_000 }))).toBe(MAX_TIME_MS);
  });
});
