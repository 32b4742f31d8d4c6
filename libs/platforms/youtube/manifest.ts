import { type PlatformManifest, type RefusalRule } from '#platforms/core';
import { GOOGLE_SIGN_IN_ENDPOINTS } from '#platforms/google';
import { FORMATS } from './formats.js';
import { VIDEO_LIMITS } from './limits.js';
import { OPTIONS } from './options.js';
import { COMMENT_DOCS, ERROR_DOCS, QUOTA_DOCS, UPDATE_DOCS, VIDEO_DOCS } from './pages.js';
import { budgetsOf, GRANTED } from './quota.js';
import { settingsWith } from './settings.js';

/** All that is asked for. https://developers.google.com/youtube/v3/guides/auth/server-side-web-apps */
export const SCOPES = ['upload', 'force-ssl', 'readonly'].map(
  (scope) => `https://www.googleapis.com/auth/youtube.${scope}`,
);

/** The app that practice connections use instead of the installation's own. It opens nothing but the practice network. */
export const PRACTICE_APP = { clientId: 'practice-youtube-app', clientSecret: 'practice-youtube-secret' };

/**
 * Answers by which YouTube turns "make it visible" or "write a comment" down before it does anything: a dead token, a missing
 * permission, something that it does not accept, a limit. `processingFailure` is none of them, as it "can be a transient error",
 * and neither is `videoNotFound`: a look tells that there is nothing left to commit, so that a retry begins anew.
 */
const refusals: RefusalRule[] = [
  { status: 401, docs: ERROR_DOCS },
  {
    status: 400,
    codes: [
      ...[
        'defaultLanguageNotSet',
        'invalidCategoryId',
        'invalidDescription',
        'invalidPublishAt',
        'invalidTags',
        'invalidTitle',
      ],
      'invalidVideoMetadata',
    ],
    docs: UPDATE_DOCS,
  },
  {
    status: 403,
    codes: ['forbidden', 'forbiddenEmbedSetting', 'forbiddenLicenseSetting', 'forbiddenPrivacySetting'],
    docs: UPDATE_DOCS,
  },
  { status: 404, codes: ['channelNotFound'], docs: UPDATE_DOCS },
  {
    status: 400,
    codes: ['commentTextRequired', 'commentTextTooLong', 'invalidCommentThreadMetadata', 'channelOrVideoIdMissing'],
    docs: COMMENT_DOCS,
  },
  { status: 403, codes: ['commentsDisabled', 'ineligibleAccount'], docs: COMMENT_DOCS },
  {
    status: 403,
    codes: ['quotaExceeded', 'dailyLimitExceeded', 'rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'],
    docs: QUOTA_DOCS,
  },
  { status: 429, docs: QUOTA_DOCS },
  {
    status: 403,
    codes: ['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'accessNotConfigured', 'SERVICE_DISABLED'],
    docs: ERROR_DOCS,
  },
];

/** YouTube as data, as it is for an audited project in production. `configured` says what is different for this installation. */
export const manifest: PlatformManifest = {
  id: 'youtube',
  name: 'YouTube',
  summary: 'Publishes videos and Shorts on a YouTube channel.',
  docs: VIDEO_DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'oauth', scopes: SCOPES, requiredScopes: SCOPES, app: 'google' },
  settings: settingsWith(['public', 'unlisted', 'private']),
  limits: VIDEO_LIMITS,
  formats: FORMATS,
  capabilities: { remove: true, edit: true, thread: false, firstComment: true },
  endpoints: {
    ...GOOGLE_SIGN_IN_ENDPOINTS,
    api: 'https://www.googleapis.com/youtube/v3',
    upload: 'https://www.googleapis.com/upload/youtube/v3',
    www: 'https://www.youtube.com',
  },
  practiceCredentials: {},
  reconcile: {
    method: 'exact',
    settleMs: 20_000,
    explanation:
      'The video is uploaded as private beforehand, so its id is known, and the one request only says who may see it. After an ' +
      'unknown outcome the video itself is read: who may see it is the answer, and sending the request again would change ' +
      'nothing more. A first comment is compared with the latest comments of the video: text, author and time.',
  },
  refusals,
  budgets: budgetsOf(GRANTED),
  // The private video stays as it is; so long that no day's quota is used for uploading it twice.
  preparedTtlMs: 7 * 86_400_000,
  options: OPTIONS,
  apiVersion: { version: 'v3', docs: 'https://developers.google.com/youtube/v3/revision_history' },
  appearance: {
    color: '#ff0000',
    icon: 'M23.498 6.186a3.016 3.016 0 0 0-2.122-2.136C19.505 3.545 12 3.545 12 3.545s-7.505 0-9.377.505A3.017 3.017 0 0 0 .502 6.186C0 8.07 0 12 0 12s0 3.93.502 5.814a3.016 3.016 0 0 0 2.122 2.136c1.871.505 9.376.505 9.376.505s7.505 0 9.377-.505a3.015 3.015 0 0 0 2.122-2.136C24 15.93 24 12 24 12s0-3.93-.502-5.814zM9.545 15.568V8.432L15.818 12l-6.273 3.568z',
  },
  extra: {
    practiceApp: PRACTICE_APP,
    scopeFeatures: {
      'https://www.googleapis.com/auth/youtube.upload': 'Uploading videos and their thumbnails',
      'https://www.googleapis.com/auth/youtube.force-ssl':
        'Making videos visible, changing and deleting them, playlists and comments',
      'https://www.googleapis.com/auth/youtube.readonly': 'Reading the channel, its playlists and how far a video is',
    },
  },
};
