import fc from 'fast-check';
import {
  contentHash,
  type MediaContent,
  parentPosition,
  type PublicationContent,
  type SegmentContent,
  sentMedia,
} from './content.js';

const media: MediaContent = {
  assetId: 'asset',
  kind: 'image',
  digest: 'digest',
  planHash: 'plan',
  plan: { action: 'keep' },
  altText: 'A bakery',
};
const cover = { assetId: 'cover', digest: 'cover', planHash: 'cover plan', plan: { action: 'render' } };
const content: PublicationContent = {
  segments: [
    { kind: 'post', text: 'Hello', link: 'https://example.com', media: [media, { ...media, digest: 'second' }] },
    { kind: 'reply', text: 'and more', media: [] },
  ],
  settings: { visibility: 'public', langs: 'en' },
};
const [first, second] = content.segments as [PublicationContent['segments'][0], PublicationContent['segments'][0]];
const hash = (changed: PublicationContent, channel = 'channel'): string => contentHash(channel, changed);
const withFirst = (change: Partial<typeof first>): PublicationContent => ({
  ...content,
  segments: [{ ...first, ...change }, second],
});
const withMedia = (change: Partial<MediaContent>): PublicationContent =>
  withFirst({ media: [{ ...media, ...change }, ...first.media.slice(1)] });

describe('what is sent of files', () => {
  it('is also the image that stands for a video, for which nobody waits', () => {
    const video = { ...media, kind: 'video' as const, plan: { action: 'transcode' }, cover };
    expect(sentMedia(withFirst({ media: [video, video] }))).toEqual([
      { ...cover, awaited: false },
      { assetId: 'asset', digest: 'digest', planHash: 'plan', plan: { action: 'transcode' }, awaited: true },
    ]);
  });
});

describe('rule 1: the content hash', () => {
  it('is a SHA-256 in hex, the same for the same content', () => {
    expect(hash(content)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(structuredClone(content))).toBe(hash(content));
  });

  it('does not depend on the order of keys, as the database gives them back', () => {
    const settings = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    );
    fc.assert(
      fc.property(settings, (given) => {
        const turned = Object.fromEntries(Object.entries(given).reverse());
        expect(hash({ ...content, settings: turned })).toBe(hash({ ...content, settings: given }));
      }),
    );
  });

  it.each<[string, PublicationContent]>([
    ['the text', withFirst({ text: 'Hello!' })],
    ['white space in the text', withFirst({ text: 'Hello ' })],
    ['the link', withFirst({ link: 'https://example.com/' })],
    ['the kind', withFirst({ kind: 'comment' })],
    ['the bytes of an image', withMedia({ digest: 'other' })],
    ['what an image is made into', withMedia({ planHash: 'other' })],
    ['an alt text', withMedia({ altText: 'A bakery at night' })],
    ['an image that stands for it', withMedia({ cover })],
    ['the bytes of an image that stands for it', withMedia({ cover: { ...cover, digest: 'other' } })],
    ['the order of images', withFirst({ media: [...first.media].reverse() })],
    ['an image less', withFirst({ media: [media] })],
    ['a setting', { ...content, settings: { ...content.settings, visibility: 'unlisted' } }],
    ['a setting more', { ...content, settings: { ...content.settings, sensitive: true } }],
    ['the order of segments', { ...content, segments: [second, first] }],
    ['a segment less', { ...content, segments: [first] }],
    [
      'text moved between segments',
      {
        ...content,
        segments: [
          { ...first, text: 'Helloand' },
          { ...second, text: ' more' },
        ],
      },
    ],
  ])('changes with %s', (_what, changed) => {
    expect(hash(changed)).not.toBe(hash(content));
  });

  it('changes when something is left out', () => {
    const { link: _link, ...withoutLink } = first;
    const { altText: _alt, ...withoutAlt } = media;
    expect(hash({ ...content, segments: [withoutLink, second] })).not.toBe(hash(content));
    expect(hash(withFirst({ media: [withoutAlt, ...first.media.slice(1)] }))).not.toBe(hash(content));
  });

  it('changes with what an image that stands for a video is made into, and not with its id', () => {
    const own = hash(withMedia({ cover }));
    expect(hash(withMedia({ cover: { ...cover, planHash: 'other' } }))).not.toBe(own);
    expect(hash(withMedia({ cover: { ...cover, assetId: 'uploaded again' } }))).toBe(own);
  });

  it('changes with the channel', () => {
    expect(hash(content, 'another')).not.toBe(hash(content));
  });

  it('is the same for equal bytes uploaded twice', () => {
    expect(hash(withMedia({ assetId: 'uploaded again' }))).toBe(hash(content));
  });

  it('differs for any two different texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(hash(withFirst({ text: a })) === hash(withFirst({ text: b }))).toBe(a === b);
      }),
    );
  });
});

describe('what a segment hangs below', () => {
  const below = (...kinds: SegmentContent['kind'][]) =>
    kinds.map((_, position) =>
      parentPosition({ segments: kinds.map((kind) => ({ kind, text: '', media: [] })), settings: {} }, position),
    );

  it('a part of a thread: the part before it', () => expect(below('post', 'reply', 'reply')).toEqual([0, 0, 1]));
  it('a comment: the post', () => expect(below('post', 'reply', 'comment')).toEqual([0, 0, 0]));
  it('a part after a comment: the part before that', () =>
    expect(below('post', 'reply', 'comment', 'reply')).toEqual([0, 0, 0, 1]));
});
