import { type AccountContext, type PlatformAdapter, PlatformHttpError, type Receipt } from '#platforms/core';
import { accessOf, request } from './api.js';
import { classify } from './classify.js';
import { connect, listChannels } from './connect.js';
import { manifest } from './manifest.js';
import { commit, type Prepared, prepare } from './publish.js';
import { reconcile } from './reconcile.js';
import { validate } from './validate.js';

/** Publishes to any server that speaks the Mastodon API. https://docs.joinmastodon.org/methods/statuses/ */
export const mastodonAdapter: PlatformAdapter<Prepared> = {
  manifest,
  validate,
  prepare,
  commit,
  reconcile,
  classify,
  connect,
  listChannels,
  remove,
  discard,
};

/** https://docs.joinmastodon.org/methods/statuses/#delete */
async function remove(ctx: AccountContext, receipt: Receipt): Promise<void> {
  try {
    const path = `/api/v1/statuses/${encodeURIComponent(receipt.id)}`;
    await request(ctx, accessOf(ctx), 'delete status', path, { method: 'DELETE' });
  } catch (error) {
    if (!(error instanceof PlatformHttpError) || ![404, 410].includes(error.status)) throw error;
  }
}

/** Since 4.4; older servers sweep unused uploads away by themselves. https://docs.joinmastodon.org/methods/media/#delete */
async function discard(ctx: AccountContext, { form }: Prepared): Promise<void> {
  for (const id of form.media_ids ?? []) {
    const path = `/api/v1/media/${encodeURIComponent(id)}`;
    await request(ctx, accessOf(ctx), 'delete media', path, { method: 'DELETE' });
  }
}
