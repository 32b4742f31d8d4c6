import {
  type AccountContext,
  isPublicAddress,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { profileOf, threads } from './api.js';
import { isMissing } from './classify.js';
import { containerFields, type ContainerType, containerType, fileFields, sentTextOf } from './container.js';
import { notReachable } from './failures.js';
import { manifest } from './manifest.js';
import { ready, type MadeContainer } from './processing.js';
import { requireQuota } from './usage.js';

/** What the publishing request needs, and what finds the post again: `text` and `type` as they were sent. */
export type PreparedContainer = { containerId: string; type: ContainerType; text: string; replyTo?: string };

const CREATE = 'make the container of the post';
const PUBLISH = 'publish the container';

/**
 * Makes the container of the post, with one for each file of a carousel before it, and waits until Threads has processed them.
 * The limits of the profile are asked first, so that nothing is made that could not be published.
 * https://developers.facebook.com/documentation/threads/posts
 */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedContainer> {
  const type = containerType(draft);
  const hasMedia = type !== 'TEXT';
  const containerId = await ready(ctx, { name: 'container', hasMedia }, async () => {
    await requireQuota(ctx, draft.replyTo ? 'replies' : 'posts');
    const fields = { ...containerFields(draft), ...(await filesOf(ctx, type)) };
    return create(ctx, CREATE, fields);
  });
  return {
    containerId,
    type,
    text: sentTextOf(draft),
    ...(draft.replyTo && { replyTo: draft.replyTo.parent.id }),
  };
}

/**
 * The one request that makes the post visible. It asks for no fields of the new post: an error in reading them could not be
 * told from a refusal. https://developers.facebook.com/documentation/threads/posts
 */
export async function commit(ctx: AccountContext, { containerId }: PreparedContainer): Promise<Receipt> {
  const { token, userId } = profileOf(ctx);
  const body = new URLSearchParams({ creation_id: containerId });
  const path = `${userId}/threads_publish`;
  const answer = await threads.call(ctx, { operation: PUBLISH, method: 'POST', path, token, body });
  return { id: stringField(answer, 'id', PUBLISH) };
}

/** https://developers.facebook.com/documentation/threads/retrieve-and-discover-posts/retrieve-posts */
export async function permalink(ctx: AccountContext, { id }: Receipt): Promise<string | undefined> {
  const { token } = profileOf(ctx);
  const query = { fields: 'permalink' };
  const post = await threads.call(ctx, { operation: 'read the post', method: 'GET', path: id, token, query });
  return typeof post.permalink === 'string' ? post.permalink : undefined;
}

/** Deletes the post. That it is already gone is as good. */
export async function remove(ctx: AccountContext, receipt: Receipt): Promise<void> {
  const { token } = profileOf(ctx);
  try {
    await threads.callForSuccess(ctx, { operation: 'delete the post', method: 'DELETE', path: receipt.id, token });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** The parameters that hold the files: the address of a single one, or the containers of several. */
async function filesOf(ctx: PrepareContext, type: ContainerType): Promise<Record<string, string>> {
  const [only] = ctx.media;
  if (!only) return {};
  if (type !== 'CAROUSEL') return fileFields(only, await addressOf(ctx, only), true);
  // All are begun before the first is waited for: Threads works on them side by side.
  for (const index of ctx.media.keys()) await ctx.step(`item:${index}:1`, () => createItem(ctx, index));
  const children: string[] = [];
  for (const index of ctx.media.keys()) {
    children.push(await ready(ctx, { name: `item:${index}`, hasMedia: true }, () => createItem(ctx, index)));
  }
  return { children: children.join(',') };
}

async function createItem(ctx: PrepareContext, index: number): Promise<MadeContainer> {
  const source = ctx.media[index];
  if (!source) throw new Error(`The post has no file ${index + 1}.`);
  const fields = fileFields(source, await addressOf(ctx, source), false);
  return create(ctx, `make the container of file ${index + 1}`, fields);
}

async function create(ctx: PrepareContext, operation: string, fields: Record<string, string>): Promise<MadeContainer> {
  const { token, userId } = profileOf(ctx);
  const body = new URLSearchParams(fields);
  const answer = await threads.call(ctx, { operation, method: 'POST', path: `${userId}/threads`, token, body });
  return { id: stringField(answer, 'id', operation), madeAt: ctx.now().toISOString() };
}

/**
 * Threads fetches every file itself: https://developers.facebook.com/documentation/threads/get-started#public-server
 * Where the installation has no address on the internet, nothing is asked at all; the practice network reaches it in any case.
 */
async function addressOf(ctx: PrepareContext, source: PrepareContext['media'][number]): Promise<string> {
  const address = await source.address();
  const isReal = ctx.endpoints.graph === manifest.endpoints.graph;
  if (isReal && !isPublicAddress(address)) throw new PlatformFailure(notReachable());
  return address;
}
