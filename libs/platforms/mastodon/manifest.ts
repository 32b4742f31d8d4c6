import { type PlatformManifest } from '#platforms/core';

const DOCS = 'https://docs.joinmastodon.org';
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What an account's token must be allowed to do. A broader scope (`write`) includes the narrower one (`write:media`). */
export const REQUIRED_SCOPES = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'] as const;

/** Who sees a post, by the API's names. `direct` is left out: a message to single people is nothing to schedule. */
export const VISIBILITIES = ['public', 'unlisted', 'private'] as const;

/**
 * Mastodon's manifest. The limits are a stock server's; a channel carries its own server's instead.
 * https://docs.joinmastodon.org/user/posting/
 */
export const manifest: PlatformManifest = {
  id: 'mastodon',
  name: 'Mastodon',
  summary: 'Publish posts with images to an account on any Mastodon server, with its own limits.',
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
    { name: 'sensitive', label: 'Hide the images behind a warning', type: 'boolean', required: false, default: false },
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
    text: { max: 500, unit: 'graphemes', urlLength: 23, emptyWithAttachment: true, emptyAlone: false },
    link: { supported: true, withMedia: true },
    media: {
      maxCount: 4,
      image: {
        types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
        maxBytes: 16 * 1024 * 1024,
        maxPixels: 33_177_600,
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
  // Uploads that no post uses are swept away after a day: https://docs.joinmastodon.org/admin/tootctl/
  preparedTtlMs: 12 * HOUR,
  appearance: { color: '#6364ff' },
};
