import {
  type AccountContext,
  type Evidence,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { graph, pageId, pageToken } from './graph.js';
import { type Prepared, type PreparedFeed } from './prepared.js';

const OPERATION = 'read the posts of the Page';
// https://developers.facebook.com/docs/graph-api/reference/story-attachment/
const ATTACHMENT = 'type,target,unshimmed_url';
const FIELDS = `id,message,created_time,permalink_url,attachments{${ATTACHMENT},subattachments{${ATTACHMENT}}}`;

/** Facebook's clock may be a little behind ours, and `created_time` is cut off to whole seconds. */
export const CLOCK_TOLERANCE_MS = 5_000;

/** What a comparison needs of what was sent. */
export type Sent = Pick<PreparedFeed, 'message' | 'photos' | 'link'>;

/** How a post on the Page compares with what was sent. */
export type Likeness = 'same' | 'alike' | 'other';

/** A post as the Page's list shows it. */
export interface PagePost {
  id: string;
  message: string;
  createdAt: Date;
  permalink?: string;
  photos: string[];
  /** What shows a video is told by the id of the video, and not by what it says. */
  video: boolean;
  /** The address behind the link card, where there is one. */
  link?: string;
}

/**
 * Looks through what the Page published since the attempt. One post that is the same is ours; none, and none alike, means
 * that nothing was published; everything else is for a person to decide.
 * https://developers.facebook.com/docs/graph-api/reference/page/published_posts/
 */
export async function reconcileFeed(
  ctx: AccountContext,
  { since, claimed }: Pick<ReconcileInput<Prepared>, 'since' | 'claimed'>,
  sent: Sent,
): Promise<Reconciliation> {
  const { posts, seen } = await postsSince(ctx, new Date(since.getTime() - CLOCK_TOLERANCE_MS));
  const open = posts.filter((post) => !claimed.has(post.id));
  const same = open.filter((post) => compare(post, sent) === 'same');
  const alike = open.filter((post) => compare(post, sent) === 'alike');
  const evidence: Evidence = {
    lookedAt: 'published posts of the Page',
    since: since.toISOString(),
    postsRead: seen,
    same: same.map(describe),
    alike: alike.map(describe),
  };
  const [only] = same;
  if (same.length === 1 && only) {
    const receipt = { id: only.id, ...(only.permalink !== undefined && { permalink: only.permalink }) };
    return { outcome: 'published', receipt, confidence: 'matched', evidence };
  }
  return { outcome: same.length + alike.length === 0 ? 'absent' : 'unknown', evidence };
}

async function postsSince(ctx: AccountContext, since: Date): Promise<{ posts: PagePost[]; seen: number }> {
  const query = { fields: FIELDS, since: String(Math.floor(since.getTime() / 1000)), limit: '100' };
  const posts: PagePost[] = [];
  let seen = 0;
  const path = `${pageId(ctx)}/published_posts`;
  const edge = graph.edge(ctx, { operation: OPERATION, path, query, token: pageToken(ctx) });
  for await (const node of edge) {
    const post = readPost(node);
    seen += 1;
    // Every page is read to its end: nothing promises that the order is the order of time.
    if (post.createdAt >= since) posts.push(post);
  }
  return { posts, seen };
}

/** A node of the list. Throws when it lacks what a comparison needs: an unreadable post cannot be called another. */
export function readPost(node: JsonObject): PagePost {
  const createdAt = new Date(Date.parse(stringField(node, 'created_time', OPERATION)));
  if (Number.isNaN(createdAt.getTime())) throw new MalformedAnswerError(OPERATION, '"created_time" is no time');
  const attachments = listOf(node.attachments).flatMap((item) => [item, ...listOf(item.subattachments)]);
  const link = attachments.map((item) => item.unshimmed_url).find((url) => typeof url === 'string');
  return {
    id: stringField(node, 'id', OPERATION),
    message: typeof node.message === 'string' ? node.message : '',
    createdAt,
    photos: attachments.filter((item) => item.type === 'photo').flatMap(targetId),
    // `video_inline`, `video_autoplay` and others.
    video: attachments.some(({ type }) => typeof type === 'string' && type.startsWith('video')),
    ...(typeof node.permalink_url === 'string' && { permalink: node.permalink_url }),
    ...(link !== undefined && { link }),
  };
}

/**
 * The text must be equal in any case. Then photos decide by their ids, or else the link by its address; a link card alone
 * says nothing where no link was sent, because Facebook makes one of any address in the text.
 */
export function compare(post: PagePost, sent: Sent): Likeness {
  if (normalText(post.message) !== normalText(sent.message)) return 'other';
  if (post.video || post.photos.length !== sent.photos.length) return 'other';
  if (sent.photos.length > 0) return sameMembers(post.photos, sent.photos) ? 'same' : 'alike';
  if (sent.link === undefined) return 'same';
  if (post.link === undefined) return 'alike';
  return normalLink(post.link) === normalLink(sent.link) ? 'same' : 'alike';
}

/** As Facebook stores a text: `\n` line ends, nothing blank at the end of a line or around the whole. */
export function normalText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+$/gm, '')
    .trim();
}

/** Without what Facebook adds or drops: `fbclid`, the fragment, a slash at the end. */
function normalLink(link: string): string {
  if (!URL.canParse(link)) return link;
  const url = new URL(link);
  url.searchParams.delete('fbclid');
  url.hash = '';
  return url.href.replace(/\/$/, '');
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  const wanted = new Set(b);
  return a.every((id) => wanted.has(id));
}

function listOf(value: unknown): JsonObject[] {
  return isJsonObject(value) && Array.isArray(value.data) ? value.data.filter(isJsonObject) : [];
}

function targetId(item: JsonObject): string[] {
  return isJsonObject(item.target) && typeof item.target.id === 'string' ? [item.target.id] : [];
}

function describe(post: PagePost): JsonObject {
  return { id: post.id, createdAt: post.createdAt.toISOString(), permalink: post.permalink ?? null };
}
