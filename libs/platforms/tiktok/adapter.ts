import { type PlatformAdapter } from '#platforms/core';
import { callbacks } from './callbacks.js';
import { classify } from './classify.js';
import { listChannels, oauth, refresh, revoke } from './connect.js';
import { terms } from './creator.js';
import { manifest } from './manifest.js';
import { configured } from './options.js';
import { commit, discard, goodUntil, prepare, type PreparedPost } from './publish.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';

/**
 * TikTok. There is no `usage`: nothing tells how many posts or drafts of the day are left. There is no `pressure`: no header is
 * documented. Posts can be neither changed nor deleted by an app.
 */
export const adapter: PlatformAdapter<PreparedPost> = {
  manifest,
  configured: (options) => configured(options, manifest),
  validate,
  prepare,
  commit,
  goodUntil,
  reconcile,
  classify,
  oauth,
  listChannels,
  refresh,
  revoke,
  terms,
  callbacks,
  discard,
};
