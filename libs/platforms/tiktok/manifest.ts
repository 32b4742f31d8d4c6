import { type PlatformManifest, type Quota, type RefusalRule } from '#platforms/core';
import { CHUNK_BYTES } from './chunks.js';
import { POST_LIMITS } from './limits.js';
import { OPTIONS, PRACTICE_APP } from './options.js';
import { DIRECT_DOCS, GUIDELINES, START_DOCS } from './pages.js';
import { REQUIRED_SCOPES, SCOPES } from './scopes.js';
import { FORMATS, SETTINGS } from './settings.js';

/**
 * Codes by which TikTok turns an initialization down. The page calls each of them a rejected or blocked attempt. Some come with
 * HTTP 200 as well: what counts is the code. https://developers.tiktok.com/doc/content-posting-api-reference-direct-post
 */
const REFUSED = [
  'access_token_invalid',
  'app_version_check_failed',
  'invalid_param',
  'invalid_params',
  'privacy_level_option_mismatch',
  'rate_limit_exceeded',
  'reached_active_user_cap',
  'scope_not_authorized',
  'scope_permission_missed',
  'spam_risk_too_many_pending_share',
  'spam_risk_too_many_posts',
  'spam_risk_user_banned_from_posting',
  'unaudited_client_can_only_post_to_private_accounts',
  'url_ownership_unverified',
] as const;

const refusals: RefusalRule[] = [200, 400, 401, 403, 429].map((status) => ({
  status,
  codes: REFUSED,
  docs: DIRECT_DOCS,
}));

const DAY_MS = 86_400_000;

const QUOTAS: Quota[] = [
  // "May vary among creators (typically around 15 posts per day/ creator account)", shared by all apps that post for it.
  { scope: 'channel', what: 'posts of one account', limit: 15, windowMs: DAY_MS, docs: GUIDELINES },
  { scope: 'channel', what: 'posts of one account', limit: 6, windowMs: 60_000, docs: DIRECT_DOCS },
];

/** TikTok as data, as it is for an audited app. `configured` says what is different for this installation. */
export const manifest: PlatformManifest = {
  id: 'tiktok',
  name: 'TikTok',
  summary: 'Publishes videos and photos on a TikTok account, or sends them to its inbox as drafts.',
  docs: START_DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'oauth', scopes: SCOPES, requiredScopes: REQUIRED_SCOPES },
  settings: SETTINGS,
  limits: POST_LIMITS,
  formats: FORMATS,
  capabilities: { remove: false, edit: false, thread: false, firstComment: false },
  endpoints: {
    www: 'https://www.tiktok.com',
    api: 'https://open.tiktokapis.com/v2',
    upload: 'https://open-upload.tiktokapis.com',
  },
  practiceCredentials: {},
  reconcile: {
    method: 'exact',
    settleMs: 20_000,
    explanation:
      'TikTok names an uploaded video by a publish_id before its last part is sent, and says under it what became of it, until it ' +
      'is reviewed and public. What TikTok fetches by address (photos, and videos where the installation chose so) gets its ' +
      'publish_id with the answer to the publishing request. Where that answer is lost, public videos that have a text are looked for ' +
      'in the list of the account; photos, videos without a text and everything not public leave it open.',
  },
  refusals,
  quotas: QUOTAS,
  // Photos and videos that are fetched are only described; the address of an upload tells its own end.
  preparedTtlMs: DAY_MS,
  // The last part of a video is what commits it.
  commitBytes: 2 * CHUNK_BYTES,
  options: OPTIONS,
  apiVersion: { version: 'v2', docs: DIRECT_DOCS },
  appearance: {
    color: '#000000',
    icon: 'M12.525.02c1.31-.02 2.61-.01 3.91-.02.08 1.53.63 3.09 1.75 4.17 1.12 1.11 2.7 1.62 4.24 1.79v4.03c-1.44-.05-2.89-.35-4.2-.97-.57-.26-1.1-.59-1.62-.93-.01 2.92.01 5.84-.02 8.75-.08 1.4-.54 2.79-1.35 3.94-1.31 1.92-3.58 3.17-5.91 3.21-1.43.08-2.86-.31-4.08-1.03-2.02-1.19-3.44-3.37-3.65-5.71-.02-.5-.03-1-.01-1.49.18-1.9 1.12-3.72 2.58-4.96 1.66-1.44 3.98-2.13 6.15-1.72.02 1.48-.04 2.96-.04 4.44-.99-.32-2.15-.23-3.02.37-.63.41-1.11 1.04-1.36 1.75-.21.51-.15 1.07-.14 1.61.24 1.64 1.82 3.02 3.5 2.87 1.12-.01 2.19-.66 2.77-1.61.19-.33.4-.67.41-1.06.1-1.79.06-3.57.07-5.36.01-4.03-.01-8.05.02-12.07z',
  },
  extra: {
    practiceApp: PRACTICE_APP,
    scopeFeatures: {
      'user.info.basic': 'Reading the name of your account',
      'video.publish': 'Posting directly',
      'video.upload': "Sending drafts to your account's inbox in TikTok",
      'video.list': 'Finding a post again after an unknown outcome',
    },
  },
};
