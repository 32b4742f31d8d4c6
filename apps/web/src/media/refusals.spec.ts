import { refusalBefore, refusalOf } from './refusals.js';

describe('What is said before a file is sent', () => {
  it('is nothing for images, videos, documents, and whatever the browser does not know', () => {
    for (const type of ['image/heic', 'video/quicktime', 'application/pdf', '']) {
      expect(refusalBefore({ type, size: 10 }, 100)).toBeUndefined();
    }
  });

  it('names what is wrong and what to do', () => {
    expect(refusalBefore({ type: 'audio/mpeg', size: 10 }, 100)).toContain('neither an image nor a video');
    expect(refusalBefore({ type: 'video/mp4', size: 0 }, 100)).toContain('empty');
    expect(refusalBefore({ type: 'video/mp4', size: 3_000_000_000 }, 2_000_000_000)).toBe(
      'This file has 3.00 GB; 2.00 GB is the most. Make it shorter or smaller.',
    );
  });
});

describe('What ends an upload', () => {
  it('is never what passes by itself', () => {
    for (const status of [undefined, 0, 409, 423, 429, 500, 502, 503]) expect(refusalOf(status, '')).toBeUndefined();
  });

  it('is told in the words of the problem, its first field before the rest', () => {
    const problem = { type: 'urn:clickpost:problem:validation', title: 'Refused', status: 422, detail: 'A detail.' };
    expect(refusalOf(422, JSON.stringify(problem))).toEqual({ message: 'A detail.', mayRetry: false });
    const errors = [{ field: 'file', rule: 'quota', message: 'The library is full.', remedy: 'Delete something.' }];
    expect(refusalOf(413, JSON.stringify({ ...problem, errors }))?.message).toBe(
      'The library is full. Delete something.',
    );
  });

  it('has words where the server has none', () => {
    expect(refusalOf(413, 'too large')?.message).toContain('too large');
    expect(refusalOf(400, '<html>')).toEqual({ message: expect.stringContaining('400') as string, mayRetry: true });
  });
});
