import { type PlatformAdapter } from '#platforms/core';
import { metaCallbacks, usagePressure } from '#platforms/meta';
import { classify } from './classify.js';
import { listChannels, oauth, refresh } from './connect.js';
import { lookup } from './lookup.js';
import { manifest } from './manifest.js';
import { commit, permalink, prepare, type PreparedContainer, remove } from './publish.js';
import { reconcile } from './reconcile.js';
import { usage } from './usage.js';
import { validate } from './validate.js';

/**
 * Threads. There is no `revoke`: Meta documents none for Threads, so people take the app away themselves. There is no `edit`
 * either, and no `discard`: a container that nobody publishes expires after a day, and nothing deletes it before.
 * https://developers.facebook.com/documentation/threads/reference
 */
export const adapter: PlatformAdapter<PreparedContainer> = {
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
  usage,
  pressure: usagePressure(manifest.name),
  lookup,
  callbacks: metaCallbacks,
  remove,
};
