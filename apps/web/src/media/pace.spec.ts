import { paceOf, type Sample, withSample } from './pace.js';

const at = (seconds: number, megabytes: number): Sample => ({ at: seconds * 1_000, bytes: megabytes * 1_000_000 });

describe('The pace of an upload', () => {
  it('is unknown until a second has been seen, and while nothing moves', () => {
    expect(paceOf([], 10)).toBeUndefined();
    expect(paceOf([at(0, 0), at(0.9, 5)], 10_000_000)).toBeUndefined();
    expect(paceOf([at(0, 5), at(3, 5)], 10_000_000)).toBeUndefined();
  });

  it('is what came in the time, and tells how long the rest takes', () => {
    expect(paceOf([at(0, 0), at(2, 4)], 10_000_000)).toEqual({ speed: 2_000_000, remainingMs: 3_000 });
  });

  it('forgets what is long ago, so that a slower line shows', () => {
    const samples = [at(0, 0), at(1, 50), at(10, 60), at(14, 62)].reduce<Sample[]>(withSample, []);
    expect(samples).toEqual([at(10, 60), at(14, 62)]);
    expect(paceOf(samples, 64_000_000)).toEqual({ speed: 500_000, remainingMs: 4_000 });
  });
});
