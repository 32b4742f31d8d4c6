import { type PlatformAdapter } from '#platforms/core';
import { metaCallbacks, usagePressure } from '#platforms/meta';
import { listChannels, revoke } from './channels.js';
import { classify } from './classify.js';
import { commit } from './commit.js';
import { manifest } from './manifest.js';
import { oauth } from './oauth.js';
import { discard, edit, lookup, remove } from './objects.js';
import { prepare } from './prepare.js';
import { type Prepared } from './prepared.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';

/**
 * Facebook Pages. There is no `refresh`: Page tokens have no expiry date, and an expired user token cannot be exchanged.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 */
export const adapter: PlatformAdapter<Prepared> = {
  manifest,
  validate,
  prepare,
  commit,
  reconcile,
  classify,
  oauth,
  listChannels,
  revoke,
  pressure: usagePressure(manifest.name),
  lookup,
  callbacks: metaCallbacks,
  edit,
  remove,
  discard,
};
