import {
  type AccountContext,
  count,
  type Evidence,
  type JsonObject,
  type ReconcileInput,
  type Reconciliation,
} from '#platforms/core';
import { normalText, readText } from './compare.js';
import { KNOWN } from './failures.js';
import { costOf } from './prices.js';
import { postPriceOf } from './body.js';
import { type PreparedPost, receiptOf } from './publish.js';
import { readPosts, type ReadPost } from './timeline.js';

/** X's clock may be a little behind ours, and `start_time` is cut off to whole seconds. */
const CLOCK_TOLERANCE_MS = 5_000;
const SHORT_TEXT = 280;

/**
 * Looks for the post among the newest of the account. Reads cost money: no more is asked for than tells the post from others.
 * A commit that X answered with "duplicate" is looked for in the same way: what is there since then is ours, and where nothing
 * is, X means an older post, or another's.
 */
export async function reconcile(ctx: AccountContext, input: ReconcileInput<PreparedPost>): Promise<Reconciliation> {
  const { prepared, since, claimed, duplicate } = input;
  const from = new Date(since.getTime() - CLOCK_TOLERANCE_MS);
  const evidence: Evidence = { lookedAt: 'the newest posts of the account', since: since.toISOString() };
  const asked = { since: from, replies: prepared.replyTo !== undefined, long: isLong(prepared.text) };
  const posts = await readPosts(ctx, asked);
  if (!posts) {
    return { outcome: 'unknown', evidence: { ...evidence, why: 'The account has published too much since then.' } };
  }
  const same = posts.filter((post) => post.createdAt >= from && isLike(post, prepared, ctx.channelDetails.username));
  const open = same.filter(({ id }) => !claimed.has(id));
  const seen = { ...evidence, read: posts.length, same: open.map(describe) };
  const [only] = open;
  if (!only && !duplicate) return { outcome: 'absent', evidence: seen };
  if (!only) return { outcome: 'refused', failure: olderOne(same.length > 0), evidence: seen };
  if (open.length > 1) return { outcome: 'unknown', evidence: seen };
  ctx.spend(costOf(postPriceOf(prepared.text)));
  return {
    outcome: 'published',
    receipt: receiptOf(ctx, only.id, prepared.body),
    confidence: 'matched',
    evidence: seen,
  };
}

/** X found the same text, and it is not this publication's. */
function olderOne(isAnothers: boolean) {
  return {
    ...KNOWN.duplicate,
    platformCode: 'duplicate',
    message: isAnothers
      ? 'X refused this post: another post from ClickPost with the same text went out a short time ago.'
      : 'X refused this post: the account has published the same text a short time ago.',
    remedy: 'Change the text, then retry.',
  };
}

function isLong(text: string): boolean {
  return count(text, 'weighted') > SHORT_TEXT;
}

function isLike(post: ReadPost, prepared: PreparedPost, username: unknown): boolean {
  const { mediaIds, replyTo, root, quotes } = prepared;
  if (post.mediaCount !== mediaIds.length) return false;
  if (replyTo !== undefined && !isBelow(post, replyTo, root)) return false;
  const sent = normalText(prepared.text);
  const read = normalText(withoutMention(readText(post.text, post.links, quotes), replyTo, username));
  return read === sent || (post.isCut && isBeginning(read, sent));
}

/** The post above tells it; where X does not name it, the first post of the conversation has to do. */
function isBelow({ parent, conversation }: ReadPost, replyTo: string, root: string | undefined): boolean {
  if (parent !== undefined) return parent === replyTo;
  return conversation === undefined || root === undefined || conversation === root;
}

/** X may put the name of whom a reply answers in front of it. */
function withoutMention(text: string, replyTo: string | undefined, username: unknown): string {
  if (replyTo === undefined || typeof username !== 'string') return text;
  const mention = `@${username} `;
  return text.toLowerCase().startsWith(mention.toLowerCase()) ? text.slice(mention.length) : text;
}

/** Of a long post X may tell the beginning alone, with three dots and a link behind it. */
function isBeginning(read: string, sent: string): boolean {
  const beginning = read
    .replace(/\s*(?:t\.co\/\w+)?$/, '')
    .replace(/(?:…|\.\.\.)$/, '')
    .trimEnd();
  return beginning.length > 0 && sent.startsWith(beginning);
}

function describe({ id, createdAt }: ReadPost): JsonObject {
  return { id, createdAt: createdAt.toISOString() };
}
