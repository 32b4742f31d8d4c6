import { type PlatformLimits, type VideoLimit } from '#platforms/core';

/** Letters of a title. https://developers.pinterest.com/docs/api/v5/pins-create (maxLength of `title`) */
export const TITLE_MAX = 100;
/** Images of one carousel. Same page (minItems and maxItems of `items`). */
export const CAROUSEL = { min: 2, max: 5 } as const;

const MEGABYTE = 1_000_000;

/**
 * Images up to this size are written into the request itself, which works for every installation; larger ones Pinterest
 * fetches from their address, so that no request of dozens of megabytes is stored and sent. Bytes of the file.
 */
export const INLINE_MAX_BYTES = 1.5 * MEGABYTE;

/** What the fields for images take (`content_type` of `image_base64`). Same page. */
const IMAGE_TYPES = ['image/jpeg', 'image/png'] as const;

/** https://help.pinterest.com/en/business/article/pinterest-product-specs, 2026-11-23. */
const video: VideoLimit = {
  // .m4v is taken as well; it is MP4 by another name.
  types: ['video/mp4', 'video/quicktime', 'video/x-m4v'],
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac'],
  maxBytes: 2_000 * MEGABYTE,
  minDurationMs: 4_000,
  maxDurationMs: 15 * 60_000,
  // "Shorter than 1:2 (width:height), taller than 1.91:1."
  aspect: { min: 0.5, max: 1.91 },
  // It is written into the request, as the moment in it is named in whole seconds alone.
  cover: { types: IMAGE_TYPES, maxBytes: INLINE_MAX_BYTES },
};

/**
 * What a Pin may contain: one image or one video. Compared with the pages on 2026-11-23. The lengths are those of the API's
 * description, whose `maxLength` counts code points; the help page says 500 letters of description, the API takes 800.
 * https://developers.pinterest.com/docs/api/v5/pins-create
 */
export const PIN_LIMITS: PlatformLimits = {
  text: { max: 800, unit: 'code-points', emptyWithAttachment: true, emptyAlone: true },
  link: { supported: true, maxLength: 2_048, withMedia: true },
  media: {
    maxCount: 1,
    // The help page says 20 MB for uploads on the web and 32 MB in the app; of the API nothing, so the smaller counts.
    image: { types: IMAGE_TYPES, maxBytes: 20 * MEGABYTE },
    video,
  },
  altText: { max: 500, unit: 'code-points' },
};

/** The same with carousels: two to five images, or one video. */
export const CAROUSEL_LIMITS: PlatformLimits = {
  ...PIN_LIMITS,
  media: { ...PIN_LIMITS.media, maxCount: CAROUSEL.max },
};
