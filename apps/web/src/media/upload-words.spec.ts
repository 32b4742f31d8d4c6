import { type UploadItem } from './upload-item.js';
import { uploadInWords, uploadsAloud } from './upload-words.js';

const item = (change: Partial<UploadItem>): UploadItem => ({
  id: 'one',
  workspaceId: 'w',
  file: { size: 28_500_000 } as File,
  name: 'clip.mp4',
  state: 'sending',
  sent: 12_000_000,
  ...change,
});

describe('An upload in words', () => {
  it('says how far it is, how fast, and how long it takes', () => {
    expect(uploadInWords(item({ pace: { speed: 3_100_000, remainingMs: 5_300 } }))).toBe(
      '42 %, 12.0 MB of 28.5 MB, 3.1 MB a second, 10 seconds left',
    );
    expect(uploadInWords(item({}))).toBe('42 %, 12.0 MB of 28.5 MB');
  });

  it('says what stands still and why', () => {
    expect(uploadInWords(item({ state: 'paused' }))).toBe('Paused at 42 %');
    expect(uploadInWords(item({ state: 'interrupted' }))).toContain('Connection lost at 42 %');
    expect(uploadInWords(item({ state: 'refused', problem: { message: 'Too long.', mayRetry: false } }))).toBe(
      'Too long.',
    );
  });

  it('tells aloud what changes for people, and no percentages', () => {
    const items = [item({}), item({ state: 'done', name: 'a.png' }), item({ state: 'waiting' })];
    expect(uploadsAloud(items)).toBe('a.png is uploaded. 2 files are on the way.');
  });
});
