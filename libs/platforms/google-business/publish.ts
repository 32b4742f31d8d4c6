import {
  type AccountContext,
  isPublicAddress,
  type JsonObject,
  MalformedAnswerError,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { callGoogle, isGoneAtGoogle } from '#platforms/google';
import { OPERATIONS } from './classify.js';
import { notReachable, photoTooSmall, rejected } from './failures.js';
import { MIN_PHOTO_BYTES } from './limits.js';
import { manifest } from './manifest.js';
import { placeOf } from './places.js';
import { postFields } from './post.js';

/** The body of the publishing request, and the place. */
export type PreparedPost = { parent: string; post: JsonObject };

/** Mostly a matter of seconds. */
const FIRST_LOOK_MS = 10_000;

/** Google fetches the photo itself while it takes the post, so nothing is uploaded before. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedPost> {
  const { path, languageCode } = placeOf(ctx);
  const media: JsonObject[] = [];
  for (const source of ctx.media) {
    if (source.bytes < MIN_PHOTO_BYTES) throw new PlatformFailure(photoTooSmall(source.bytes));
    media.push({ mediaFormat: 'PHOTO', sourceUrl: await addressOf(ctx, source) });
  }
  return { parent: path, post: { ...postFields(draft, languageCode), ...(media.length > 0 && { media }) } };
}

/**
 * Where the installation has no address on the internet, nothing is sent at all; the practice network reaches it in any case.
 * https://developers.google.com/my-business/reference/rest/v4/accounts.locations.media
 */
async function addressOf(ctx: PrepareContext, source: PrepareContext['media'][number]): Promise<string> {
  const address = await source.address();
  const isReal = ctx.endpoints.mybusiness === manifest.endpoints.mybusiness;
  if (isReal && !isPublicAddress(address)) throw new PlatformFailure(notReachable());
  return address;
}

/**
 * The one request that makes the post. What is not live yet is known by its name from here on; a rejection, too, is told by the
 * look that follows. https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts/create
 */
export async function commit(ctx: AccountContext, { parent, post }: PreparedPost): Promise<Receipt> {
  const operation = OPERATIONS.publish;
  const made = await callGoogle(ctx, {
    ...{ operation, method: 'POST', endpoint: 'mybusiness', path: `/v4/${parent}/localPosts`, body: post },
  });
  const name = nameIn(made, operation);
  if (!name.startsWith(`${parent}/`)) throw new MalformedAnswerError(operation, '"name" is a post of another place');
  if (made.state === 'LIVE') return receiptOf(made, operation);
  const at = new Date(ctx.now().getTime() + FIRST_LOOK_MS);
  throw new StillProcessing('Google is checking the post.', at, { name });
}

/** The name of a post: `accounts/1/locations/2/localPosts/3`. */
export function nameIn(post: JsonObject, operation: string): string {
  const name = stringField(post, 'name', operation);
  if (/^accounts\/[\w-]+\/locations\/[\w-]+\/localPosts\/[\w-]+$/.test(name)) return name;
  throw new MalformedAnswerError(operation, '"name" is no post');
}

/** Where a post is seen. */
export function receiptOf(post: JsonObject, operation: string): Receipt {
  const { searchUrl } = post;
  const permalink = typeof searchUrl === 'string' && /^https?:\/\//.test(searchUrl) ? searchUrl : undefined;
  return { id: nameIn(post, operation), ...(permalink !== undefined && { permalink }) };
}

/** A post by its name. https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts/get */
export function readPost(ctx: AccountContext, name: string): Promise<JsonObject> {
  const operation = OPERATIONS.readPost;
  return callGoogle(ctx, { operation, method: 'GET', endpoint: 'mybusiness', path: `/v4/${name}` });
}

/** The address may come later than the post. */
export async function permalink(ctx: AccountContext, { id }: Receipt): Promise<string | undefined> {
  return receiptOf(await readPost(ctx, id), OPERATIONS.readPost).permalink;
}

/** Replaces the text. https://developers.google.com/my-business/content/posts-data#edit-posts */
export async function edit(ctx: AccountContext, { id }: Receipt, text: string): Promise<undefined> {
  const operation = OPERATIONS.edit;
  const changed = await callGoogle(ctx, {
    ...{ operation, method: 'PATCH', endpoint: 'mybusiness', path: `/v4/${id}` },
    query: { updateMask: 'summary' },
    body: { summary: text },
  });
  if (nameIn(changed, operation) !== id) throw new MalformedAnswerError(operation, '"name" is another post');
  if (changed.state === 'REJECTED') throw new PlatformFailure(rejected());
}

/** Deletes the post. That it is already gone is as good. https://developers.google.com/my-business/content/posts-data#delete-posts */
export async function remove(ctx: AccountContext, { id }: Receipt): Promise<void> {
  const operation = OPERATIONS.remove;
  try {
    await callGoogle(ctx, { operation, method: 'DELETE', endpoint: 'mybusiness', path: `/v4/${id}` });
  } catch (error) {
    if (!isGoneAtGoogle(error)) throw error;
  }
}
