import {
  type AccountContext,
  type Cost,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { accountOf, callX, dataOf } from './api.js';
import { bodyOf, postPriceOf, quotedIdOf } from './body.js';
import { isMissing } from './classify.js';
import { KNOWN } from './failures.js';
import { costOf } from './prices.js';
import { sentTextOf } from './text.js';
import { uploadAll } from './upload.js';

/** The request that publishes, and what finds the post again. */
export type PreparedPost = {
  body: JsonObject;
  /** As it is sent. */
  text: string;
  mediaIds: string[];
  replyTo?: string;
  /** The first post of the thread. */
  root?: string;
  quotes?: string;
};

const PUBLISH = 'publish the post';

/** Uploads the files, and waits until X has worked on them. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedPost> {
  const mediaIds = await uploadAll(ctx);
  const quotes = quotedIdOf(draft);
  return {
    body: bodyOf(draft, mediaIds),
    text: sentTextOf(draft),
    mediaIds,
    ...(draft.replyTo && { replyTo: draft.replyTo.parent.id, root: draft.replyTo.root.id }),
    ...(quotes !== undefined && { quotes }),
  };
}

/**
 * The one request that makes the post visible. `errors` beside a success is no receipt: only an id is.
 * https://docs.x.com/x-api/posts/create-post
 */
export async function commit(ctx: AccountContext, prepared: PreparedPost): Promise<Receipt> {
  const id = await create(ctx, PUBLISH, prepared.body);
  ctx.spend(costOf(postPriceOf(prepared.text)));
  return receiptOf(ctx, id, prepared.body);
}

/**
 * An edit is a post of its own that takes the place of the one before, with another id. All that it had beside its text is said
 * again: nothing promises that it stays. Polls cannot be edited. https://docs.x.com/x-api/fundamentals/edit-posts
 */
export async function edit(ctx: AccountContext, receipt: Receipt, text: string): Promise<Receipt> {
  const beside = isJsonObject(receipt.extra?.beside) ? receipt.extra.beside : {};
  if (beside.poll !== undefined) {
    throw new PlatformFailure({ ...KNOWN['edit-not-allowed'], message: 'X lets nobody edit a post with a poll.' });
  }
  const body = { ...beside, text: text.normalize('NFC') };
  const id = await create(ctx, 'edit the post', { ...body, edit_options: { previous_post_id: receipt.id } });
  ctx.spend(costOf(postPriceOf(body.text)));
  return receiptOf(ctx, id, body);
}

/** Deletes the post, and all that it was before. That it is already gone is as good. https://docs.x.com/x-api/posts/delete-post */
export async function remove(ctx: AccountContext, { id }: Receipt): Promise<void> {
  const { token } = accountOf(ctx);
  const operation = 'delete the post';
  try {
    const body = await callX(ctx, token, { operation, method: 'DELETE', path: `tweets/${id}` });
    if (dataOf(body, operation).deleted !== true)
      throw new PlatformFailure({ ...KNOWN['not-authorized-for-resource'] });
    ctx.spend(costOf('delete'));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** What publishing a segment costs: the post, dearer with a link, and each description of an image. */
export function cost(draft: SegmentDraft): Cost[] {
  const described = draft.media.filter(
    ({ kind, altText }) => kind === 'image' && altText !== undefined && altText !== '',
  );
  return [
    costOf(postPriceOf(sentTextOf(draft))),
    ...(described.length > 0 ? [costOf('alt-text', described.length)] : []),
  ];
}

/** Where a post is, and what it has beside its text. X finds it by its id: the name in the address may be any. */
export function receiptOf(ctx: AccountContext, id: string, body: JsonObject): Receipt {
  const { username } = ctx.channelDetails;
  const page = typeof username === 'string' ? `${username}/status` : 'i/web/status';
  const { text: _text, reply: _reply, edit_options: _edits, ...beside } = body;
  return {
    id,
    permalink: `${endpointOf(ctx, 'www')}/${page}/${id}`,
    ...(Object.keys(beside).length > 0 && { extra: { beside } }),
  };
}

async function create(ctx: AccountContext, operation: string, json: JsonObject): Promise<string> {
  const { token } = accountOf(ctx);
  const body = await callX(ctx, token, { operation, method: 'POST', path: 'tweets', json });
  const id = stringField(dataOf(body, operation), 'id', operation);
  if (!/^\d{1,19}$/.test(id)) throw new MalformedAnswerError(operation, '"data.id" is no id');
  return id;
}
