import { type PlatformAdapter } from '#platforms/core';
import { lookup } from './boards.js';
import { classify } from './classify.js';
import { listChannels, oauth, refresh, revoke } from './connect.js';
import { manifest } from './manifest.js';
import { configured } from './options.js';
import { pressure } from './pressure.js';
import { commit, edit, prepare, type PreparedPin, remove } from './publish.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';

/**
 * Pinterest. There is no `usage`: no request tells how much of a limit is used, the headers of every answer do. There is no
 * `discard` either: nothing deletes a video that was uploaded and never used.
 * https://developers.pinterest.com/docs/reference/rate-limits/
 */
export const adapter: PlatformAdapter<PreparedPin> = {
  manifest,
  configured: (options) => configured(options, manifest),
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
  lookup,
  edit,
  remove,
};
