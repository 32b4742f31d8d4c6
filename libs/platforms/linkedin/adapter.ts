import { type PlatformAdapter } from '#platforms/core';
import { classify } from './classify.js';
import { listChannels, oauth, refresh, revoke } from './connect.js';
import { manifest } from './manifest.js';
import { commit, edit, prepare, type Prepared, remove } from './publish.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';
import { configured } from './version.js';

/**
 * LinkedIn. There is no `usage`, and no `pressure`: LinkedIn tells nobody how much of a limit is used, neither when it is asked
 * nor in headers. There is no `discard` either: nothing deletes an uploaded file that no post shows.
 * https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits
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
  refresh,
  revoke,
  configured,
  edit,
  remove,
};
