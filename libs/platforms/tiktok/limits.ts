import { type PlatformLimits, type VideoLimit } from '#platforms/core';

/** Letters of a photo post's title, in UTF-16 units. https://developers.tiktok.com/doc/content-posting-api-reference-photo-post */
export const TITLE_MAX = 90;
/** Photos of one post. Same page. */
export const PHOTOS_MAX = 35;
/** Letters of a video's caption. https://developers.tiktok.com/doc/content-posting-api-reference-direct-post */
const CAPTION_MAX = 2_200;
/** Letters of a photo post's description. */
const DESCRIPTION_MAX = 4_000;

/** Bytes: whether the pages mean powers of ten or of two is said nowhere, so the smaller counts. */
const MEGABYTE = 1_000_000;

/** https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide ("Video restrictions"), 2026-11-23. */
const video: VideoLimit = {
  types: ['video/mp4', 'video/quicktime', 'video/webm'],
  videoCodecs: ['h264', 'hevc', 'vp8', 'vp9'],
  // No page names any: AAC is what MP4 holds everywhere, the others are all that WebM can hold.
  audioCodecs: ['aac', 'opus', 'vorbis'],
  maxBytes: 4_000 * MEGABYTE,
  // Of each account `creator_info` says how much of it may be posted.
  maxDurationMs: 10 * 60_000,
  minFrameRate: 23,
  maxFrameRate: 60,
  minWidth: 360,
  minHeight: 360,
  maxWidth: 4_096,
  maxHeight: 4_096,
  coverMoment: true,
};

/** What a post may contain: one video, or up to 35 photos. Compared with the pages on 2026-11-23. */
export const POST_LIMITS: PlatformLimits = {
  text: {
    max: DESCRIPTION_MAX,
    maxWithVideo: CAPTION_MAX,
    unit: 'utf16',
    emptyWithAttachment: true,
    emptyAlone: true,
  },
  link: { supported: false, withMedia: false },
  media: {
    maxCount: PHOTOS_MAX,
    image: {
      types: ['image/jpeg', 'image/webp'],
      maxBytes: 20 * MEGABYTE,
      // "Maximum 1080p", which ever way that is meant: an upright photo is what the app shows.
      maxWidth: 1_080,
      maxHeight: 1_920,
    },
    video,
  },
};
