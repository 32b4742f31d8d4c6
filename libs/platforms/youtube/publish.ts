import {
  type AccountContext,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { callYouTube } from './api.js';
import { isGone } from './classify.js';
import { commitComment, prepareComment, type PreparedComment } from './comments.js';
import { VIDEO_GONE } from './failures.js';
import { addToPlaylist } from './playlists.js';
import { type PreparedVideo, receiptOf } from './receipt.js';
import { isPublished, statusOf } from './resource.js';
import { settingsOf } from './settings.js';
import { chooseThumbnail } from './thumbnail.js';
import { deleteVideo, processedVideo, uploadedIn } from './video.js';
import { videoOf } from './videos.js';

/** What one request makes visible. */
export type Prepared = PreparedVideo | PreparedComment;

/** When to look whether YouTube still shows a video as private. */
const LOOK_AGAIN_MS = 10_000;

/** Uploads the video as private, waits until YouTube has processed it, and gives it its thumbnail and its playlist. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<Prepared> {
  if (draft.kind !== 'post') return prepareComment(ctx, draft);
  const [source] = ctx.media;
  if (!source) throw new Error('YouTube publishes videos, and there is none.');
  const videoId = await processedVideo(ctx, draft, source);
  const { isShort, playlist } = settingsOf(draft.settings);
  const notes = [await chooseThumbnail(ctx, source, videoId), await addToPlaylist(ctx, playlist, videoId)];
  const note = notes.filter((one) => one !== undefined).join(' ');
  return { kind: 'video', videoId, isShort, status: statusOf(draft), ...(note !== '' && { note }) };
}

/**
 * The one request: it says who may see the video. What it answers is who may see it: a project that Google has not audited is
 * answered that it is private. https://developers.google.com/youtube/v3/docs/videos/update
 */
export async function commit(ctx: AccountContext, prepared: Prepared): Promise<Receipt> {
  if (prepared.kind === 'comment') return commitComment(ctx, prepared);
  const operation = 'publish the video';
  const { videoId, status } = prepared;
  const query = { part: 'status' };
  const body = await callYouTube(ctx, { operation, method: 'videos.update', query, body: { id: videoId, status } });
  if (body.id !== videoId || !isJsonObject(body.status)) throw new MalformedAnswerError(operation, 'it is no video');
  const privacyStatus = stringField(body.status, 'privacyStatus', operation);
  if (privacyStatus === status.privacyStatus) return receiptOf(ctx, prepared);
  const at = new Date(ctx.now().getTime() + LOOK_AGAIN_MS);
  throw new StillProcessing(`YouTube still shows the video as ${privacyStatus}.`, at, { privacyStatus });
}

/** Deletes what was published. That it is already gone is as good. */
export async function remove(ctx: AccountContext, { id, extra }: Receipt): Promise<void> {
  if (extra?.kind !== 'comment') {
    await deleteVideo(ctx, id);
    return;
  }
  try {
    // https://developers.google.com/youtube/v3/docs/comments/delete
    await callYouTube(ctx, { operation: 'delete the comment', method: 'comments.delete', query: { id } });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** What `snippet` has to hold, as what is left out is deleted. https://developers.google.com/youtube/v3/docs/videos/update */
const KEPT = ['title', 'categoryId', 'tags', 'defaultLanguage', 'defaultAudioLanguage'] as const;

/** Replaces the description; everything else that people read stays as it is on YouTube now. */
export async function edit(ctx: AccountContext, { id }: Receipt, text: string): Promise<undefined> {
  const video = await videoOf(ctx, 'read the video', id, ['snippet']);
  if (!video) throw new PlatformFailure({ ...VIDEO_GONE, platformCode: 'videoNotFound' });
  const { snippet } = video;
  if (!isJsonObject(snippet)) throw new MalformedAnswerError('read the video', '"snippet" is missing');
  const kept = Object.fromEntries(KEPT.flatMap((name) => (snippet[name] === undefined ? [] : [[name, snippet[name]]])));
  const body = { id, snippet: { ...kept, description: text } };
  const operation = 'change the description of the video';
  await callYouTube(ctx, { operation, method: 'videos.update', query: { part: 'snippet' }, body });
}

/** Deletes what an upload left that was never prepared to its end: nobody has asked yet for anything else than a private video. */
export async function discardSteps(ctx: AccountContext, steps: JsonObject): Promise<void> {
  for (const videoId of uploadedIn(steps)) {
    const video = await videoOf(ctx, 'look whether the video is still private', videoId, ['status']);
    const status = video && isJsonObject(video.status) ? video.status : undefined;
    if (status?.privacyStatus === 'private') await deleteVideo(ctx, videoId);
  }
}

/** Deletes a private video that will not be published. One that somebody has made visible since is left alone. */
export async function discard(ctx: AccountContext, prepared: Prepared): Promise<void> {
  if (prepared.kind === 'comment') return;
  const video = await videoOf(ctx, 'look whether the video is still private', prepared.videoId, ['status']);
  const status = video && isJsonObject(video.status) ? video.status : undefined;
  if (status?.privacyStatus !== 'private' || isPublished(status, prepared.status)) return;
  await deleteVideo(ctx, prepared.videoId);
}
