import { changeDraft, type Draft, emptyDraft } from './draft.js';
import { mediaFixes, type Taken } from './media-fixes.js';

const FILES = [
  { id: 'video', altText: '' },
  { id: 'one', altText: '' },
  { id: 'two', altText: '' },
];

const item = (media: { image: boolean; video?: object }, kinds: Taken['kinds'] = ['video', 'image', 'image']): Taken =>
  ({ channel: { id: 'here', limits: { media } }, content: { media: FILES }, kinds }) as unknown as Taken;

const mixed = { rule: 'x.media-mixed', cause: { part: 'media', inAltText: false } } as const;
const unsupported = {
  rule: 'x.media-video-unsupported',
  cause: { part: 'media', mediaId: 'video', inAltText: false },
} as const;

/** Which files each channel gets once a fix was pressed. */
function filesAfter(fixes: ReturnType<typeof mediaFixes>, label: string): Record<string, string[]> {
  const draft: Draft = { ...emptyDraft('UTC'), media: FILES, channels: [{ id: 'here' }, { id: 'elsewhere' }] };
  const actions = fixes.find((fix) => fix.label === label)?.actions ?? [];
  const after = actions.reduce(changeDraft, draft);
  return Object.fromEntries(after.channels.map(({ id, media = after.media }) => [id, media.map((file) => file.id)]));
}

describe('what mends files that a network does not take', () => {
  it('keeps the video or the images, on that channel alone', () => {
    const fixes = mediaFixes(mixed, item({ image: true, video: {} }), 'X');
    const all = FILES.map(({ id }) => id);
    expect(filesAfter(fixes, 'Only the video on X')).toEqual({ here: ['video'], elsewhere: all });
    expect(filesAfter(fixes, 'Only the images on X')).toEqual({ here: ['one', 'two'], elsewhere: all });
  });

  it('offers no kind that the network does not take', () => {
    const fixes = mediaFixes(mixed, item({ image: false, video: {} }), 'YouTube');
    expect(fixes.map(({ label }) => label)).toEqual(['Only the video on YouTube']);
  });

  it('leaves out the file that is not taken', () => {
    const fixes = mediaFixes(unsupported, item({ image: true }), 'Google Business Profile');
    expect(filesAfter(fixes, 'Leave the video out on Google Business Profile')['here']).toEqual(['one', 'two']);
  });

  it('waits until it is known what the files are, and does not reach into a thread', () => {
    expect(mediaFixes(mixed, item({ image: true, video: {} }, ['video']), 'X')).toEqual([]);
    const inThread = { ...mixed, cause: { ...mixed.cause, at: 0 } };
    expect(mediaFixes(inThread, item({ image: true, video: {} }), 'X')).toEqual([]);
  });
});
