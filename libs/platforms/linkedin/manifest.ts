import { type PlatformManifest, type RefusalRule } from '#platforms/core';
import { formats, postLimits, settings } from './formats.js';
import { COMMENTS_DOCS, ERRORS_DOCS, POSTS_DOCS, RATE_DOCS, VERSIONS_DOCS } from './pages.js';
import { memberWay, organizationsWay, SCOPE_FEATURES } from './scopes.js';
import { apiVersionOf, DEFAULT_VERSION, VERSION_OPTION } from './version.js';

/** The app that practice connections use instead of the installation's own. It opens nothing but the practice network. */
export const PRACTICE_APP = { clientId: 'practice-linkedin', clientSecret: 'practice-linkedin-secret' };

/** So long the identical post of a member may be sent again to find out what became of it. See reconcile.ts. */
export const REPEATABLE_MS = 10 * 60_000;

/** What `classify` calls an answer 422 about the shape of a body, which has no code of LinkedIn's. */
export const INVALID_BODY = 'linkedin.invalid-body';

const HOUR = 3_600_000;

/**
 * Answers by which LinkedIn turns a post down before it does anything: no valid token, no permission, a limit, a version that
 * has ended, a field that is wrong. Not among them: 422 DUPLICATE_POST, which is evidence of a post, and every answer without
 * a code, such as "Unable to obtain activity".
 * https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling
 */
const refusals: readonly RefusalRule[] = [
  { status: 401, docs: ERRORS_DOCS },
  { status: 403, codes: ['ACCESS_DENIED', 'UNAUTHORIZED', '100'], docs: ERRORS_DOCS },
  {
    status: 400,
    codes: [
      ...['FIELD_LENGTH_TOO_LONG', 'FIELD_LENGTH_TOO_SHORT', 'FIELD_REQUIRED', 'FIELD_INVALID', 'FIELD_VALUE_INVALID'],
      ...['ILLEGAL_ARGUMENT', 'INVALID_URN_TYPE', 'INVALID_VALUE_FOR_FIELD', 'MISSING_FIELD', 'MISSING_REQUIRED_FIELD'],
      ...['UNKNOWN_FIELD', 'PARAM_INVALID', 'VERSION_MISSING', 'UNPERMITTED_FIELD', 'INVALID_URN_ID'],
      ...['INVALID_CONTENT', 'MEDIA_ASSET_PROCESSING_FAILED', 'MEDIA_ASSET_WAITING_UPLOAD'],
    ],
    docs: ERRORS_DOCS,
  },
  { status: 422, codes: [INVALID_BODY], docs: ERRORS_DOCS },
  // A comment whose post is not there, or not there yet.
  { status: 404, docs: COMMENTS_DOCS },
  { status: 426, docs: VERSIONS_DOCS },
  { status: 429, docs: RATE_DOCS },
];

/** LinkedIn as data. */
export const manifest: PlatformManifest = {
  id: 'linkedin',
  name: 'LinkedIn',
  summary: 'Publishes texts, images, videos, links, documents and polls as a member or on pages of organizations.',
  docs: POSTS_DOCS,
  verifiedOn: '2026-11-23',
  connect: {
    type: 'oauth',
    scopes: memberWay.scopes,
    requiredScopes: memberWay.requiredScopes,
    app: memberWay.app,
    ways: [memberWay, organizationsWay],
  },
  settings,
  limits: postLimits,
  formats,
  capabilities: { remove: true, edit: true, thread: false, firstComment: true },
  endpoints: {
    www: 'https://www.linkedin.com',
    api: 'https://api.linkedin.com',
    // LinkedIn names an address for each file; it lies here, or on a host of licdn.com.
    upload: 'https://www.linkedin.com/dms-uploads',
  },
  practiceCredentials: {},
  reconcile: {
    method: 'match',
    settleMs: 15_000,
    explanation:
      'Posts of an organization are read and compared with what was sent: text, files, and not older than the request. Posts ' +
      `of a member may not be read; for ${REPEATABLE_MS / 60_000} minutes the identical post is sent again, because LinkedIn ` +
      'refuses it as a duplicate and names the post that is there. That one is taken for ours where no other publication ' +
      'owns it and its id was given out after the first request. After that time, and for comments of a member, nobody can know.',
  },
  refusals,
  // No quotas here: LinkedIn counts requests for each person and day (150 for "Share on LinkedIn"), of which a post with
  // twenty images needs more than twenty, and tells nobody how many are left. It is waited until midnight UTC after a 429.
  // https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/share-on-linkedin#rate-limits
  options: [
    {
      name: VERSION_OPTION,
      label: 'Version of the LinkedIn API',
      type: 'text',
      required: false,
      default: DEFAULT_VERSION,
      maxLength: 6,
      help: 'Year and month, as LinkedIn publishes them. Each version ends after a year; ClickPost is checked with the default.',
    },
  ],
  apiVersion: apiVersionOf(DEFAULT_VERSION),
  // Uploaded files do not expire as far as the documentation says; addresses for uploading do within a day.
  preparedTtlMs: 20 * HOUR,
  appearance: {
    color: '#0A66C2',
    icon: 'M20.447 20.452h-3.554v-5.569c0-1.328-.027-3.037-1.852-3.037-1.853 0-2.136 1.445-2.136 2.939v5.667H9.351V9h3.414v1.561h.046c.477-.9 1.637-1.85 3.37-1.85 3.601 0 4.267 2.37 4.267 5.455v6.286zM5.337 7.433c-1.144 0-2.063-.926-2.063-2.065 0-1.138.92-2.063 2.063-2.063 1.14 0 2.064.925 2.064 2.063 0 1.139-.925 2.065-2.064 2.065zm1.782 13.019H3.555V9h3.564v11.452zM22.225 0H1.771C.792 0 0 .774 0 1.729v20.542C0 23.227.792 24 1.771 24h20.451C23.2 24 24 23.227 24 22.271V1.729C24 .774 23.2 0 22.222 0h.003z',
  },
  extra: { practiceApp: PRACTICE_APP, scopeFeatures: SCOPE_FEATURES },
};
