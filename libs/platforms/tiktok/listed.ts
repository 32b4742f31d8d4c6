import {
  type AccountContext,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type Reconciliation,
  type ReconcileInput,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { callApi, OPERATIONS } from './api.js';
import { type PreparedPost } from './publish.js';
import { isGranted } from './scopes.js';

const MINUTE_MS = 60_000;
/** "Defaults to 10, maximum is 20." https://developers.tiktok.com/doc/tiktok-api-v2-video-list */
const PAGE_SIZE = 20;
const MAX_PAGES = 5;
/** TikTok fetches, processes and reviews a video before it lists it: until then its absence says nothing. */
const PATIENCE_MS = 60 * MINUTE_MS;
const LOOK_AGAIN_MS = 2 * MINUTE_MS;

interface Listed {
  id: string;
  /** Whole seconds since 1970. */
  createdAt: number;
  texts: string[];
  address?: string;
}

/**
 * Looks for a post whose `publish_id` was lost with the answer to the commit. Only public videos are listed; of photos and of
 * everything else it cannot be known what became of them. https://developers.tiktok.com/doc/tiktok-api-v2-video-list
 */
export async function findListed(
  ctx: AccountContext,
  { prepared, draft, since, claimed }: ReconcileInput<PreparedPost>,
): Promise<Reconciliation> {
  const blind = whyBlind(ctx, prepared, draft);
  if (blind !== undefined) return { outcome: 'unknown', evidence: { why: blind } };
  const videos = await videosSince(ctx, since);
  const found = videos.filter(({ id, texts }) => !claimed.has(id) && texts.includes(normal(draft.text)));
  const evidence = { videosSince: videos.length, same: found.map(({ id }) => id) };
  const [only] = found;
  if (only && found.length === 1) {
    const { id, address: permalink } = only;
    const receipt = { id, ...(permalink !== undefined && { permalink }) };
    return { outcome: 'published', receipt, confidence: 'matched', evidence };
  }
  const now = ctx.now().getTime();
  if (found.length === 0 && now - since.getTime() < PATIENCE_MS) {
    return { outcome: 'pending', checkAt: new Date(now + LOOK_AGAIN_MS), evidence };
  }
  return { outcome: 'unknown', evidence };
}

/** Why the post would not be in the list even if it had been posted; undefined where it would. */
function whyBlind(
  ctx: AccountContext,
  { kind, isDraft, isPublic }: PreparedPost,
  { text }: SegmentDraft,
): string | undefined {
  if (kind === 'photos') return "TikTok's list holds videos alone.";
  if (isDraft || !isPublic) return "TikTok's list holds public videos alone.";
  if (normal(text) === '') return "Without a text it cannot be told from other videos in TikTok's list.";
  return isGranted(ctx, 'video.list') ? undefined : 'The permission "video.list" was not given.';
}

/** The public videos that were made since, newest first. */
async function videosSince(ctx: AccountContext, since: Date): Promise<Listed[]> {
  const operation = OPERATIONS.list;
  const query = { fields: 'id,create_time,title,video_description,share_url' };
  const earliest = Math.floor(since.getTime() / 1_000);
  const all: Listed[] = [];
  let cursor: number | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const json = { max_count: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
    const data = await callApi(ctx, { operation, path: '/video/list/', query, json });
    if (!Array.isArray(data.videos)) throw new MalformedAnswerError(operation, '"videos" is not a list');
    const videos = data.videos.filter(isJsonObject).map((video) => listedOf(video, operation));
    all.push(...videos.filter(({ createdAt }) => createdAt >= earliest));
    const isOlder = videos.some(({ createdAt }) => createdAt < earliest);
    if (isOlder || data.has_more !== true || typeof data.cursor !== 'number') return all;
    ({ cursor } = data as { cursor: number });
  }
  return all;
}

function listedOf(video: JsonObject, operation: string): Listed {
  const { create_time: createdAt, title, video_description: description, share_url: share } = video;
  if (typeof createdAt !== 'number') throw new MalformedAnswerError(operation, '"create_time" is no number');
  const address = typeof share === 'string' && URL.canParse(share) ? new URL(share) : undefined;
  return {
    id: stringField(video, 'id', operation),
    createdAt,
    texts: [normal(title), normal(description)],
    // What follows the question mark says who shared it.
    ...(address && { address: `${address.origin}${address.pathname}` }),
  };
}

/** A text as it may be stored: one kind of line end and of blank, nothing blank around it. */
function normal(text: unknown): string {
  return typeof text === 'string' ? text.normalize('NFC').replaceAll(/\s+/g, ' ').trim() : '';
}
