import { type PlatformAdapter } from '#platforms/core';
import { classify } from './classify.js';
import { listChannels, oauth, refresh, revoke } from './connect.js';
import { manifest } from './manifest.js';
import { configured } from './options.js';
import { findPlaylists } from './playlists.js';
import { commit, discard, discardSteps, edit, prepare, type Prepared, remove } from './publish.js';
import { needs } from './quota.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';

/**
 * YouTube. There is no `usage` and no `pressure`: no request tells how much of the quota is used, and no header does; it is
 * counted here (`needs`, budgets). https://developers.google.com/youtube/v3/determine_quota_cost
 */
export const adapter: PlatformAdapter<Prepared> = {
  manifest,
  configured: (options) => configured(options, manifest),
  validate,
  needs,
  prepare,
  commit,
  reconcile,
  classify,
  oauth,
  listChannels,
  refresh,
  revoke,
  lookup: (ctx, _setting, query) => findPlaylists(ctx, query),
  edit,
  remove,
  discard,
  discardSteps,
};
