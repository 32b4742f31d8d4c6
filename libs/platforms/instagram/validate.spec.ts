import { type DraftMedia, limitsFor, type SegmentDraft } from '#platforms/core';
import { manifest } from './manifest.js';
import { validate } from './validate.js';

const image: DraftMedia = {
  kind: 'image',
  contentType: 'image/jpeg',
  bytes: 1_000,
  width: 1_080,
  height: 1_080,
  digest: '0'.repeat(64),
};
const video: DraftMedia = { ...image, kind: 'video', contentType: 'video/mp4', durationMs: 20_000 };

function rulesOf(change: Partial<SegmentDraft>): string[] {
  const draft: SegmentDraft = { kind: 'post', text: '', media: [image], settings: {}, ...change };
  const limits = limitsFor(manifest, manifest.limits, draft.settings);
  return validate(draft, limits).map(({ rule, field }) => `${rule} ${field}`);
}

const reel = { format: 'reel' };
const story = { format: 'story' };
const repeated = (word: string, times: number) =>
  Array.from({ length: times }, (_, index) => `${word}${index}`).join(' ');
const marks = (...places: { media: number; text: string }[]) => places.map((place) => ({ ...place, x: 0.5, y: 0.5 }));

describe('what Instagram takes', () => {
  it.each<[string, Partial<SegmentDraft>]>([
    ['an image', { text: 'Words #and @people' }],
    ['images and videos together', { media: [image, video, image] }],
    ['30 hashtags and 20 mentions', { text: `${repeated('#a', 30)} ${repeated('@b', 20)}` }],
    ['a reel', { media: [video], settings: { ...reel, taggedAccounts: ['@baker.one', 'b_2'], collaborators: ['c'] } }],
    ['a story with names', { settings: { ...story, userTags: marks({ media: 0, text: 'baker' }) } }],
    ['a story of 60 seconds', { media: [{ ...video, durationMs: 60_000 }], settings: story }],
    ['a first comment', { kind: 'comment', text: 'And #this', media: [] }],
  ])('is %s', (_name, change) => {
    expect(rulesOf(change)).toEqual([]);
  });
});

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
describe('what Instagram does not take', () => {
  it.each<[string, Partial<SegmentDraft>, string]>([
    ['a text alone', { text: 'Words', media: [] }, 'instagram.media-missing media'],
    ['a link', { link: 'https://example.com' }, 'instagram.link-unsupported link'],
    ['31 hashtags', { text: repeated('#a', 31) }, 'instagram.too-many-hashtags text'],
    ['21 mentions', { text: repeated('@b', 21) }, 'instagram.too-many-mentions text'],
    ['a text of 2,201 characters', { text: 'x'.repeat(2_201) }, 'instagram.text-too-long text'],
    ['eleven files', { media: Array.from({ length: 11 }, () => image) }, 'instagram.media-too-many media'],
    [
      'a description of 1,001',
      { media: [{ ...image, altText: 'x'.repeat(1_001) }] },
      'instagram.alt-text-too-long media/0/altText',
    ],
    ['a reel of an image', { settings: reel }, 'instagram.reel-image media/0'],
    ['a reel without a video', { media: [], settings: reel }, 'instagram.media-missing media'],
    [
      'a reel of 2 seconds',
      { media: [{ ...video, durationMs: 2_000 }], settings: reel },
      'instagram.media-video-too-short media/0',
    ],
    [
      'a reel of 16 minutes',
      { media: [{ ...video, durationMs: 960_000 }], settings: reel },
      'instagram.media-video-too-long media/0',
    ],
    ['a cover beyond the end', { media: [{ ...video, coverAtMs: 20_000 }] }, 'instagram.cover-outside media/0'],
    ['a story with a text', { text: 'Words', settings: story }, 'instagram.text-unsupported text'],
    ['a story of two files', { media: [image, image], settings: story }, 'instagram.media-too-many media'],
    [
      'a story of 61 seconds',
      { media: [{ ...video, durationMs: 61_000 }], settings: story },
      'instagram.media-video-too-long media/0',
    ],
    [
      'a name that is none',
      { settings: { collaborators: ['no name'] } },
      'instagram.name-invalid settings/collaborators',
    ],
    [
      'a name on a missing file',
      { settings: { userTags: marks({ media: 1, text: 'a' }) } },
      'instagram.tag-without-file settings/userTags',
    ],
    [
      'a name on a video',
      { media: [image, video], settings: { userTags: marks({ media: 1, text: 'a' }) } },
      'instagram.tag-on-video settings/userTags',
    ],
    ['a thread', { kind: 'reply', text: 'More' }, 'instagram.segment-unsupported text'],
    ['an empty comment', { kind: 'comment', text: ' ', media: [] }, 'instagram.comment-missing text'],
    ['a comment with a file', { kind: 'comment', text: 'And' }, 'instagram.comment-media media'],
    [
      'a comment with a link',
      { kind: 'comment', text: 'And', media: [], link: 'https://a.example' },
      'instagram.comment-link link',
    ],
  ])('is %s', (_name, change, expected) => {
    expect(rulesOf(change)).toContain(expected);
  });

  it('leaves settings of another format alone', () => {
    expect(rulesOf({ settings: { taggedAccounts: ['no name'], format: 'post' } })).toEqual([]);
  });
});
