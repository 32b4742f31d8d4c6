import { formatField, type FormField, type PlatformLimits, type PostFormat, type VideoLimit } from '#platforms/core';

/** What is published. */
export type FormatId = 'post' | 'reel' | 'story';

/** The settings of a post on Facebook beside its format. */
export const TITLE_SETTING = 'title';
export const PLACE_SETTING = 'place';

/** https://developers.facebook.com/documentation/pages-api/posts, 2026-10-31 */
const TEXT = { max: 63_206, unit: 'utf16', emptyWithAttachment: true, emptyAlone: false } as const;

/**
 * Error 1366046 names 4 MB. The guide to stories says 4 MB in one stored copy and 10 MB in a later one, so the smaller counts.
 * https://developers.facebook.com/docs/page-stories-api, 2026-10-31
 */
const IMAGE = { types: ['image/jpeg', 'image/png'], maxBytes: 4_000_000 } as const;

/**
 * Error 1363023 says 2 GB, the guide to uploads 10 GB and four hours: the smaller number of bytes counts.
 * https://developers.facebook.com/docs/video-api/reference/error-codes and
 * https://developers.facebook.com/docs/graph-api/video-uploads, 2026-10-31
 */
const MAX_VIDEO_BYTES = 2_000_000_000;

/** The same page: up to four hours, and shapes from 9:16 to 16:9. */
const POST_VIDEO: VideoLimit = {
  types: ['video/mp4', 'video/quicktime'],
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac', 'mp3'],
  maxBytes: MAX_VIDEO_BYTES,
  maxDurationMs: 4 * 3_600_000,
  maxFrameRate: 60,
  aspect: { min: 9 / 16, max: 16 / 9 },
  cover: { types: ['image/jpeg', 'image/png'], maxBytes: 10_000_000 },
};

/**
 * https://developers.facebook.com/docs/video-api/guides/reels-publishing, 2026-10-31: 3 to 90 seconds, 9:16, at least 540 by 960,
 * 24 to 60 frames a second, AAC at 48 kHz in stereo.
 */
const REEL_VIDEO: VideoLimit = {
  types: ['video/mp4'],
  videoCodecs: ['h264', 'hevc', 'vp9', 'av1'],
  audioCodecs: ['aac'],
  maxBytes: MAX_VIDEO_BYTES,
  minDurationMs: 3_000,
  maxDurationMs: 90_000,
  minFrameRate: 24,
  maxFrameRate: 60,
  minWidth: 540,
  minHeight: 960,
  aspect: { min: 9 / 16, max: 9 / 16 },
  maxAudioChannels: 2,
  maxAudioSampleRate: 48_000,
  // The limit of https://developers.facebook.com/docs/graph-api/reference/video/thumbnails
  cover: { types: ['image/jpeg', 'image/png'], maxBytes: 10_000_000 },
};

/** https://developers.facebook.com/docs/page-stories-api, 2026-10-31: as a reel, but 60 seconds at the most, and no cover. */
const { cover: _none, ...STORY_VIDEO }: VideoLimit = { ...REEL_VIDEO, maxDurationMs: 60_000 };

/** What a post in the feed may contain. */
export const POST_LIMITS: PlatformLimits = {
  // Counted in UTF-16 units: the documentation does not say, and this count is never smaller than any other of characters.
  text: TEXT,
  link: { supported: true, withMedia: false },
  // Ten images is ClickPost's own limit: Facebook documents none, and shows five.
  media: { maxCount: 10, image: IMAGE, video: POST_VIDEO },
  // `alt_text_custom` of photos has no documented limit. Videos have no such field: their descriptions stay here.
  altText: { max: 1000, unit: 'utf16', maxForVideo: 0 },
};

const REEL_LIMITS: PlatformLimits = {
  // `description` of https://developers.facebook.com/docs/graph-api/reference/page/video_reels has no limit of its own.
  text: { ...TEXT, emptyWithAttachment: true },
  link: { supported: false, withMedia: false },
  media: { maxCount: 1, video: REEL_VIDEO },
  altText: { max: 0, unit: 'utf16' },
};

const STORY_LIMITS: PlatformLimits = {
  text: { ...TEXT, max: 0 },
  link: { supported: false, withMedia: false },
  media: { maxCount: 1, image: IMAGE, video: STORY_VIDEO },
  altText: { max: 1000, unit: 'utf16', maxForVideo: 0 },
};

/** Characters of a comment. No page for developers has a number; 8,000 is what other publishers count with (2026-10-31). */
export const MAX_COMMENT = 8_000;

/** The kinds of posts of a Page. */
export const FORMATS: readonly (PostFormat & { id: FormatId })[] = [
  { id: 'post', label: 'Post', help: 'A post in the feed: a text, a link, images or a video.', limits: POST_LIMITS },
  {
    id: 'reel',
    label: 'Reel',
    help: 'An upright video of 3 to 90 seconds.',
    limits: REEL_LIMITS,
    capabilities: { edit: false },
  },
  {
    id: 'story',
    label: 'Story',
    help: 'One image or upright video, shown for 24 hours without a text.',
    limits: STORY_LIMITS,
    capabilities: { edit: false, firstComment: false },
  },
];

/** The form of a post's settings. */
export const SETTINGS: readonly FormField[] = [
  formatField(FORMATS),
  {
    name: TITLE_SETTING,
    label: 'Video title',
    type: 'text',
    required: false,
    help: 'Shown with the video; posts without a video have no title.',
    maxLength: 255,
    when: { setting: 'format', values: ['post', 'reel'] },
  },
  {
    name: PLACE_SETTING,
    label: 'Location',
    type: 'lookup',
    required: false,
    help: 'A place that has a Page on Facebook. A post with a video cannot have one, a reel can.',
    placeholder: 'Search for a place',
    when: { setting: 'format', values: ['post', 'reel'] },
  },
];
