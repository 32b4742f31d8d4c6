import { type PlatformLimits } from '#platforms/core';

const MEGABYTE = 1_000_000;
/** Weighted, as https://docs.x.com/fundamentals/counting-characters says. */
const MAX_TEXT = 280;
/**
 * Of subscribers: 25,000 since 20 August 2024 (https://docs.x.com/changelog). Whether weighted is not said; that is the smaller
 * of both readings, so a text that passes is short enough by either.
 */
const MAX_LONG_TEXT = 25_000;

/** What is sent between a text and its link: a post has no field for a link. */
export const LINK_SEPARATOR = '\n\n';

/** Of an animation; larger ones may fail. https://docs.x.com/x-api/media/quickstart/best-practices#animated-gif-recommendations */
export const GIF = { maxWidth: 1_280, maxHeight: 1_080 } as const;

/** Characters of a description: https://docs.x.com/x-api/media/create-media-metadata */
const MAX_ALT = 1_000;

/**
 * Of everybody. Compared with https://docs.x.com/x-api/media/quickstart/best-practices on 2026-11-23. WebP is taken too, but an
 * animated one would stand still: still ones are turned into JPEG or PNG instead.
 */
export const limits: PlatformLimits = {
  text: {
    max: MAX_TEXT,
    unit: 'weighted',
    countsLink: { separator: LINK_SEPARATOR },
    emptyWithAttachment: true,
    emptyAlone: false,
  },
  link: { supported: true, withMedia: true },
  media: {
    maxCount: 4,
    maxVideos: 1,
    mixed: false,
    image: {
      types: ['image/jpeg', 'image/png', 'image/gif'],
      maxBytes: 5 * MEGABYTE,
      maxAnimationBytes: 15 * MEGABYTE,
    },
    video: {
      types: ['video/mp4', 'video/quicktime'],
      videoCodecs: ['h264'],
      audioCodecs: ['aac'],
      maxBytes: 512 * MEGABYTE,
      minDurationMs: 500,
      maxDurationMs: 140_000,
      maxFrameRate: 60,
      minWidth: 32,
      minHeight: 32,
      maxLongSide: 1_280,
      maxShortSide: 1_024,
      aspect: { min: 1 / 3, max: 3 },
      maxAudioChannels: 2,
    },
  },
  // Metadata take a text for any media; https://help.x.com/en/using-x/add-image-descriptions names images and GIFs alone.
  altText: { max: MAX_ALT, unit: 'utf16', maxForVideo: 0 },
};

/** Of an account with X Premium. 1080p: same page, "Subscribed users can upload a 1080p video". */
export const premiumLimits: PlatformLimits = {
  ...limits,
  text: { ...limits.text, max: MAX_LONG_TEXT },
  media: {
    ...limits.media,
    ...(limits.media.video && { video: { ...limits.media.video, maxLongSide: 1_920, maxShortSide: 1_080 } }),
  },
};
