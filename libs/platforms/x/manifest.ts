import { type Capabilities, type PlatformManifest } from '#platforms/core';
import { REFUSALS } from './failures.js';
import { limits } from './limits.js';
import { options, quotasOf } from './options.js';
import { MANAGE_DOCS, VERSION_DOCS } from './pages.js';
import { prices } from './prices.js';
import { settings } from './settings.js';

/** All are needed: without the last the sign-in would end after two hours. https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code */
export const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'] as const;

/** The app that practice connections use instead of the installation's own. It opens nothing but the practice network. */
export const PRACTICE_APP = { clientId: 'practice-x-app', clientSecret: 'practice-x-secret' };

/** `edit` is for subscribers alone: channels of others say so. https://docs.x.com/x-api/fundamentals/edit-posts */
const capabilities: Capabilities = { remove: true, edit: true, thread: true, firstComment: true };

/** X as data. */
export const manifest: PlatformManifest = {
  id: 'x',
  name: 'X',
  summary:
    'Publishes texts, images, GIFs, videos and polls on an X account, alone or as a thread. X charges for every post.',
  docs: MANAGE_DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'oauth', scopes: SCOPES, requiredScopes: SCOPES },
  settings,
  limits,
  capabilities,
  endpoints: { www: 'https://x.com', api: 'https://api.x.com' },
  practiceCredentials: {},
  reconcile: {
    method: 'match',
    settleMs: 20_000,
    explanation:
      'The newest posts of the account are read, as few as X allows, since each costs money. The post is found by its text, as it ' +
      'reads with its links written out, by the post above it and by its number of files. X refuses the same text twice in a ' +
      'short time; that answer is followed by the same look.',
  },
  refusals: REFUSALS,
  quotas: quotasOf({}),
  options,
  apiVersion: { version: '2', docs: VERSION_DOCS },
  prices,
  // A media id lives for 24 hours after its upload: https://docs.x.com/x-api/media/quickstart/media-upload-chunked
  preparedTtlMs: 20 * 3_600_000,
  appearance: {
    color: '#000000',
    icon: 'M18.901 1.153h3.68l-8.04 9.19L24 22.846h-7.406l-5.8-7.584-6.638 7.584H.474l8.6-9.83L0 1.154h7.594l5.243 6.932ZM17.61 20.644h2.039L6.486 3.24H4.298Z',
  },
  extra: {
    practiceApp: PRACTICE_APP,
    scopeFeatures: {
      'tweet.read': 'Finding a post again after an unknown outcome',
      'tweet.write': 'Publishing, editing and deleting posts',
      'users.read': 'Reading your profile',
      'media.write': 'Images, GIFs and videos',
      'offline.access': 'Staying signed in for longer than two hours',
    },
  },
};
