import { type ImageLimit, type MediaLimits, type VideoLimit } from './limits.js';

/** The limits of a real place, and where its numbers are from. For tests: what is published to has its own manifest. */
export interface LimitSet {
  name: string;
  source: string;
  limits: MediaLimits;
}

const MB = 1_000_000;
const MINUTE = 60_000;
const MP4_MOV = ['video/mp4', 'video/quicktime'];

const instagramImage: ImageLimit = {
  types: ['image/jpeg'],
  maxBytes: 8 * MB,
  minWidth: 320,
  maxWidth: 1440,
  aspect: { min: 4 / 5, max: 1.91 },
};

const instagramReel: VideoLimit = {
  types: MP4_MOV,
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac'],
  maxBytes: 300 * MB,
  minDurationMs: 3_000,
  maxDurationMs: 15 * MINUTE,
  minFrameRate: 23,
  maxFrameRate: 60,
  maxWidth: 1920,
  maxVideoBitRate: 25_000_000,
  maxAudioBitRate: 128_000,
  maxAudioSampleRate: 48_000,
  maxAudioChannels: 2,
  aspect: { min: 0.01, max: 10 },
  needsFastStart: true,
  refusesEditLists: true,
  cover: { types: ['image/jpeg'], maxBytes: 8 * MB },
  coverMoment: true,
};

const INSTAGRAM =
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media, April to September 2026';

/** Ten places that differ as much as places do: what is only images, only videos, short, small, slow, narrow or nearly anything. */
export const LIMIT_SETS: readonly LimitSet[] = [
  { name: 'Instagram reel', source: INSTAGRAM, limits: { video: instagramReel } },
  {
    name: 'Instagram story',
    source: INSTAGRAM,
    limits: {
      image: { types: ['image/jpeg'], maxBytes: 8 * MB },
      video: { ...instagramReel, maxBytes: 100 * MB, maxDurationMs: MINUTE, coverMoment: false },
    },
  },
  { name: 'Instagram feed image', source: INSTAGRAM, limits: { image: instagramImage } },
  {
    name: 'X video',
    source: 'https://docs.x.com/x-api/media/quickstart/best-practices, August 2026',
    limits: {
      image: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 5 * MB },
      video: {
        types: MP4_MOV,
        videoCodecs: ['h264'],
        audioCodecs: ['aac'],
        maxBytes: 512 * MB,
        minDurationMs: 500,
        maxDurationMs: 140_000,
        maxFrameRate: 60,
        minWidth: 32,
        minHeight: 32,
        maxWidth: 1280,
        maxHeight: 1024,
        maxAudioChannels: 2,
        aspect: { min: 1 / 3, max: 3 },
      },
    },
  },
  {
    name: 'LinkedIn',
    source: 'https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api, January 2026',
    limits: {
      image: { types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 36 * MB, maxPixels: 36_152_319 },
      video: {
        types: ['video/mp4'],
        videoCodecs: ['h264'],
        audioCodecs: ['aac'],
        maxBytes: 500 * MB,
        minDurationMs: 3_000,
        maxDurationMs: 30 * MINUTE,
        maxFrameRate: 60,
        minWidth: 256,
        minHeight: 144,
        maxLongSide: 4096,
        maxShortSide: 2304,
        aspect: { min: 1 / 2.4, max: 2.4 },
      },
      document: { types: ['application/pdf'], maxBytes: 100 * MB },
    },
  },
  {
    name: 'TikTok',
    source: 'https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide, September 2026',
    limits: {
      image: { types: ['image/jpeg', 'image/webp'], maxBytes: 20 * MB, maxWidth: 1080, maxHeight: 1920 },
      video: {
        types: ['video/mp4', 'video/webm', 'video/quicktime'],
        videoCodecs: ['h264', 'hevc', 'vp8', 'vp9'],
        audioCodecs: ['aac', 'mp3', 'opus', 'vorbis'],
        maxBytes: 4_000 * MB,
        maxDurationMs: 10 * MINUTE,
        minFrameRate: 23,
        maxFrameRate: 60,
        minWidth: 360,
        minHeight: 360,
        maxWidth: 4096,
        maxHeight: 4096,
        coverMoment: true,
      },
    },
  },
  {
    name: 'YouTube',
    source: 'https://support.google.com/youtube/answer/1722171 and https://developers.google.com/youtube/v3, 2026',
    limits: {
      video: {
        types: ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska'],
        videoCodecs: ['h264', 'hevc', 'vp8', 'vp9', 'av1'],
        audioCodecs: ['aac', 'mp3', 'opus', 'vorbis'],
        maxBytes: 256_000 * MB,
        maxDurationMs: 12 * 60 * MINUTE,
        acceptsHdr: true,
        cover: { types: ['image/jpeg', 'image/png'], maxBytes: 2 * MB, maxWidth: 1280, maxHeight: 720 },
      },
    },
  },
  {
    name: 'Bluesky',
    source: 'https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky/embed, November 2026',
    limits: {
      image: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 2 * MB },
      video: {
        types: ['video/mp4'],
        videoCodecs: ['h264'],
        audioCodecs: ['aac'],
        maxBytes: 50 * 1024 * 1024,
        maxDurationMs: 3 * MINUTE,
        maxFrameRate: 60,
        maxLongSide: 1920,
        maxShortSide: 1080,
        needsFastStart: true,
      },
    },
  },
  {
    name: 'Mastodon default',
    source: 'https://docs.joinmastodon.org/user/posting/#attachments and /entities/Instance/, July 2026',
    limits: {
      image: {
        types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
        maxBytes: 16 * 1024 * 1024,
        maxPixels: 33_177_600,
      },
      video: {
        types: ['video/mp4', 'video/quicktime', 'video/webm'],
        videoCodecs: ['h264', 'hevc', 'vp8', 'vp9', 'av1'],
        audioCodecs: ['aac', 'mp3', 'opus', 'vorbis'],
        maxBytes: 103_809_024,
        maxFrameRate: 120,
        maxPixels: 8_294_400,
        cover: { types: ['image/jpeg', 'image/png'], maxBytes: 2 * MB, maxWidth: 1280, maxHeight: 1280 },
      },
    },
  },
  {
    name: 'Pinterest',
    source:
      'https://help.pinterest.com/en/business/article/pinterest-product-specs, and the OpenAPI file 5.23 of December 2025',
    limits: {
      image: { types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 20 * MB },
      video: {
        types: MP4_MOV,
        videoCodecs: ['h264', 'hevc'],
        audioCodecs: ['aac'],
        maxBytes: 2_000 * MB,
        minDurationMs: 4_000,
        maxDurationMs: 15 * MINUTE,
        minWidth: 240,
        minHeight: 240,
        aspect: { min: 1 / 2, max: 1.91 },
        needsAudio: true,
        cover: { types: ['image/jpeg', 'image/png'], maxBytes: 10 * MB },
        coverMoment: true,
      },
    },
  },
];

/** The set of that name. Throws where there is none. */
export function limitSet(name: string): LimitSet {
  const found = LIMIT_SETS.find((set) => set.name === name);
  if (!found) throw new Error(`No limits are known by the name of ${name}.`);
  return found;
}
