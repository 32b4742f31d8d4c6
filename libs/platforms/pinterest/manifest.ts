import { type PlatformManifest, type RefusalRule } from '#platforms/core';
import { PIN_LIMITS, TITLE_MAX } from './limits.js';
import { API, OPTIONS, STANDARD_QUOTA } from './options.js';
import { CREATE_DOCS, PINS_DOCS } from './pages.js';

/**
 * All that is asked for, and without any of them no Pin can be made: "Create Pin" needs four of them.
 * https://developers.pinterest.com/docs/api/v5/pins-create
 */
export const SCOPES = ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'] as const;

/** The app that practice connections use instead of the installation's own. It opens nothing but the practice network. */
export const PRACTICE_APP = { clientId: 'practice-pinterest-app', clientSecret: 'practice-pinterest-secret' };

/**
 * Answers by which Pinterest turns "Create Pin" down before it does anything: what it could not understand, sign-in, permission,
 * a board that is not there, a limit. Every other is "an unexpected error response".
 * https://developers.pinterest.com/docs/api/v5/pins-create
 */
const refusals: RefusalRule[] = [400, 401, 403, 404, 429].map((status) => ({ status, docs: CREATE_DOCS }));

/** Pinterest as data, as it is with standard access. `configured` says what is different for this installation. */
export const manifest: PlatformManifest = {
  id: 'pinterest',
  name: 'Pinterest',
  summary: 'Publishes images and videos as Pins on the boards of a Pinterest account.',
  docs: PINS_DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'oauth', scopes: SCOPES, requiredScopes: SCOPES },
  settings: [
    { name: 'board', label: 'Board', type: 'lookup', required: true, listed: true },
    {
      name: 'section',
      label: 'Section',
      type: 'lookup',
      required: false,
      listed: true,
      dependsOn: 'board',
      help: 'Where on the board. Left empty: on the board itself.',
    },
    {
      name: 'title',
      label: 'Title',
      type: 'text',
      required: false,
      maxLength: TITLE_MAX,
      help: 'Shown below the Pin; the text of the post is its description.',
    },
  ],
  limits: PIN_LIMITS,
  capabilities: { remove: true, edit: true, thread: false, firstComment: false },
  endpoints: { www: 'https://www.pinterest.com', api: API },
  practiceCredentials: {},
  reconcile: {
    method: 'match',
    settleMs: 20_000,
    explanation:
      'Pinterest takes no key of ours with a Pin. After an unknown outcome the Pins of the board, or of its section, are read, ' +
      'newest first: one that was made since, has the same title, description, link and kind of file and belongs to no other ' +
      'publication is the one. Several of them, or one that only differs in its link, leave it open.',
  },
  refusals,
  quotas: [STANDARD_QUOTA],
  // A video that was uploaded and never used: nothing says how long it is kept.
  preparedTtlMs: 12 * 3_600_000,
  options: OPTIONS,
  apiVersion: { version: 'v5', docs: 'https://developers.pinterest.com/docs/api/v5/introduction' },
  appearance: {
    color: '#bd081c',
    icon: 'M12.017 0C5.396 0 .029 5.367.029 11.987c0 5.079 3.158 9.417 7.618 11.162-.105-.949-.199-2.403.041-3.439.219-.937 1.406-5.957 1.406-5.957s-.359-.72-.359-1.781c0-1.663.967-2.911 2.168-2.911 1.024 0 1.518.769 1.518 1.688 0 1.029-.653 2.567-.992 3.992-.285 1.193.6 2.165 1.775 2.165 2.128 0 3.768-2.245 3.768-5.487 0-2.861-2.063-4.869-5.008-4.869-3.41 0-5.409 2.562-5.409 5.199 0 1.033.394 2.143.889 2.741.099.12.112.225.085.345-.09.375-.293 1.199-.334 1.363-.053.225-.172.271-.401.165-1.495-.69-2.433-2.878-2.433-4.646 0-3.776 2.748-7.252 7.92-7.252 4.158 0 7.392 2.967 7.392 6.923 0 4.135-2.607 7.462-6.233 7.462-1.214 0-2.354-.629-2.758-1.379l-.749 2.848c-.269 1.045-1.004 2.352-1.498 3.146 1.123.345 2.306.535 3.55.535 6.607 0 11.985-5.365 11.985-11.987C23.97 5.39 18.592.026 11.985.026L12.017 0z',
  },
  extra: {
    practiceApp: PRACTICE_APP,
    scopeFeatures: {
      'boards:read': 'Choosing a board and a section, and finding Pins again after an unknown outcome',
      'boards:write': 'Publishing on a board',
      'pins:read': 'Finding Pins again after an unknown outcome, and looking after videos that are being processed',
      'pins:write': 'Publishing, changing and deleting Pins',
      'user_accounts:read': 'Reading the name of your account',
    },
  },
};
