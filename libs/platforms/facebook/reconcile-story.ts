import {
  type AccountContext,
  type Evidence,
  type JsonObject,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { graph, pageId, pageToken } from './graph.js';
import { type Prepared } from './prepared.js';
import { CLOCK_TOLERANCE_MS } from './reconcile-feed.js';

const OPERATION = 'read the stories of the Page';

/** A story is listed while it is live, and after that only where the Page keeps an archive: a little less than a day. */
const LISTED_MS = 23 * 3_600_000;

/** A story as the Page's list shows it. */
interface Story {
  /** Of the story. */
  postId: string;
  /** Of the photo or video in it. */
  mediaId?: string;
  createdAt: number;
  isPhoto: boolean;
  url?: string;
}

/**
 * The story of this photo. Where the list names other photos that nobody owns, it may be one of them by another id.
 * https://developers.facebook.com/docs/page-stories-api
 */
export async function reconcilePhotoStory(
  ctx: AccountContext,
  { since, claimed }: Pick<ReconcileInput<Prepared>, 'since' | 'claimed'>,
  photoId: string,
): Promise<Reconciliation> {
  const stories = await storiesSince(ctx, since);
  const ours = stories.find(({ mediaId }) => mediaId === photoId);
  const open = stories.filter(
    ({ postId, isPhoto, mediaId }) => isPhoto && mediaId === undefined && !claimed.has(postId),
  );
  const evidence: Evidence = {
    lookedAt: 'stories of the Page',
    since: since.toISOString(),
    storiesRead: stories.length,
    photo: photoId,
    unnamed: open.map(({ postId }) => postId),
  };
  if (ours) {
    const receipt = { id: ours.postId, ...(ours.url !== undefined && { permalink: ours.url }) };
    return { outcome: 'published', receipt, confidence: 'certain', evidence };
  }
  const gone = ctx.now().getTime() - since.getTime() > LISTED_MS;
  return { outcome: gone || open.length > 0 ? 'unknown' : 'absent', evidence };
}

/** Where the story of a video can be seen; undefined where the list does not name it. */
export async function storyAddress(ctx: AccountContext, since: Date, videoId: string): Promise<string | undefined> {
  const stories = await storiesSince(ctx, since);
  return stories.find(({ mediaId }) => mediaId === videoId)?.url;
}

async function storiesSince(ctx: AccountContext, since: Date): Promise<Story[]> {
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  const path = `${pageId(ctx)}/stories`;
  const query = { since: String(Math.floor(from / 1000)), limit: '100' };
  const stories: Story[] = [];
  for await (const node of graph.edge(ctx, { operation: OPERATION, path, query, token: pageToken(ctx) })) {
    const story = readStory(node);
    if (!(story.createdAt < from)) stories.push(story);
  }
  return stories;
}

/** Times are seconds since 1970, as text. One that cannot be read leaves the story in: it may be ours. */
function readStory(node: JsonObject): Story {
  return {
    postId: stringField(node, 'post_id', OPERATION),
    createdAt: Number(node.creation_time) * 1000,
    isPhoto: node.media_type !== 'video',
    ...(typeof node.media_id === 'string' && { mediaId: node.media_id }),
    ...(typeof node.url === 'string' && { url: node.url }),
  };
}
