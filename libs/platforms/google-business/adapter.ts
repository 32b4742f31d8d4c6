import { type PlatformAdapter } from '#platforms/core';
import { googleLogin, refreshGoogle, revokeGoogle } from '#platforms/google';
import { classify } from './classify.js';
import { manifest, SCOPE } from './manifest.js';
import { identify, listChannels } from './places.js';
import { commit, edit, permalink, prepare, type PreparedPost, remove } from './publish.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';

/**
 * Google Business Profile. There is no `usage`: no request tells how much of a limit is used. There is no `discard` either:
 * nothing is at Google before the publishing request, and a rejected post stays in the profile's own list until it is deleted
 * there.
 */
export const adapter: PlatformAdapter<PreparedPost> = {
  manifest,
  validate,
  prepare,
  commit,
  permalink,
  reconcile,
  classify,
  oauth: googleLogin({ name: manifest.name, scopes: [SCOPE], requiredScopes: [SCOPE], identify }),
  listChannels,
  refresh: (ctx) => refreshGoogle(ctx, manifest.name),
  revoke: revokeGoogle,
  edit,
  remove,
};
