import { type SegmentDraft } from './draft.js';
import { checkLimits } from './limits.js';
import { type PlatformLimits, type PlatformManifest } from './manifest.js';

const limits: PlatformLimits = {
  text: { max: 100, unit: 'graphemes', emptyWithAttachment: true, emptyAlone: false },
  link: { supported: false, withMedia: false },
  media: { maxCount: 1 },
};
const story: PlatformLimits = { ...limits, text: { ...limits.text, max: 0 } };
const manifest = {
  id: 'postcard',
  name: 'Postcard',
  docs: 'https://example.com/docs',
  verifiedOn: '2026-11-23',
  settings: [],
  formats: [
    { id: 'card', label: 'Card', help: 'A card.', limits },
    { id: 'story', label: 'Story', help: 'Gone after a day.', limits: story },
  ],
} as unknown as PlatformManifest;
const draft: SegmentDraft = { kind: 'post', text: '', media: [], settings: { format: 'story' } };

describe('a format that shows no text', () => {
  it('says so, and what to do about it', () => {
    expect(checkLimits({ ...draft, text: 'Hello' }, story, manifest)).toMatchObject([
      {
        rule: 'postcard.text-unsupported',
        field: 'text',
        message: 'Postcard shows no text with the format "Story".',
        remedy: 'Give this channel an empty text.',
      },
    ]);
  });

  it('takes an empty text, and what is attached', () => {
    expect(checkLimits(draft, story, manifest)).toEqual([]);
  });
});
