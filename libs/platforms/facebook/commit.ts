import {
  type AccountContext,
  type JsonObject,
  MalformedAnswerError,
  type Receipt,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { facebookAddress, graph, pageId, pageToken, videoGraph } from './graph.js';
import {
  type Prepared,
  type PreparedComment,
  type PreparedFeed,
  type PreparedReel,
  type PreparedVideo,
} from './prepared.js';

const CREATE = 'publish on the Page';
/** When to look first at a video that was accepted. Facebook takes from some seconds to some minutes. */
const FIRST_LOOK_MS = 5_000;

/**
 * The one request that makes it visible. Videos, reels and stories of videos are accepted by it, and shown when Facebook has
 * worked on them: `reconcile` tells.
 */
export async function commit(ctx: AccountContext, prepared: Prepared): Promise<Receipt> {
  switch (prepared.kind) {
    case 'feed':
      return commitFeed(ctx, prepared);
    case 'video':
      return accepted(ctx, await finish(ctx, 'videos', videoFields(prepared)));
    case 'reel':
      return accepted(ctx, await finish(ctx, 'video_reels', reelFields(prepared)));
    case 'video-story':
      return accepted(ctx, await finish(ctx, 'video_stories', { video_id: prepared.videoId }));
    case 'photo-story':
      return commitPhotoStory(ctx, prepared.photoId);
    case 'comment':
      return commitComment(ctx, prepared);
  }
}

/**
 * Text, link, one image or several: always one `POST /{page}/feed`, so that one request alone makes the post visible.
 * Its answer has no permalink and a second request is not allowed here; `facebook.com/{post id}` leads to the post.
 * https://developers.facebook.com/documentation/pages-api/posts
 */
async function commitFeed(ctx: AccountContext, prepared: PreparedFeed): Promise<Receipt> {
  const body = new URLSearchParams();
  if (prepared.message !== '') body.set('message', prepared.message);
  if (prepared.link !== undefined) body.set('link', prepared.link);
  if (prepared.place !== undefined) body.set('place', prepared.place);
  if (prepared.photos.length > 0) {
    body.set('attached_media', JSON.stringify(prepared.photos.map((id) => ({ media_fbid: id }))));
  }
  const id = await create(ctx, `${pageId(ctx)}/feed`, body, 'id');
  if (!/^\d+_\d+$/.test(id)) throw new MalformedAnswerError(CREATE, `"${id}" is no post id`);
  return { id, permalink: facebookAddress(ctx, id) };
}

/** https://developers.facebook.com/docs/page-stories-api: the answer names the story, but no address. */
async function commitPhotoStory(ctx: AccountContext, photoId: string): Promise<Receipt> {
  const body = new URLSearchParams({ photo_id: photoId });
  return { id: await create(ctx, `${pageId(ctx)}/photo_stories`, body, 'post_id') };
}

/** https://developers.facebook.com/documentation/pages-api/comments-mentions */
async function commitComment(ctx: AccountContext, { objectId, message }: PreparedComment): Promise<Receipt> {
  const id = await create(ctx, `${objectId}/comments`, new URLSearchParams({ message }), 'id');
  return { id, permalink: facebookAddress(ctx, id) };
}

async function create(ctx: AccountContext, path: string, body: URLSearchParams, field: string): Promise<string> {
  const answer = await graph.call(ctx, { operation: CREATE, method: 'POST', path, body, token: pageToken(ctx) });
  return stringField(answer, field, CREATE);
}

/** https://developers.facebook.com/docs/graph-api/video-uploads */
function videoFields({ sessionId, message, title }: PreparedVideo): Record<string, string> {
  return {
    upload_session_id: sessionId,
    ...(message !== '' && { description: message }),
    ...(title !== undefined && { title }),
  };
}

/** https://developers.facebook.com/docs/video-api/guides/reels-publishing */
function reelFields({ videoId, message, title, place }: PreparedReel): Record<string, string> {
  return {
    video_id: videoId,
    video_state: 'PUBLISHED',
    ...(message !== '' && { description: message }),
    ...(title !== undefined && { title }),
    ...(place !== undefined && { place }),
  };
}

function finish(
  ctx: AccountContext,
  edge: 'videos' | 'video_reels' | 'video_stories',
  fields: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const client = edge === 'videos' ? videoGraph : graph;
  const body = new URLSearchParams({ upload_phase: 'finish', ...fields });
  return client.call(ctx, {
    operation: CREATE,
    method: 'POST',
    path: `${pageId(ctx)}/${edge}`,
    body,
    token: pageToken(ctx),
  });
}

function accepted(ctx: AccountContext, answer: JsonObject): never {
  if (answer.success !== true) throw new MalformedAnswerError(CREATE, '"success" is not true');
  throw new StillProcessing('Facebook is processing the video.', new Date(ctx.now().getTime() + FIRST_LOOK_MS));
}
