import { type AccountContext, type LookupAnswer, isJsonObject, type JsonObject, type Receipt } from '#platforms/core';
import { isGone, loginOf } from '#platforms/meta';
import { PLACE_SETTING } from './formats.js';
import { graph, pageId, pageToken, videoGraph } from './graph.js';
import { type Prepared } from './prepared.js';

const MAX_ANSWERS = 20;

/**
 * Replaces the text: the message of a post, the description of a video. Only what this app published can be changed.
 * https://developers.facebook.com/documentation/pages-api/posts#update-a-post and
 * https://developers.facebook.com/docs/graph-api/reference/video#Updating
 */
export async function edit(ctx: AccountContext, receipt: Receipt, text: string): Promise<undefined> {
  const field = receipt.extra?.video === true ? 'description' : 'message';
  const body = new URLSearchParams({ [field]: text });
  const call = { operation: 'change the text', method: 'POST', path: receipt.id, token: pageToken(ctx), body } as const;
  await graph.callForSuccess(ctx, call);
  return undefined;
}

/** Deletes a post, a video, a reel, a story or a comment. That it is already gone is as good. */
export async function remove(ctx: AccountContext, receipt: Receipt): Promise<void> {
  await deleteObject(ctx, 'delete what was published', receipt.id);
}

/** Throws away the photos and videos that nothing will use. */
export async function discard(ctx: AccountContext, prepared: Prepared): Promise<void> {
  switch (prepared.kind) {
    case 'feed':
      for (const id of prepared.photos) await deleteObject(ctx, 'delete an unused photo', id);
      return;
    case 'photo-story':
      return deleteObject(ctx, 'delete an unused photo', prepared.photoId);
    case 'video':
      return cancelUpload(ctx, prepared.sessionId);
    case 'reel':
    case 'video-story':
      return deleteObject(ctx, 'delete an unused video', prepared.videoId);
    case 'comment':
      return; // Nothing was sent.
  }
}

/** https://developers.facebook.com/docs/graph-api/reference/page/videos: `upload_phase=cancel` */
async function cancelUpload(ctx: AccountContext, sessionId: string): Promise<void> {
  const body = new URLSearchParams({ upload_phase: 'cancel', upload_session_id: sessionId });
  const path = `${pageId(ctx)}/videos`;
  const call = { operation: 'give up an upload', method: 'POST', path, body, token: pageToken(ctx) } as const;
  await videoGraph.callForSuccess(ctx, call);
}

async function deleteObject(ctx: AccountContext, operation: string, id: string): Promise<void> {
  try {
    await graph.callForSuccess(ctx, { operation, method: 'DELETE', path: id, token: pageToken(ctx) });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * Places are Pages. Searching them takes the token of the person and the app secret, and shows those that have an address.
 * https://developers.facebook.com/documentation/pages-api/search-pages
 */
export async function lookup(ctx: AccountContext, setting: string, query: string): Promise<LookupAnswer[]> {
  if (setting !== PLACE_SETTING || query.trim() === '') return [];
  const { userToken: token } = loginOf(ctx);
  const asked = { q: query.trim(), fields: 'id,name,location,link' };
  const call = { operation: 'search for a place', method: 'GET', path: 'pages/search', token, query: asked } as const;
  const { data } = await graph.call(ctx, call);
  const pages = Array.isArray(data) ? data.filter(isJsonObject) : [];
  return pages.flatMap(placeIn).slice(0, MAX_ANSWERS);
}

function placeIn({ id, name, location }: JsonObject): LookupAnswer[] {
  if (typeof id !== 'string' || typeof name !== 'string' || !isJsonObject(location)) return [];
  const parts = [location.street, location.zip, location.city, location.country];
  const detail = parts.flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : [])).join(', ');
  return [{ value: id, label: name, ...(detail !== '' && { detail }) }];
}
