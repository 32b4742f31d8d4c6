import { type PlatformAdapter } from '#platforms/core';
import { classify } from './classify.js';
import { listChannels, oauth, refresh, revoke } from './connect.js';
import { manifest } from './manifest.js';
import { configured } from './options.js';
import { pressure } from './pressure.js';
import { commit, cost, edit, prepare, type PreparedPost, remove } from './publish.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';

/**
 * X. There is no `usage`: what an account has left is in the headers of every answer, and what the app has used is told to the
 * app's own token alone, which ClickPost does not have (https://docs.x.com/x-api/usage/get-usage). There is no `permalink`
 * either, as a post's address follows from its id, and no `discard`: files that nobody publishes expire after a day.
 */
export const adapter: PlatformAdapter<PreparedPost> = {
  manifest,
  validate,
  prepare,
  commit,
  reconcile,
  classify,
  oauth,
  listChannels,
  refresh,
  revoke,
  pressure,
  cost,
  configured: (options) => configured(manifest, options),
  edit,
  remove,
};
