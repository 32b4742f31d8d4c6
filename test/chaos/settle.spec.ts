import { Deadline } from './settle.js';

describe('what is waited for', () => {
  it('is given up when nothing comes to its end for the whole bound', () => {
    const deadline = new Deadline(1_000, 500);
    expect([1_000, 1_400, 1_500, 1_501].map((now) => deadline.isPast(now, 7))).toEqual([false, false, false, true]);
  });

  it('is not while one after the other does, and then from the last one on', () => {
    const deadline = new Deadline(0, 500);
    expect([400, 800, 1_200].map((now, index) => deadline.isPast(now, 9 - index))).toEqual([false, false, false]);
    expect([1_600, 1_700, 1_701].map((now) => deadline.isPast(now, 7))).toEqual([false, false, true]);
  });

  it('is no nearer to its end when more of it moves again', () => {
    const deadline = new Deadline(0, 500);
    expect(deadline.isPast(100, 3)).toBe(false);
    expect(deadline.isPast(500, 5)).toBe(false);
    expect(deadline.isPast(601, 4)).toBe(true);
  });

  it('is given up in the end, however much comes to its end', () => {
    const deadline = new Deadline(0, 500);
    const looks = [400, 800, 1_200, 1_600, 2_000, 2_001].map((now, index) => deadline.isPast(now, 9 - index));
    expect(looks).toEqual([false, false, false, false, false, true]);
  });
});
