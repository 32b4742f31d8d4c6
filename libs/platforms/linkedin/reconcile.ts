import {
  type AccountContext,
  decodeLittleText,
  type Evidence,
  isJsonObject,
  type Json,
  type JsonObject,
  MalformedAnswerError,
  type Receipt,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { callForJson, elementsOf, isOrganization, tokenOf, urnInPath } from './api.js';
import { foreignDuplicate } from './failures.js';
import { REPEATABLE_MS } from './manifest.js';
import { isGone, permalinkOf, type Prepared, type PreparedComment, type PreparedPost, receiptOf } from './publish.js';
import { isPostUrn, timeOfUrn } from './urns.js';

/** LinkedIn's clock may be a little behind ours. */
const CLOCK_TOLERANCE_MS = 5_000;
const PAGE_SIZE = 50;

/** Looks for what may have been published. */
export async function reconcile(ctx: AccountContext, input: ReconcileInput<Prepared>): Promise<Reconciliation> {
  const { prepared } = input;
  if (prepared.kind === 'comment') return reconcileComment(ctx, { ...input, prepared });
  const post = { ...input, prepared };
  return isOrganization(prepared.author) ? reconcileOrganization(ctx, post) : reconcileMember(ctx, post);
}

type PostInput = ReconcileInput<PreparedPost>;

/**
 * Posts of a member are read by nobody: `r_member_social` is given to few. The identical post is sent again for a while, as
 * LinkedIn refuses a second one and names the first; what it names is taken for ours where it was given its id since the first
 * request. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api
 */
function reconcileMember(ctx: AccountContext, input: PostInput): Reconciliation {
  const { since, duplicate } = input;
  const evidence: Evidence = { lookedAt: 'the answer to the identical post', since: since.toISOString() };
  if (duplicate?.of !== undefined) {
    const seen = { ...evidence, duplicateOf: duplicate.of, givenOut: timeOfUrn(duplicate.of)?.toISOString() ?? null };
    const why = whyNotOurs(duplicate.of, input);
    if (why !== undefined) return { outcome: 'refused', failure: foreignDuplicate(duplicate.of, why), evidence: seen };
    return published(receiptOf(ctx, duplicate.of, input.prepared), seen);
  }
  const until = new Date(since.getTime() + REPEATABLE_MS);
  // A duplicate of something that it does not name may be this post or any other.
  return duplicate || ctx.now() >= until
    ? { outcome: 'unknown', evidence }
    : { outcome: 'repeatable', until, evidence };
}

/** Why a post that LinkedIn calls the same cannot be this publication's. */
function whyNotOurs(urn: string, { since, claimed }: PostInput): string | undefined {
  if (claimed.has(urn)) return 'another publication has published it';
  const givenOut = timeOfUrn(urn);
  if (!isPostUrn(urn) || !givenOut) return 'LinkedIn names nothing by which it could be recognized';
  if (givenOut.getTime() < since.getTime() - CLOCK_TOLERANCE_MS) {
    return `it was published before, on ${givenOut.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
  }
  return undefined;
}

/** Among the organization's posts since then; and the one that LinkedIn calls the same, wherever it is. */
async function reconcileOrganization(ctx: AccountContext, input: PostInput): Promise<Reconciliation> {
  const { read, same } = await candidates(ctx, input);
  const evidence: Evidence = {
    lookedAt: 'posts of the organization',
    since: input.since.toISOString(),
    postsRead: read,
    same: same.map(describe),
  };
  const [only] = same;
  if (same.length > 1) return { outcome: 'unknown', evidence };
  if (only) return published(receiptOf(ctx, only.id, input.prepared), evidence);
  const { duplicate } = input;
  if (!duplicate) return { outcome: 'absent', evidence };
  if (duplicate.of === undefined) return { outcome: 'unknown', evidence };
  return reconcileDuplicate(ctx, input, duplicate.of, evidence);
}

/** It is none of the organization's posts since then, so that it is an older one, another's, or one that nobody sees. */
async function reconcileDuplicate(
  ctx: AccountContext,
  input: PostInput,
  of: string,
  before: Evidence,
): Promise<Reconciliation> {
  const post = await readPost(ctx, of);
  const evidence = { ...before, duplicateOf: of, duplicate: post ? describe(post) : 'not found' };
  const why = whyNotOurs(of, input);
  if (why !== undefined) return { outcome: 'refused', failure: foreignDuplicate(of, why), evidence };
  // An id of now behind which there is nothing: LinkedIn is still at it, or keeps what it has hidden.
  if (!post) return { outcome: 'unknown', evidence };
  if (!isLike(post, input.prepared)) {
    return { outcome: 'refused', failure: foreignDuplicate(of, 'it is a post with another content'), evidence };
  }
  return published(receiptOf(ctx, of, input.prepared), evidence);
}

function published(receipt: Receipt, evidence: Evidence): Reconciliation {
  return { outcome: 'published', receipt, confidence: 'matched', evidence };
}

interface Post {
  id: string;
  author: string;
  text: string;
  content: string;
  createdAt: Date;
  changedAt: Date;
}

const LIST = 'read the posts of the organization';

/** Posts since then that are like what was sent and that no other publication owns. */
async function candidates(
  ctx: AccountContext,
  { prepared, since, claimed }: PostInput,
): Promise<{ read: number; same: Post[] }> {
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const path = `/rest/posts?q=author&author=${urnInPath(prepared.author)}&sortBy=LAST_MODIFIED`;
  const same: Post[] = [];
  let read = 0;
  for await (const element of elementsOf(ctx, { operation: LIST, path, token: tokenOf(ctx) }, PAGE_SIZE)) {
    const post = postIn(element, LIST);
    // Newest first, by the last change: nothing behind this one is newer.
    if (post.changedAt.getTime() < from) break;
    read += 1;
    if (post.createdAt.getTime() >= from && !claimed.has(post.id) && isLike(post, prepared)) same.push(post);
  }
  return { read, same };
}

async function readPost(ctx: AccountContext, urn: string): Promise<Post | undefined> {
  const operation = 'read the post that is the same';
  try {
    const path = `/rest/posts/${urnInPath(urn)}`;
    return postIn(await callForJson(ctx, { operation, method: 'GET', path, token: tokenOf(ctx) }), operation);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function postIn(element: JsonObject, operation: string): Post {
  const { commentary, content, createdAt, lastModifiedAt } = element;
  if (typeof createdAt !== 'number') throw new MalformedAnswerError(operation, '"createdAt" is no time');
  return {
    id: stringField(element, 'id', operation),
    author: stringField(element, 'author', operation),
    text: typeof commentary === 'string' ? decodeLittleText(commentary) : '',
    content: contentKey(content),
    createdAt: new Date(createdAt),
    changedAt: new Date(typeof lastModifiedAt === 'number' ? Math.max(lastModifiedAt, createdAt) : createdAt),
  };
}

function isLike(post: Post, { author, text, body }: PreparedPost): boolean {
  return (
    post.author === author && normalText(post.text) === normalText(text) && post.content === contentKey(body.content)
  );
}

/** What a post shows beside its text: the URNs of its files, the address of an article, the question of a poll. */
function contentKey(content: Json | undefined): string {
  if (!isJsonObject(content)) return '';
  const { media, multiImage, article, poll } = content;
  if (isJsonObject(media)) return `media ${textIn(media.id)}`;
  if (isJsonObject(multiImage)) {
    const images = Array.isArray(multiImage.images) ? multiImage.images.filter(isJsonObject) : [];
    return `images ${images.map(({ id }) => textIn(id)).join(' ')}`;
  }
  if (isJsonObject(article)) return `article ${textIn(article.source)}`;
  if (isJsonObject(poll)) return `poll ${textIn(poll.question)}`;
  return Object.keys(content).sort().join(' ');
}

const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** As LinkedIn stores a text: `\n` line ends, nothing blank at the end of a line or around the whole. */
function normalText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+$/gm, '')
    .trim();
}

function describe({ id, createdAt }: Post): JsonObject {
  return { id, createdAt: createdAt.toISOString() };
}

/**
 * Comments of an organization are read below the post; those of a member by nobody, and a second one is refused by nobody.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api
 */
async function reconcileComment(ctx: AccountContext, input: ReconcileInput<PreparedComment>): Promise<Reconciliation> {
  const { prepared, since, claimed } = input;
  const evidence: Evidence = { lookedAt: 'comments of the post', post: prepared.post, since: since.toISOString() };
  if (!isOrganization(prepared.author)) {
    return { outcome: 'unknown', evidence: { ...evidence, notRead: 'LinkedIn lets nobody read comments of members.' } };
  }
  const operation = 'read the comments of the post';
  const path = `/rest/socialActions/${urnInPath(prepared.post)}/comments`;
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const same: string[] = [];
  let read = 0;
  for await (const element of elementsOf(ctx, { operation, path, token: tokenOf(ctx) }, PAGE_SIZE)) {
    read += 1;
    const { urn, actor, text, at } = commentIn(element, operation);
    const isOurs = actor === prepared.author && normalText(text) === normalText(prepared.text);
    if (isOurs && at >= from && !claimed.has(urn)) same.push(urn);
  }
  const seen = { ...evidence, commentsRead: read, same };
  const [only] = same;
  if (only === undefined) return { outcome: 'absent', evidence: seen };
  if (same.length > 1) return { outcome: 'unknown', evidence: seen };
  const { post } = prepared;
  return published({ id: only, permalink: permalinkOf(ctx, post, only), extra: { post } }, seen);
}

function commentIn(element: JsonObject, operation: string): { urn: string; actor: string; text: string; at: number } {
  const { message, created } = element;
  const at = isJsonObject(created) ? created.time : undefined;
  if (typeof at !== 'number') throw new MalformedAnswerError(operation, '"created" is no time');
  return {
    urn: stringField(element, 'commentUrn', operation),
    actor: stringField(element, 'actor', operation),
    text: isJsonObject(message) && typeof message.text === 'string' ? message.text : '',
    at,
  };
}
