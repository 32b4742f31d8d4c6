import { jobsOf } from './jobs.js';

const invited = (...delays: number[]) =>
  delays.map((delayMs, i) => ({ publicationId: `p${i}`, invitation: `i${i}`, delayMs }));
const shape = (...delays: number[]) =>
  jobsOf(invited(...delays)).map(({ delayMs, data }) => [delayMs, data.invitations.length]);

describe('jobs', () => {
  it.each([
    ['nothing', [], []],
    ['what is overdue goes together, at once', [-5_000, -3, 0], [[0, 3]]],
    ['what is near shares a job, at its earliest', [130, 100, 150], [[100, 3]]],
    [
      'what is further apart does not',
      [100, 151, 202],
      [
        [100, 1],
        [151, 1],
        [202, 1],
      ],
    ],
    [
      'at most ten a job',
      Array.from({ length: 23 }, () => 0),
      [
        [0, 10],
        [0, 10],
        [0, 3],
      ],
    ],
    ['never later than asked for', [99.9], [[99, 1]]],
  ])('%s', (_name, delays, expected) => {
    expect(shape(...delays)).toEqual(expected);
  });

  it('carries every invitation once', () => {
    const all = invited(...Array.from({ length: 57 }, (_, i) => (i * 37) % 400));
    const carried = jobsOf(all).flatMap(({ data }) => data.invitations);
    expect(carried.map(({ invitation }) => invitation).sort()).toEqual(all.map(({ invitation }) => invitation).sort());
    expect(carried[0]).toEqual({ publicationId: expect.any(String), invitation: expect.any(String) });
  });
});
