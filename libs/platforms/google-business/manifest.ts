import { type PlatformManifest, type RefusalRule } from '#platforms/core';
import { GOOGLE_SIGN_IN_ENDPOINTS } from '#platforms/google';
import { UPDATE_LIMITS } from './limits.js';
import { ERROR_DOCS, POSTS_DOCS } from './pages.js';
import { FORMATS, SETTINGS } from './settings.js';

/** The one scope of all APIs of Business Profile. https://developers.google.com/my-business/content/implement-oauth */
export const SCOPE = 'https://www.googleapis.com/auth/business.manage';

/** The app that practice connections use instead of the installation's own. It opens nothing but the practice network. */
export const PRACTICE_APP = {
  clientId: 'practice-google-business-app',
  clientSecret: 'practice-google-business-secret',
};

/**
 * Answers by which Google turns a post down before it does anything, by what their canonical codes mean: wrong arguments,
 * sign-in, permission, a place that is not there, a limit.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
const refusals: RefusalRule[] = [
  { status: 400, codes: ['INVALID_ARGUMENT', 'FAILED_PRECONDITION'], docs: ERROR_DOCS },
  ...[401, 403, 404, 429].map((status) => ({ status, docs: ERROR_DOCS })),
];

/** Google Business Profile as data. */
export const manifest: PlatformManifest = {
  id: 'google-business',
  name: 'Google Business Profile',
  summary: 'Publishes updates, events and offers on the places of a business in Google Search and Maps.',
  docs: POSTS_DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'oauth', app: 'google', scopes: [SCOPE], requiredScopes: [SCOPE] },
  settings: SETTINGS,
  limits: UPDATE_LIMITS,
  formats: FORMATS,
  capabilities: { remove: true, edit: true, thread: false, firstComment: false },
  endpoints: {
    ...GOOGLE_SIGN_IN_ENDPOINTS,
    accountmanagement: 'https://mybusinessaccountmanagement.googleapis.com',
    businessinformation: 'https://mybusinessbusinessinformation.googleapis.com',
    // Posts are in version 4 alone.
    mybusiness: 'https://mybusiness.googleapis.com',
  },
  practiceCredentials: {},
  reconcile: {
    method: 'match',
    // A request that is cut off here may go on there, as Google fetches the photo first; how long, no page says.
    settleMs: 30_000,
    explanation:
      'Google takes no key of ours with a post. What it accepted it names at once, and that post is asked about by its name until ' +
      'it is live or rejected. Where the answer was lost, the posts of the place are read: one that was made since, has the same ' +
      'text, kind, title and times and belongs to no other publication is the one. Several of them leave it open.',
  },
  refusals,
  preparedTtlMs: 12 * 3_600_000,
  apiVersion: { version: 'v4', docs: 'https://developers.google.com/my-business/ref_overview' },
  appearance: {
    color: '#4285f4',
    icon: 'M12.48 10.92v3.28h7.84c-.24 1.84-.853 3.187-1.787 4.133-1.147 1.147-2.933 2.4-6.053 2.4-4.827 0-8.6-3.893-8.6-8.72s3.773-8.72 8.6-8.72c2.6 0 4.507 1.027 5.907 2.347l2.307-2.307C18.747 1.44 16.133 0 12.48 0 5.867 0 .307 5.387.307 12s5.56 12 12.173 12c3.573 0 6.267-1.173 8.373-3.36 2.16-2.16 2.84-5.213 2.84-7.667 0-.76-.053-1.467-.173-2.053H12.48z',
  },
  extra: {
    practiceApp: PRACTICE_APP,
    scopeFeatures: { [SCOPE]: 'Listing the places of the business, and publishing on them' },
  },
};
