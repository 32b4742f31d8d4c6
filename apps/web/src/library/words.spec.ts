import { type Media } from '../api/queries.js';
import { factsOf, kindInWords, sizeInWords, usedInWords } from './words.js';

const FACTS = { picture: true, hdr: false, animated: false, transparent: false, locationFound: false };
const clip: Media = {
  ...{ id: '1', kind: 'video', filename: 'clip.mov', contentType: 'video/quicktime', width: 1080, height: 1920 },
  ...{ durationMs: 83_000, bytes: 45_000_000, altText: null, folderId: null, tags: [], version: 1, fileVersion: 1 },
  ...{ currentId: '1', used: 0, uploadedBy: null, createdAt: '2026-11-01T00:00:00Z' },
  facts: { ...FACTS, codec: 'hevc', frameRate: 29.97003, variableFrameRate: true, sound: false, hdr: true },
};

describe('what a file is', () => {
  it('is said in words, of a video', () => {
    expect(factsOf(clip)).toEqual([
      { label: 'Kind', value: 'Video, H.265 (HEVC)' },
      { label: 'Size', value: '1080 × 1920 px' },
      { label: 'Duration', value: '1:23' },
      { label: 'Frame rate', value: '29.97 a second, uneven' },
      { label: 'Sound', value: 'None' },
      { label: 'Range', value: 'High dynamic range (HDR)' },
      { label: 'File size', value: '45.0 MB' },
      { label: 'Location', value: 'Not in the file' },
    ]);
  });

  it('is said without what a document does not have', () => {
    const paper: Media = {
      ...clip,
      kind: 'document',
      contentType: 'application/pdf',
      width: 0,
      height: 0,
      facts: FACTS,
    };
    delete paper.durationMs;
    expect(factsOf({ ...paper, pages: 1_204 })).toEqual([
      { label: 'Kind', value: 'Document, PDF' },
      { label: 'Pages', value: '1,204' },
      { label: 'File size', value: '45.0 MB' },
    ]);
    expect(factsOf(paper)[1]).toEqual({ label: 'Pages', value: 'Not known: this kind of file does not say' });
    expect([sizeInWords({ ...paper, pages: 12 }), sizeInWords(paper)]).toEqual(['12 pages, 45.0 MB', '45.0 MB']);
  });

  it('tells animations from images', () => {
    const gif = { kind: 'image', contentType: 'image/gif', facts: { ...FACTS, codec: 'gif', animated: true } } as const;
    expect(kindInWords(gif)).toBe('Animation, GIF');
  });

  it('counts posts', () => {
    expect([0, 1, 2].map(usedInWords)).toEqual(['Not used', 'Used in 1 post', 'Used in 2 posts']);
  });
});
