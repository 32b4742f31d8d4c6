import { type PlatformAdapter } from '#platforms/core';
import { metaCallbacks, usagePressure } from '#platforms/meta';
import { listChannels, refresh, revoke } from './channels.js';
import { classify } from './classify.js';
import { oauth } from './login.js';
import { lookup } from './lookup.js';
import { manifest } from './manifest.js';
import { prepare, type Prepared } from './prepare.js';
import { commit, permalink, remove } from './publish.js';
import { reconcile } from './reconcile.js';
import { usage } from './usage.js';
import { validate } from './validate.js';

/**
 * Instagram professional accounts, connected with Instagram or with Facebook. There is no `edit`: captions cannot be changed;
 * and no `discard`: containers that are not published end by themselves after 24 hours.
 */
export const adapter: PlatformAdapter<Prepared> = {
  manifest,
  validate,
  prepare,
  commit,
  permalink,
  reconcile,
  classify,
  oauth,
  listChannels,
  refresh,
  revoke,
  usage,
  lookup,
  remove,
  pressure: usagePressure(manifest.name),
  // Each way has an app with a secret of its own, which the caller hands over.
  callbacks: metaCallbacks,
};
