import {
  type AccountContext,
  type Cost,
  type JsonObject,
  MalformedAnswerError,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { accountOf, callX, dataOf, endpointOf } from './api.js';
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
  return receiptOf(ctx, id, prepared.mediaIds);
}

/**
 * An edit is a post of its own that takes the place of the one before, with another id. It needs the files again: nothing says
 * that they stay. https://docs.x.com/x-api/fundamentals/edit-posts
 */
export async function edit(ctx: AccountContext, receipt: Receipt, text: string): Promise<Receipt> {
  const composed = text.normalize('NFC');
  const mediaIds = mediaIdsOf(receipt);
  const id = await create(ctx, 'edit the post', {
    text: composed,
    edit_options: { previous_post_id: receipt.id },
    ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }),
  });
  ctx.spend(costOf(postPriceOf(composed)));
  return receiptOf(ctx, id, mediaIds);
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

/** Where a post is, and what an edit of it needs. The name in the address is the account's: X finds the post by its id alone. */
export function receiptOf(ctx: AccountContext, id: string, mediaIds: readonly string[]): Receipt {
  const { username } = ctx.channelDetails;
  const page = typeof username === 'string' ? `${username}/status` : 'i/web/status';
  return {
    id,
    permalink: `${endpointOf(ctx, 'www')}/${page}/${id}`,
    ...(mediaIds.length > 0 && { extra: { mediaIds: [...mediaIds] } }),
  };
}

async function create(ctx: AccountContext, operation: string, json: JsonObject): Promise<string> {
  const { token } = accountOf(ctx);
  const body = await callX(ctx, token, { operation, method: 'POST', path: 'tweets', json });
  const id = stringField(dataOf(body, operation), 'id', operation);
  if (!/^\d{1,19}$/.test(id)) throw new MalformedAnswerError(operation, '"data.id" is no id');
  return id;
}

function mediaIdsOf({ extra }: Receipt): string[] {
  const ids = extra?.mediaIds;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
