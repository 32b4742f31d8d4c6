import {
  type AccountContext,
  type Evidence,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type Receipt,
  type ReconcileInput,
  type Reconciliation,
  type SegmentDraft,
  sentText,
} from '#platforms/core';
import { googleErrorOf } from '#platforms/google';
import { callYouTube, channelOf, idField, pagesOf } from './api.js';
import { classify, isGone } from './classify.js';
import { VIDEO_LIMITS } from './limits.js';
import { permalinkOf } from './receipt.js';

/** The text of a first comment, the video that it goes below, and whose it is. */
export type PreparedComment = { kind: 'comment'; videoId: string; text: string; author: string };

/** YouTube's clock may be a little behind ours, and `publishedAt` is cut off to whole seconds. */
const CLOCK_TOLERANCE_MS = 5_000;
const MOST_PAGES = 3;
const READ = 'read the comments of the video';

/** Nothing is made beforehand: a comment is one request. */
export function prepareComment(ctx: AccountContext, draft: SegmentDraft): PreparedComment {
  if (!draft.replyTo) throw new Error('A comment needs the video that it goes below.');
  const text = sentText(draft, VIDEO_LIMITS.text);
  return { kind: 'comment', videoId: draft.replyTo.root.id, text, author: channelOf(ctx) };
}

/** https://developers.google.com/youtube/v3/docs/commentThreads/insert */
export async function commitComment(ctx: AccountContext, prepared: PreparedComment): Promise<Receipt> {
  const operation = 'write the first comment';
  const { videoId, text, author } = prepared;
  const body = await callYouTube(ctx, {
    operation,
    method: 'commentThreads.insert',
    query: { part: 'snippet' },
    body: { snippet: { channelId: author, videoId, topLevelComment: { snippet: { textOriginal: text } } } },
  });
  return receiptOf(ctx, idField(body, 'id', operation), videoId);
}

function receiptOf(ctx: Pick<AccountContext, 'endpoints'>, id: string, videoId: string): Receipt {
  return {
    id,
    extra: { kind: 'comment', videoId },
    permalink: `${permalinkOf(ctx, { videoId, isShort: false })}&lc=${encodeURIComponent(id)}`,
  };
}

/**
 * Looks for the comment below its video, by author, text and time. A video that is gone, or has no comments, never will have
 * this one.
 * https://developers.google.com/youtube/v3/docs/commentThreads/list
 */
export async function reconcileComment(
  ctx: AccountContext,
  prepared: PreparedComment,
  { since, claimed }: Pick<ReconcileInput<PreparedComment>, 'since' | 'claimed'>,
): Promise<Reconciliation> {
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const evidence: Evidence = { lookedAt: 'comments of the video', video: prepared.videoId, since: since.toISOString() };
  const found: string[] = [];
  let read = 0;
  let isAll = false;
  const query = { part: 'snippet', videoId: prepared.videoId, order: 'time', textFormat: 'plainText' };
  const list = { operation: READ, method: 'commentThreads.list', query, maxPages: MOST_PAGES } as const;
  try {
    for await (const { items, isLast } of pagesOf(ctx, list)) {
      const comments = items.map(commentIn);
      read += comments.length;
      found.push(...comments.filter((one) => isSame(one, prepared, from) && !claimed.has(one.id)).map(({ id }) => id));
      // Newest first: https://developers.google.com/youtube/v3/docs/commentThreads/list (`order`)
      isAll = isLast || comments.some(({ at }) => at < from);
      if (isAll) break;
    }
  } catch (error) {
    if (!isGone(error) && googleErrorOf(error)?.reasons.includes('commentsDisabled') !== true) throw error;
    const failure = classify(error, ctx.now());
    return { outcome: 'refused', failure, evidence: { ...evidence, hasComments: false } };
  }
  const seen = { ...evidence, read, same: found };
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    return {
      ...{ outcome: 'published', confidence: 'matched', evidence: seen },
      receipt: receiptOf(ctx, only, prepared.videoId),
    };
  }
  return { outcome: found.length > 0 || !isAll ? 'unknown' : 'absent', evidence: seen };
}

interface Comment {
  id: string;
  author: unknown;
  text: unknown;
  /** Milliseconds since 1970. */
  at: number;
}

/** https://developers.google.com/youtube/v3/docs/comments: `textOriginal` is there for the author alone. */
function commentIn(thread: JsonObject): Comment {
  const top = isJsonObject(thread.snippet) ? thread.snippet.topLevelComment : undefined;
  const snippet = isJsonObject(top) && isJsonObject(top.snippet) ? top.snippet : undefined;
  const at = Date.parse(typeof snippet?.publishedAt === 'string' ? snippet.publishedAt : '');
  if (!snippet || Number.isNaN(at)) throw new MalformedAnswerError(READ, '"topLevelComment" is not whole');
  const author = isJsonObject(snippet.authorChannelId) ? snippet.authorChannelId.value : undefined;
  return { id: idField(thread, 'id', READ), author, text: snippet.textOriginal ?? snippet.textDisplay, at };
}

function isSame({ author, text, at }: Comment, prepared: PreparedComment, from: number): boolean {
  return author === prepared.author && normal(text) === normal(prepared.text) && at >= from;
}

/** A text as it may be stored: one kind of line end and of blank, nothing blank around it. */
function normal(text: unknown): string {
  return typeof text === 'string' ? text.normalize('NFC').replaceAll(/\s+/g, ' ').trim() : '';
}
