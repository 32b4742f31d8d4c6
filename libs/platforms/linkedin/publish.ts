import {
  type AccountContext,
  encodeLittleText,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  parseJson,
  PlatformHttpError,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  textWithLink,
} from '#platforms/core';
import { authorOf, call, tokenOf, urnInPath } from './api.js';
import { postBody, textOf } from './content.js';
import { LINK_SEPARATOR } from './formats.js';
import { uploadFiles } from './files.js';
import { isPostUrn, partsOfComment } from './urns.js';

/** What publishes a post. `text` is what people will read, `link` what of it was no part of the text. */
export type PreparedPost = { kind: 'post'; author: string; text: string; body: JsonObject; link?: string };
/** What publishes a comment below `post`. */
export type PreparedComment = { kind: 'comment'; author: string; text: string; post: string };
/** What the publishing request sends. */
export type Prepared = PreparedPost | PreparedComment;

/** Uploads the files of a post and waits until LinkedIn has worked on them. A comment needs nothing ahead. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<Prepared> {
  const author = authorOf(ctx);
  const text = textOf(draft);
  if (draft.kind !== 'post') {
    if (!draft.replyTo) throw new Error('A comment on LinkedIn needs a post to stand below.');
    return { kind: 'comment', author, text, post: draft.replyTo.root.id };
  }
  const assets = await uploadFiles(ctx, draft);
  const link = text === draft.text ? undefined : draft.link;
  return { kind: 'post', author, text, body: postBody(draft, author, assets), ...(link !== undefined && { link }) };
}

/** The one request that makes the segment visible. */
export async function commit(ctx: AccountContext, prepared: Prepared): Promise<Receipt> {
  return prepared.kind === 'post' ? publishPost(ctx, prepared) : publishComment(ctx, prepared);
}

const PUBLISH = 'publish the post';
const COMMENT = 'publish the comment';

/** A 201 without the id in its header is no receipt. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api */
async function publishPost(ctx: AccountContext, prepared: PreparedPost): Promise<Receipt> {
  const { body } = prepared;
  const request = { operation: PUBLISH, method: 'POST', path: '/rest/posts', token: tokenOf(ctx), body } as const;
  const { headers } = await call(ctx, request);
  const id = keyIn(headers);
  if (id === undefined || !isPostUrn(id)) throw new MalformedAnswerError(PUBLISH, '"x-restli-id" names no post');
  return receiptOf(ctx, id, prepared);
}

/** A post that is out. The link in its text is kept, as people who change the text do not see it there. */
export function receiptOf(ctx: AccountContext, id: string, { link }: PreparedPost): Receipt {
  return { id, permalink: permalinkOf(ctx, id), ...(link !== undefined && { extra: { link } }) };
}

/**
 * The text of a comment is plain: it has attributes beside it instead of signs in it, so that nothing is escaped.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api
 */
async function publishComment(ctx: AccountContext, { author, post, text }: PreparedComment): Promise<Receipt> {
  const { headers, text: answer } = await call(ctx, {
    operation: COMMENT,
    method: 'POST',
    path: `/rest/socialActions/${urnInPath(post)}/comments`,
    token: tokenOf(ctx),
    body: { actor: author, object: post, message: { text } },
  });
  const urn = commentUrnIn(parseJson(answer)) ?? fromKey(post, keyIn(headers));
  if (urn === undefined) throw new MalformedAnswerError(COMMENT, 'it names no comment');
  return { id: urn, permalink: permalinkOf(ctx, post, urn), extra: { post } };
}

/** The key of what was made. It may be encoded, as keys in addresses are. https://linkedin.github.io/rest.li/spec/protocol */
function keyIn(headers: Headers): string | undefined {
  const key = headers.get('x-restli-id');
  if (key === null || key === '') return undefined;
  return /^urn%3a/i.test(key) ? decodeURIComponent(key) : key;
}

function commentUrnIn(body: unknown): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const { commentUrn } = body;
  return typeof commentUrn === 'string' && partsOfComment(commentUrn) ? commentUrn : undefined;
}

function fromKey(post: string, key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  if (partsOfComment(key)) return key;
  return /^\d+$/.test(key) ? `urn:li:comment:(${post},${key})` : undefined;
}

/** Where people see it. */
export function permalinkOf(ctx: AccountContext, post: string, comment?: string): string {
  const address = `${endpointOf(ctx, 'www')}/feed/update/${post}`;
  return comment === undefined ? address : `${address}?commentUrn=${urnInPath(comment)}`;
}

/** Deletes the post or comment. That it is already gone is as good. */
export async function remove(ctx: AccountContext, receipt: Receipt): Promise<void> {
  const path = pathOf(ctx, receipt);
  try {
    await call(ctx, { operation: 'delete the post', method: 'DELETE', path, token: tokenOf(ctx) });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * Replaces the text alone: of everything else LinkedIn changes nothing afterwards.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#update-posts
 */
export async function edit(ctx: AccountContext, receipt: Receipt, text: string): Promise<undefined> {
  const link = receipt.extra?.link;
  const whole = textWithLink(text, typeof link === 'string' ? link : undefined, LINK_SEPARATOR);
  const isComment = partsOfComment(receipt.id) !== undefined;
  await call(ctx, {
    operation: 'change the text',
    method: 'POST',
    path: pathOf(ctx, receipt),
    token: tokenOf(ctx),
    restliMethod: 'PARTIAL_UPDATE',
    body: {
      patch: isComment ? { message: { $set: { text: whole } } } : { $set: { commentary: encodeLittleText(whole) } },
    },
  });
  return undefined;
}

function pathOf(ctx: AccountContext, { id, extra }: Receipt): string {
  const comment = partsOfComment(id);
  if (!comment) return `/rest/posts/${urnInPath(id)}`;
  const post = typeof extra?.post === 'string' ? extra.post : comment.post;
  return `/rest/socialActions/${urnInPath(post)}/comments/${comment.id}?actor=${urnInPath(authorOf(ctx))}`;
}

/** Whether LinkedIn does not find it. */
export function isGone(error: unknown): boolean {
  return error instanceof PlatformHttpError && (error.status === 404 || error.status === 410);
}
