import { type PlatformManifest, type RefusalRule } from '#platforms/core';
import { ERROR_DOCS, GRAPH_VERSION } from '#platforms/meta';
import { FORMATS, POST_LIMITS, SETTINGS } from './formats.js';
import { REQUIRED_SCOPES, SCOPE_FEATURES, SCOPES } from './scopes.js';

/** The app that practice connections use instead of the installation's own. It opens nothing but the practice network. */
export const PRACTICE_APP = { clientId: 'practice-app', clientSecret: 'practice-secret' };

/**
 * Codes by which Facebook turns a request down before doing anything: no valid sign-in, no permission, a limit, a bad
 * parameter, a block. Not among them: 1 and 2 (a fault, anything may have happened), 506 and 1366051 ("already posted" is
 * evidence that may speak of this very post), and every code that is not documented.
 */
const REFUSED_CODES: readonly string[] = [
  ...['3', '4', '10', '17', '32', '100', '101', '102', '190', '194', '197', '341', '368', '613'],
  ...['190/458', '190/459', '190/460', '190/463', '190/464', '190/467', '190/490', '190/492', '190/2069032'],
  ...['102/458', '102/459', '102/460', '102/463', '102/464', '102/467'],
  ...['100/33', '200/2069030', '200/2069031', '200/2069033'],
  ...['80001', '80002'],
  ...Array.from({ length: 100 }, (_, index) => String(200 + index)),
];

/** Which status comes with which code is not documented and differs between edges, so the code alone decides among these. */
const REFUSAL_STATUSES = [400, 401, 403, 429];

const refusals: RefusalRule[] = REFUSAL_STATUSES.map((status) => ({ status, codes: REFUSED_CODES, docs: ERROR_DOCS }));

/** Facebook Pages as data. */
export const manifest: PlatformManifest = {
  id: 'facebook',
  name: 'Facebook',
  summary: 'Publishes texts, links, images, videos, reels and stories on Facebook Pages.',
  docs: 'https://developers.facebook.com/documentation/pages-api/posts',
  verifiedOn: '2026-10-31',
  connect: { type: 'oauth', scopes: SCOPES, requiredScopes: REQUIRED_SCOPES },
  settings: SETTINGS,
  limits: POST_LIMITS,
  formats: FORMATS,
  capabilities: { remove: true, edit: true, thread: false, firstComment: true },
  endpoints: {
    www: 'https://www.facebook.com',
    graph: 'https://graph.facebook.com',
    graphVideo: 'https://graph-video.facebook.com',
    rupload: 'https://rupload.facebook.com',
  },
  practiceCredentials: {},
  reconcile: {
    method: 'match',
    settleMs: 30_000,
    explanation:
      'Facebook takes no key of ours. Videos, reels and stories are told exactly, by the id that they got when they were ' +
      'uploaded. For everything else ClickPost reads the posts published since the attempt: a post with images is recognised ' +
      'by the ids of the uploaded photos, any other by its text and link, a comment by its text below its post. None is ' +
      '"not there", one is "published", several, or one that differs only in its link or photos, is "unconfirmed".',
  },
  refusals,
  // No quotas: Facebook's grow with the people that use a Page or the app, and are not told beforehand; that of reels, for reels
  // alone, is looked at when one is prepared. It is believed when it says so
  // (https://developers.facebook.com/docs/graph-api/overview/rate-limiting).
  // Facebook keeps a photo that was uploaded unpublished for about a day.
  preparedTtlMs: 20 * 60 * 60 * 1000,
  appearance: {
    color: '#0866FF',
    icon: 'M9.101 23.691v-7.98H6.627v-3.667h2.474v-1.58c0-4.085 1.848-5.978 5.858-5.978.401 0 .955.042 1.468.103a8.68 8.68 0 0 1 1.141.195v3.325a8.623 8.623 0 0 0-.653-.036 26.805 26.805 0 0 0-.733-.009c-.707 0-1.259.096-1.675.309a1.686 1.686 0 0 0-.679.622c-.258.42-.374.995-.374 1.752v1.297h3.919l-.386 2.103-.287 1.564h-3.246v8.245C19.396 23.238 24 18.179 24 12.044c0-6.627-5.373-12-12-12s-12 5.373-12 12c0 5.628 3.874 10.35 9.101 11.647Z',
  },
  extra: {
    practiceApp: PRACTICE_APP,
    // For signing in, which asks Facebook who somebody is and nothing else.
    graphVersion: GRAPH_VERSION,
    // What each permission is for: https://developers.facebook.com/documentation/permissions
    scopeFeatures: SCOPE_FEATURES,
  },
};
