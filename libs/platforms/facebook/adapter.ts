import { type PlatformAdapter } from '#platforms/core';
import { listChannels, revoke } from './channels.js';
import { classify } from './classify.js';
import { manifest } from './manifest.js';
import { oauth } from './oauth.js';
import { commit, discard, prepare, type PreparedPost, remove, validate } from './publish.js';
import { reconcile } from './reconcile.js';

/**
 * Facebook Pages. There is no `refresh`: Page tokens have no expiry date, and an expired user token cannot be exchanged.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
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
  revoke,
  remove,
  discard,
};
