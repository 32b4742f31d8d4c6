import { abilitiesOf, abilitySummary, sizeOf } from './abilities.js';

const limits: Parameters<typeof abilitiesOf>[0] = {
  text: { max: 300, unit: 'graphemes', maxBytes: 3000, emptyWithAttachment: true, emptyAlone: false },
  link: { supported: true, withMedia: false },
  media: { maxCount: 4, image: { types: ['image/jpeg', 'image/webp'], maxBytes: 2_000_000 } },
  altText: { max: 2000, unit: 'graphemes' },
};
const capabilities = { remove: true, edit: false, thread: false, firstComment: true };
const value = (label: string, of = limits) =>
  abilitiesOf(of, capabilities).find((ability) => ability.label === label)?.value;

describe('what a channel can do', () => {
  it('is told in words', () => {
    expect(value('Text')).toBe('Up to 300 characters; at most 3,000 bytes');
    expect(value('Images')).toBe('Up to 4: JPEG, WebP, 2 MB each; larger ones are made smaller');
    expect(value('Image descriptions')).toBe('Up to 2,000 characters');
    expect(value('Link')).toBe('Yes, but not together with images');
    expect(value('Thread')).toBe('No');
    expect(value('Removing')).toBe('A published post can be removed');
  });

  it('says how large and how long a video may be', () => {
    const video = { types: ['video/mp4'], maxBytes: 4_000_000_000, maxDurationMs: 600_000 } as unknown as NonNullable<
      typeof limits.media.video
    >;
    const media = { ...limits.media, video };
    expect(value('Videos', { ...limits, media })).toBe('Up to 1: 4 GB, 10:00 long each; larger ones are made smaller');
    expect(value('Videos')).toBe('No');
  });

  it('says how large an image is that moves, where that is another number', () => {
    const image = { types: ['image/gif'], maxBytes: 2_000_000, maxAnimationBytes: 15_000_000 };
    expect(value('Images', { ...limits, media: { ...limits.media, image } })).toBe(
      'Up to 4: GIF, 2 MB each, 15 MB if it moves; larger ones are made smaller',
    );
  });

  it('says how links count, and by which count', () => {
    const text = { ...limits.text, max: 63_206, unit: 'utf16', urlLength: 23 } as const;
    expect(value('Text', { ...limits, text })).toMatch(/63,206 characters; an emoji.*every link counts as 23/);
  });

  it('says no where there are no images, and nothing of their descriptions', () => {
    const none = { ...limits, media: { maxCount: 0 } };
    expect(value('Images', none)).toBe('No');
    expect(value('Image descriptions', none)).toBeUndefined();
    expect(value('Link', none)).toBe('Yes');
    expect(abilitySummary(none)).toBe('300 characters · no images · link');
  });

  it('is short in a line', () => {
    expect(abilitySummary(limits)).toBe('300 characters · 4 images · link');
  });

  it('names videos where there are no images', () => {
    const video = { types: ['video/mp4'], maxBytes: 1_000_000 } as unknown as NonNullable<typeof limits.media.video>;
    expect(abilitySummary({ ...limits, media: { maxCount: 1, video } })).toBe('300 characters · 1 video · link');
  });

  it('never rounds a size up', () => {
    expect(sizeOf(750_000)).toBe('750 kB');
    expect(sizeOf(16 * 1024 * 1024)).toBe('16.7 MB');
    expect(sizeOf(999_999)).toBe('999.9 kB');
    expect(sizeOf(4_294_967_296)).toBe('4.2 GB');
  });
});
