import { type PlatformManifest } from '#platforms/core';

const DOCS = 'https://docs.joinmastodon.org';
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What an account's token must be allowed to do. A broader scope (`write`) includes the narrower one (`write:media`). */
export const REQUIRED_SCOPES = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'] as const;

/** Who sees a post, by the API's names. `direct` is left out: a message to single people is nothing to schedule. */
export const VISIBILITIES = ['public', 'unlisted', 'private'] as const;

/** What is sent between a text and its link. */
export const LINK_SEPARATOR = '\n\n';

/**
 * Mastodon's manifest. The limits are a stock server's; a channel carries its own server's instead.
 * https://docs.joinmastodon.org/user/posting/
 */
export const manifest: PlatformManifest = {
  id: 'mastodon',
  name: 'Mastodon',
  summary: 'Publishes posts with images or a video to an account on any Mastodon server, with its own limits.',
  docs: `${DOCS}/user/posting/`,
  verifiedOn: '2026-11-22',
  connect: {
    type: 'credentials',
    fields: [
      {
        name: 'instance',
        label: 'Server address',
        type: 'url',
        required: true,
        placeholder: 'https://mastodon.social',
        help: 'The address where you sign in to Mastodon.',
      },
      {
        name: 'accessToken',
        label: 'Access token',
        type: 'secret',
        required: true,
        help: `On your server: Preferences > Development > New application, with the scopes ${REQUIRED_SCOPES.join(', ')}.`,
      },
    ],
  },
  settings: [
    {
      name: 'visibility',
      label: 'Who can see it',
      type: 'select',
      required: false,
      default: 'public',
      options: [
        { value: 'public', label: 'Everybody' },
        { value: 'unlisted', label: 'Everybody, but not in public timelines' },
        { value: 'private', label: 'Followers only' },
      ],
    },
    {
      name: 'spoilerText',
      label: 'Content warning',
      type: 'text',
      required: false,
      help: 'Shown instead of the text until people open it. It counts towards the length.',
    },
    {
      name: 'sensitive',
      label: 'Hide images and videos behind a warning',
      type: 'boolean',
      required: false,
      default: false,
    },
    {
      name: 'language',
      label: 'Language',
      type: 'text',
      required: false,
      placeholder: 'en',
      maxLength: 3,
      help: 'The ISO 639 code of the language of the text.',
    },
  ],
  limits: {
    // https://docs.joinmastodon.org/user/posting/#text
    text: {
      max: 500,
      unit: 'graphemes',
      urlLength: 23,
      countsLink: { separator: LINK_SEPARATOR },
      countsSettings: ['spoilerText'],
      shortMentions: true,
      emptyWithAttachment: true,
      emptyAlone: false,
    },
    link: { supported: true, withMedia: true },
    media: {
      maxCount: 4,
      image: {
        types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
        maxBytes: 16 * 1024 * 1024,
        maxPixels: 33_177_600,
      },
      // Four images, or one video: https://docs.joinmastodon.org/methods/statuses/#create
      maxVideos: 1,
      mixed: false,
      // https://docs.joinmastodon.org/api/guidelines/#focal-points
      focusPoint: true,
      video: {
        // What a stock server names as `supported_mime_types`, of what ClickPost reads; it converts by itself what is not H.264
        // with AAC. https://docs.joinmastodon.org/user/posting/#attachments, compared with version 4.5 on 2026-11-22.
        types: ['video/mp4', 'video/quicktime', 'video/webm'],
        videoCodecs: ['h264', 'hevc', 'vp8', 'vp9', 'av1'],
        audioCodecs: ['aac', 'mp3', 'opus', 'vorbis'],
        // `video_size_limit`, `video_frame_rate_limit` and `video_matrix_limit`: https://docs.joinmastodon.org/entities/Instance/
        maxBytes: 103_809_024,
        maxFrameRate: 120,
        maxPixels: 8_294_400,
        // `thumbnail` of an upload: https://docs.joinmastodon.org/methods/media/#v2
        cover: { types: ['image/jpeg', 'image/png'], maxBytes: 2_000_000, maxWidth: 1_280, maxHeight: 1_280 },
      },
    },
    altText: { max: 1_500, unit: 'graphemes' },
  },
  capabilities: { remove: true, edit: false, thread: true, firstComment: true },
  endpoints: {},
  practiceCredentials: { instance: '{sandbox}/mastodon', accessToken: 'practice' },
  reconcile: {
    method: 'match',
    settleMs: 5 * SECOND,
    explanation:
      "The account's newest posts are read and compared with what was sent: uploaded images by their ids, everything else by text, content warning, " +
      'reply and image descriptions. A second attempt carries the same Idempotency-Key, which Mastodon honours for an hour.',
  },
  refusals: [
    // Who may not ask, or not now, is turned away before the request is worked on, by servers of every make.
    { status: 401, docs: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2' },
    { status: 403, docs: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4' },
    { status: 429, docs: `${DOCS}/api/rate-limits/` },
    // Only sentences that the validation itself writes; every other 422 is looked into.
    {
      status: 422,
      codes: ['422/blank', '422/too-long', '422/validation', '422/media', '422/media-not-ready', '422/no-user'],
      docs: `${DOCS}/methods/statuses/#create`,
    },
    { status: 404, codes: ['404/reply-gone'], docs: `${DOCS}/methods/statuses/#create` },
  ],
  // All requests of an account count, each post takes one or more: https://docs.joinmastodon.org/api/rate-limits/
  quotas: [
    {
      scope: 'channel',
      what: 'posts of one account',
      limit: 300,
      windowMs: 300 * SECOND,
      docs: `${DOCS}/api/rate-limits/`,
    },
  ],
  outage: { together: 'host', credential: 'instance' },
  // Uploads that no post uses are swept away after a day: https://docs.joinmastodon.org/admin/tootctl/
  preparedTtlMs: 12 * HOUR,
  appearance: {
    color: '#6364ff',
    icon: 'M23.268 5.313c-.35-2.578-2.617-4.61-5.304-5.004C17.51.242 15.792 0 11.813 0h-.03c-3.98 0-4.835.242-5.288.309C3.882.692 1.496 2.518.917 5.127.64 6.412.61 7.837.661 9.143c.074 1.874.088 3.745.26 5.611.118 1.24.325 2.47.62 3.68.55 2.237 2.777 4.098 4.96 4.857 2.336.792 4.849.923 7.256.38.265-.061.527-.132.786-.213.585-.184 1.27-.39 1.774-.753a.057.057 0 0 0 .023-.043v-1.809a.052.052 0 0 0-.02-.041.053.053 0 0 0-.046-.01 20.282 20.282 0 0 1-4.709.545c-2.73 0-3.463-1.284-3.674-1.818a5.593 5.593 0 0 1-.319-1.433.053.053 0 0 1 .066-.054c1.517.363 3.072.546 4.632.546.376 0 .75 0 1.125-.01 1.57-.044 3.224-.124 4.768-.422.038-.008.077-.015.11-.024 2.435-.464 4.753-1.92 4.989-5.604.008-.145.03-1.52.03-1.67.002-.512.167-3.63-.024-5.545zm-3.748 9.195h-2.561V8.29c0-1.309-.55-1.976-1.67-1.976-1.23 0-1.846.79-1.846 2.35v3.403h-2.546V8.663c0-1.56-.617-2.35-1.848-2.35-1.112 0-1.668.668-1.67 1.977v6.218H4.822V8.102c0-1.31.337-2.35 1.011-3.12.696-.77 1.608-1.164 2.74-1.164 1.311 0 2.302.5 2.962 1.498l.638 1.06.638-1.06c.66-.999 1.65-1.498 2.96-1.498 1.13 0 2.043.395 2.74 1.164.675.77 1.012 1.81 1.012 3.12z',
  },
};
