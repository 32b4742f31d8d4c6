import { type PlatformLimits, type PlatformManifest, type VideoLimit } from '#platforms/core';

/** The lexicon (schema) of a post; also the repository collection that posts live in. */
export const POST_COLLECTION = 'app.bsky.feed.post';

/** Where accounts without a server of their own sign in. */
export const DEFAULT_SERVICE = 'https://bsky.social';

const POST_DOCS = 'https://docs.bsky.app/docs/advanced-guides/posts';
const PUT_RECORD_DOCS = 'https://docs.bsky.app/docs/api/com-atproto-repo-put-record';
const RATE_LIMIT_DOCS = 'https://docs.bsky.app/docs/advanced-guides/rate-limits';
const XRPC_DOCS = 'https://atproto.com/specs/xrpc#error-responses';

/**
 * `video` of https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/video.json: MP4 of 100 MB; three
 * minutes by https://bsky.social/about/blog/09-11-2024-video and its update of March 2025. Every client plays H.264 with AAC;
 * 1080p is what the official app itself sends. Compared on 2026-11-22.
 */
const video: VideoLimit = {
  types: ['video/mp4'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  maxBytes: 100_000_000,
  minDurationMs: 1,
  maxDurationMs: 180_000,
  maxFrameRate: 60,
  maxLongSide: 1_920,
  maxShortSide: 1_080,
  needsFastStart: true,
};

/** The lexicon accepts `image/*`. These three every client shows; an animated GIF would stand still. */
const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

const limits: PlatformLimits = {
  // https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
  text: { max: 300, unit: 'graphemes', maxBytes: 3000, emptyWithAttachment: true, emptyAlone: false },
  // A record has one `embed`: images or a link card. 8192 bytes is the longest `uri` of the data model.
  link: { supported: true, maxLength: 8192, withMedia: false },
  media: {
    maxCount: 4,
    // A record has one `embed`: up to four images, or one video.
    maxVideos: 1,
    mixed: false,
    image: { types: IMAGE_TYPES, maxBytes: 2_000_000 },
    video,
  },
  // The lexicon sets no limit; the official app stops at 2,000 (https://github.com/bluesky-social/social-app/pull/5611).
  // Of a video the lexicon takes 1,000.
  altText: { max: 2000, unit: 'graphemes', maxForVideo: 1000 },
};

/**
 * The limits on servers that Bluesky does not run. Images may have 2 MB since 2026 and 1 MB before, and a server that was not updated
 * since (the reference server 0.4.217, say) still refuses what is larger: nothing tells which one it is, so the smaller limit holds.
 */
export const otherServerLimits: PlatformLimits = {
  ...limits,
  media: {
    ...limits.media,
    image: { types: IMAGE_TYPES, maxBytes: 1_000_000 },
    // `PDS_BLOB_UPLOAD_LIMIT` as the reference server's installer sets it: https://github.com/bluesky-social/pds
    video: { ...video, maxBytes: 50 * 1024 * 1024 },
  },
};

/** Everything about Bluesky that is data. Limits: https://docs.bsky.app/docs/advanced-guides/posts and the lexicons. */
export const manifest: PlatformManifest = {
  id: 'bluesky',
  name: 'Bluesky',
  summary: 'Posts, threads, images, videos and link cards on Bluesky or any other AT Protocol server.',
  docs: POST_DOCS,
  verifiedOn: '2026-11-22',
  connect: {
    type: 'credentials',
    fields: [
      {
        name: 'service',
        label: 'Server',
        type: 'url',
        required: false,
        default: DEFAULT_SERVICE,
        placeholder: DEFAULT_SERVICE,
        help: 'Leave as it is unless the account lives on a server (PDS) of its own.',
      },
      {
        name: 'identifier',
        label: 'Handle',
        type: 'text',
        required: true,
        placeholder: 'name.bsky.social',
        help: "The account's handle without the @, or its e-mail address.",
      },
      {
        name: 'password',
        label: 'App password',
        type: 'secret',
        required: true,
        placeholder: 'xxxx-xxxx-xxxx-xxxx',
        help: 'Made in Bluesky under Settings, Privacy and security, App passwords. Not the password of the account.',
      },
    ],
  },
  settings: [
    {
      name: 'langs',
      label: 'Languages',
      type: 'text',
      required: false,
      placeholder: 'en',
      help: 'Up to three language tags, separated by commas: en, pt-BR. Readers filter their feeds by them.',
      maxLength: 100,
    },
  ],
  limits,
  capabilities: { remove: true, edit: false, thread: true, firstComment: true },
  endpoints: { app: 'https://bsky.app' },
  practiceCredentials: { service: '{sandbox}/bluesky', identifier: 'practice.bsky.test', password: 'practice' },
  reconcile: {
    method: 'exact',
    // A repository is written and read in the same transaction log; a margin for a server behind a replica.
    settleMs: 2_000,
    explanation:
      'ClickPost chooses the record key (TID) before it posts, so reading that one record says for certain whether the post is there.',
  },
  // `InvalidSwap` is left out on purpose: it says that a record is already under our key, perhaps from this very commit.
  refusals: [
    {
      status: 400,
      codes: [
        'InvalidRequest',
        'InvalidMimeType',
        'BlobTooLarge',
        'BlobNotFound',
        'InvalidSize',
        'ExpiredToken',
        'InvalidToken',
        'AccountTakedown',
        'AccountDeactivated',
      ],
      docs: PUT_RECORD_DOCS,
    },
    { status: 401, codes: ['AuthMissing', 'AuthenticationRequired'], docs: XRPC_DOCS },
    { status: 401, codes: ['AccountTakedown', 'AccountDeactivated'], docs: PUT_RECORD_DOCS },
    { status: 403, codes: ['Forbidden'], docs: XRPC_DOCS },
    { status: 413, codes: ['PayloadTooLarge'], docs: XRPC_DOCS },
    { status: 429, codes: ['RateLimitExceeded'], docs: RATE_LIMIT_DOCS },
  ],
  // 5,000 points an hour and 35,000 a day for an account; creating a record takes three.
  quotas: [
    { scope: 'channel', what: 'posts of one account', limit: 1_666, windowMs: 3_600_000, docs: RATE_LIMIT_DOCS },
    { scope: 'channel', what: 'posts of one account', limit: 11_666, windowMs: 24 * 3_600_000, docs: RATE_LIMIT_DOCS },
  ],
  // Every account lives on a server (PDS) of its own or of many.
  outage: { together: 'host', credential: 'pds' },
  // Uploaded images are deleted when no record mentions them "within a time window (eg, minutes)", and the post's time is set with
  // them: https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob
  preparedTtlMs: 15 * 60_000,
  appearance: {
    color: '#1185fe',
    icon: 'M5.202 2.857C7.954 4.922 10.913 9.11 12 11.358c1.087-2.247 4.046-6.436 6.798-8.501C20.783 1.366 24 .213 24 3.883c0 .732-.42 6.156-.667 7.037-.856 3.061-3.978 3.842-6.755 3.37 4.854.826 6.089 3.562 3.422 6.299-5.065 5.196-7.28-1.304-7.847-2.97-.104-.305-.152-.448-.153-.327 0-.121-.05.022-.153.327-.568 1.666-2.782 8.166-7.847 2.97-2.667-2.737-1.432-5.473 3.422-6.3-2.777.473-5.899-.308-6.755-3.369C.42 10.04 0 4.615 0 3.883c0-3.67 3.217-2.517 5.202-1.026',
  },
};
