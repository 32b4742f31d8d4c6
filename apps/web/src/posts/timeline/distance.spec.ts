import { distanceOf, fromDue, span } from './distance.js';

describe('distances in time', () => {
  it.each([
    [400, '1 second'],
    [2400, '2 seconds'],
    [-90_000, '1 minute'],
    [7_300_000, '2 hours'],
    [3 * 86_400_000, '3 days'],
  ])('%i ms is %s', (ms, words) => expect(span(ms)).toBe(words));

  it('tells early, on time and late apart', () => {
    const due = '2026-11-24T08:00:00.000Z';
    expect(fromDue('2026-11-24T08:00:00.900Z', due)).toBe('on time');
    expect(fromDue('2026-11-24T08:00:02.000Z', due)).toBe('2 seconds after its time');
    expect(fromDue('2026-11-24T07:59:57.000Z', due)).toBe('3 seconds before its time');
  });

  it('says nothing where nothing would be learned', () => {
    const due = '2026-11-24T08:00:00.000Z';
    const late = '2026-11-24T08:00:05.000Z';
    expect(distanceOf({ kind: 'step-done', at: due }, due)).toBeUndefined();
    expect(distanceOf({ kind: 'fenced', at: due }, due)).toBe('on time');
    expect(distanceOf({ kind: 'reconciled', at: late }, due)).toBe('5 seconds after its time');
    expect(distanceOf({ kind: 'published', at: late }, due)).toBeUndefined();
  });
});
