import {
  type AccountContext,
  checkLimits,
  MalformedAnswerError,
  type PlatformLimits,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  stringField,
  type Violation,
} from '#platforms/core';
import { isGone } from './classify.js';
import { callForSuccess, callGraph, endpoint } from './graph.js';
import { manifest } from './manifest.js';

/** What the one creating request needs: its fields, and the uploaded photos in their order. */
export type PreparedPost = { message: string; photos: string[]; link?: string };

const CREATE = 'publish on the Page';

/** The limits, and that this is a post of its own: comments under it are not offered. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  const violations = checkLimits(draft, limits, manifest);
  if (draft.kind !== 'post') {
    violations.push({
      rule: 'facebook.segment-unsupported',
      field: 'text',
      message: 'On Facebook, ClickPost publishes posts of their own, no replies and no comments.',
      remedy: 'Put the whole text into the post.',
      docs: manifest.docs,
      verifiedOn: manifest.verifiedOn,
    });
  }
  return violations;
}

/**
 * Uploads every image without showing it, one step each.
 * https://developers.facebook.com/docs/graph-api/reference/page/photos/
 */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedPost> {
  const photos: string[] = [];
  for (const index of ctx.media.keys()) photos.push(await ctx.step(`photo:${index}`, () => uploadPhoto(ctx, index)));
  return { message: draft.text, photos, ...(draft.link !== undefined && { link: draft.link }) };
}

async function uploadPhoto(ctx: PrepareContext, index: number): Promise<string> {
  const source = ctx.media[index];
  if (!source) throw new Error(`The segment has no image ${index + 1}.`);
  const body = new FormData();
  body.set('published', 'false');
  if (source.altText) body.set('alt_text_custom', source.altText);
  const name = source.contentType === 'image/png' ? 'image.png' : 'image.jpg';
  body.set('source', new Blob([await source.read()], { type: source.contentType }), name);
  const operation = `upload image ${index + 1}`;
  const path = `${pageId(ctx)}/photos`;
  const answer = await callGraph(ctx, { operation, method: 'POST', path, body, token: pageToken(ctx) });
  return stringField(answer, 'id', operation);
}

/**
 * Text, link, one image or several: always one `POST /{page}/feed`, so that one request alone makes the post visible.
 * Its answer has no permalink and a second request is not allowed here; `facebook.com/{post id}` leads to the post.
 * https://developers.facebook.com/documentation/pages-api/posts
 */
export async function commit(ctx: AccountContext, prepared: PreparedPost): Promise<Receipt> {
  const body = new URLSearchParams();
  if (prepared.message !== '') body.set('message', prepared.message);
  if (prepared.link !== undefined) body.set('link', prepared.link);
  if (prepared.photos.length > 0) {
    body.set('attached_media', JSON.stringify(prepared.photos.map((id) => ({ media_fbid: id }))));
  }
  const path = `${pageId(ctx)}/feed`;
  const answer = await callGraph(ctx, { operation: CREATE, method: 'POST', path, body, token: pageToken(ctx) });
  const id = stringField(answer, 'id', CREATE);
  if (!/^\d+_\d+$/.test(id)) throw new MalformedAnswerError(CREATE, `"${id}" is no post id`);
  return { id, permalink: `${endpoint(ctx.endpoints, 'www')}/${id}` };
}

/** Deletes the post. That it is already gone is as good. */
export async function remove(ctx: AccountContext, receipt: Receipt): Promise<void> {
  await deleteObject(ctx, 'delete the post', receipt.id);
}

/** Deletes the uploaded photos that no post will use. */
export async function discard(ctx: AccountContext, prepared: PreparedPost): Promise<void> {
  for (const id of prepared.photos) await deleteObject(ctx, 'delete an unused photo', id);
}

async function deleteObject(ctx: AccountContext, operation: string, id: string): Promise<void> {
  try {
    await callForSuccess(ctx, { operation, method: 'DELETE', path: id, token: pageToken(ctx) });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** The Page of this context. */
export function pageId(ctx: AccountContext): string {
  if (ctx.channelId === undefined) throw new Error('No Page is given.');
  return ctx.channelId;
}

/** The token that `listChannels` returned for this Page. */
export function pageToken(ctx: AccountContext): string {
  const token = ctx.channelCredentials?.pageToken;
  if (typeof token !== 'string') throw new Error('The stored Facebook Page has no Page token.');
  return token;
}
