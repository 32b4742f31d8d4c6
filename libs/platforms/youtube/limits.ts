import { type PlatformLimits, type VideoLimit } from '#platforms/core';

/** Letters of a title. https://developers.google.com/youtube/v3/docs/videos#snippet.title */
export const TITLE_MAX = 100;
/** Of all tags together, as `tagsLength` counts. https://developers.google.com/youtube/v3/docs/videos#snippet.tags[] */
export const TAGS_MAX = 500;
/** Of one tag, as YouTube Studio has it; the pages of the API name none. https://github.com/mitodl/ocw-studio/pull/3182 */
export const TAG_MAX = 100;
/** Bytes of a description in UTF-8. https://developers.google.com/youtube/v3/docs/videos#snippet.description */
export const DESCRIPTION_MAX = 5_000;
/** What an account may upload whose owner is not verified, in milliseconds. https://support.google.com/youtube/answer/71673 */
export const UNVERIFIED_MAX_MS = 15 * 60_000;
/** The longest Short, in milliseconds. https://support.google.com/youtube/answer/15424877 */
export const SHORT_MAX_MS = 3 * 60_000;

const GIGABYTE = 1024 ** 3;
const MEGABYTE = 1024 ** 2;
/** What stands between a text and its link: YouTube has no field for one. */
export const LINK_SEPARATOR = '\n\n';

/**
 * What YouTube recommends and decodes with certainty. It takes more; whatever else there is becomes H.264 in MP4.
 * https://support.google.com/youtube/troubleshooter/2888402 and https://support.google.com/youtube/answer/1722171, 2026-11-23
 */
const video: VideoLimit = {
  types: ['video/mp4', 'video/quicktime', 'video/webm'],
  videoCodecs: ['h264', 'hevc', 'vp8', 'vp9', 'av1'],
  audioCodecs: ['aac', 'mp3', 'opus', 'vorbis'],
  // "Maximum file size: 256GB" and "256 GB or 12 hours, whichever is less".
  maxBytes: 256 * GIGABYTE,
  maxDurationMs: 12 * 3_600_000,
  acceptsHdr: true,
  // Newer copies of the page say 50 MB, older ones 2 MB: the smaller number counts. 1280 by 720 is recommended.
  cover: { types: ['image/jpeg', 'image/png'], maxBytes: 2 * MEGABYTE, minWidth: 640 },
  coverMoment: false,
};

/** The description counts in bytes; a link is written behind it. Compared with the pages on 2026-11-23. */
const text: PlatformLimits['text'] = {
  max: DESCRIPTION_MAX,
  unit: 'code-points',
  maxBytes: DESCRIPTION_MAX,
  countsLink: { separator: LINK_SEPARATOR },
  emptyWithAttachment: true,
  emptyAlone: true,
};

/** A video of any shape. */
export const VIDEO_LIMITS: PlatformLimits = {
  text,
  link: { supported: true, withMedia: true },
  media: { maxCount: 1, video },
};

/** The same on a channel whose owner is not verified. */
export const UNVERIFIED_LIMITS: PlatformLimits = {
  ...VIDEO_LIMITS,
  media: { maxCount: 1, video: { ...video, maxDurationMs: UNVERIFIED_MAX_MS } },
};

const { cover: _none, ...shortVideo } = video;

/**
 * A Short. It has no thumbnail of its own: "you can't … upload a custom thumbnail" for them but in YouTube's own app.
 * https://support.google.com/youtube/answer/72431
 */
export const SHORT_LIMITS: PlatformLimits = {
  ...VIDEO_LIMITS,
  media: { maxCount: 1, video: { ...shortVideo, maxDurationMs: SHORT_MAX_MS } },
};
