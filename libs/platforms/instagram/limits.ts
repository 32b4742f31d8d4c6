import { type ImageLimit, type PlatformLimits, type VideoLimit } from '#platforms/core';

/** Where every number below stands; compared on 2026-11-23. */
export const MEDIA_DOCS =
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media';

const MINUTE = 60_000;

/** "Image Specifications": narrower images Instagram enlarges itself, wider ones it makes smaller; done here, people see it before. */
const feedImage: ImageLimit = {
  types: ['image/jpeg'],
  // Said as "8 MB"; error 2207004 says 8 MiB. The smaller one holds for both.
  maxBytes: 8_000_000,
  minWidth: 320,
  maxWidth: 1_440,
  aspect: { min: 0.8, max: 1.91 },
};

/** "Story Image Specifications": of any shape, 9:16 is only recommended. */
const storyImage: ImageLimit = { types: ['image/jpeg'], maxBytes: 8_000_000, maxWidth: 1_440 };

/** What reels and story videos have in common. */
const video = {
  types: ['video/mp4', 'video/quicktime'],
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac'],
  minDurationMs: 3_000,
  minFrameRate: 23,
  maxFrameRate: 60,
  // "Maximum columns (horizontal pixels)".
  maxWidth: 1_920,
  maxVideoBitRate: 25_000_000,
  maxAudioBitRate: 128_000,
  maxAudioSampleRate: 48_000,
  maxAudioChannels: 2,
  needsFastStart: true,
  refusesEditLists: true,
} as const satisfies Partial<VideoLimit>;

/** "Reel Specifications". Videos of a carousel have none of their own, and are held to the same. */
const reelVideo: VideoLimit = {
  ...video,
  maxBytes: 300_000_000,
  maxDurationMs: 15 * MINUTE,
  aspect: { min: 0.01, max: 10 },
  // `thumb_offset`. A cover of its own would have to lie at an address, and covers have none.
  coverMoment: true,
};

/** "Story Video Specifications". */
const storyVideo: VideoLimit = {
  ...video,
  maxBytes: 100_000_000,
  maxDurationMs: MINUTE,
  aspect: { min: 0.1, max: 10 },
};

/** How many hashtags and mentions a caption may have: error 2207010. */
export const MAX_HASHTAGS = 30;
export const MAX_MENTIONS = 20;
/** How many files a carousel has: error 2207028. */
export const MIN_CAROUSEL = 2;
export const MAX_CAROUSEL = 10;
/** How many containers an account may make in 24 hours. Nothing tells how many it made. */
export const MAX_CONTAINERS = 400;

// In UTF-16 units: the documentation says "characters", and this count is never smaller than any other of characters.
const caption = { max: 2_200, unit: 'utf16', emptyWithAttachment: true, emptyAlone: true } as const;
const link = { supported: false, withMedia: false };

/** The ordinary post: an image, a video, or a carousel of both. */
export const postLimits: PlatformLimits = {
  text: caption,
  link,
  media: { maxCount: MAX_CAROUSEL, maxVideos: MAX_CAROUSEL, mixed: true, image: feedImage, video: reelVideo },
  // Of images in posts alone: Instagram keeps no description of videos, nor of anything in a story.
  altText: { max: 1_000, unit: 'utf16', maxForVideo: 0 },
};

/** A reel is one video. */
export const reelLimits: PlatformLimits = { text: caption, link, media: { maxCount: 1, video: reelVideo } };

/** A story is one image or one video without a text. */
export const storyLimits: PlatformLimits = {
  text: { ...caption, max: 0 },
  link,
  media: { maxCount: 1, image: storyImage, video: storyVideo },
};
