import { isDeepStrictEqual } from 'node:util';
import {
  type JsonObject,
  readSandboxImage,
  readSandboxVideo,
  type SandboxAnswer,
  type SandboxRequest,
  type SandboxUpload,
  type SandboxVideo,
} from '#platforms/core';
import { callerWithChannel, MAY_CHANGE, MAY_READ, MAY_UPLOAD } from './access.js';
import { badRequest, forbidden, ok, partsOf, problem, requireQuery, stamp, videoNotFound } from './answers.js';
import { allowedPrivacy, requireFields, snippetIn, statusIn } from './metadata.js';
import { showAgain, showFirst } from './shown.js';
import { type BadEnd, type Channel, newId, type Session, type State, type Video } from './state.js';

/** https://developers.google.com/youtube/v3/docs/videos/list (`part`) */
export const VIDEO_PARTS = ['id', 'snippet', 'status', 'contentDetails', 'processingDetails', 'fileDetails'];
/** For the owner alone. */
const OF_OWNER = ['processingDetails', 'fileDetails'];
/** So that trying it is no wait. */
const TAKES_MS = 2_500;
const LONGEST_UNVERIFIED_MS = 15 * 60_000;
const LARGEST_THUMBNAIL = 2 * 1024 * 1024;
/** In thousandths of the whole. */
const PARTS_TOTAL = 1_000;
const CHANGE = { bucket: 'units', amount: 50 } as const;

/** All bytes are there: the video exists, and its processing begins. */
export function finishVideo(state: State, session: Session, upload: SandboxUpload): Video {
  const read = readSandboxVideo(upload);
  const channel = state.channelById(session.channelId);
  const arranged = state.arranged('processing') as { takesMs?: number; end?: BadEnd } | undefined;
  const end = arranged?.end ?? endOf(session, read, channel);
  const at = state.now();
  const video: Video = {
    ...{ id: newId(), channelId: session.channelId, snippet: session.snippet, status: session.status, at },
    file: {
      ...{
        contentType: session.contentType,
        bytes: session.total,
        digest: upload.finish(session.contentType),
        name: session.filename,
      },
      ...{ width: read?.width ?? 0, height: read?.height ?? 0, durationMs: read?.durationMs ?? 0 },
    },
    ...{
      readyAt: at + (arranged?.takesMs ?? TAKES_MS),
      locked: !state.isAudited,
      notified: session.notify,
      shown: false,
    },
    ...(end && { end }),
  };
  state.videos.set(video.id, video);
  // Whoever is not told "private" sees it at once.
  return video.status.privacyStatus === 'private' ? video : showFirst(state, video);
}

function endOf(
  { contentType }: Session,
  read: SandboxVideo | undefined,
  channel: Channel | undefined,
): BadEnd | undefined {
  // Of other containers nothing is read here.
  if (!read) return contentType === 'video/webm' ? undefined : { status: 'failed', reason: 'invalidFile' };
  if (read.refusedLate) return { status: 'rejected', reason: 'inappropriate' };
  if (read.durationMs > LONGEST_UNVERIFIED_MS && channel?.verified !== true)
    return { status: 'rejected', reason: 'length' };
  return undefined;
}

/** `GET /videos?id=`: those that the caller may see; what is not there is left out. */
export function listVideos(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_READ, { bucket: 'units', amount: 1 });
  requireQuery(request, { required: ['part', 'id'] });
  const parts = partsOf(request, VIDEO_PARTS);
  const ids = (request.query.id ?? '').split(',');
  if (ids.length > 50) throw badRequest('There are more than 50 ids.');
  const found = ids.flatMap((id) => state.videos.get(id) ?? []);
  const visible = found.filter((video) => video.channelId === channel.id || video.status.privacyStatus !== 'private');
  if (visible.some(({ channelId }) => channelId !== channel.id) && parts.some((part) => OF_OWNER.includes(part))) {
    throw forbidden('The request is not authorized to access video file or processing information.');
  }
  return ok({
    kind: 'youtube#videoListResponse',
    items: visible.map((video) => videoNode(state, video, parts)),
    pageInfo: { totalResults: visible.length, resultsPerPage: visible.length },
  });
}

/** `PUT /videos`: parts are replaced as a whole. https://developers.google.com/youtube/v3/docs/videos/update */
export function updateVideo(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_CHANGE, CHANGE);
  requireQuery(request, { required: ['part'] });
  const parts = partsOf(request, VIDEO_PARTS);
  const { json } = request;
  requireFields(json, ['id', 'kind', 'etag', ...parts]);
  const video = ownVideo(state, channel, typeof json.id === 'string' ? json.id : '');
  const snippet = parts.includes('snippet') ? snippetIn(json) : video.snippet;
  const status = parts.includes('status') ? allowedPrivacy(state, statusIn(json), video) : undefined;
  const changed: Video = { ...video, snippet, ...(status && { status }) };
  state.videos.set(video.id, changed);
  // What changes nothing is not seen.
  if (video.shown && !isDeepStrictEqual(changed, video)) showAgain(state, changed);
  // For the first time: also where its owner wants to be the only one who sees it, and said so.
  else if (!video.shown && status && status.privacyStatus === statusIn(json).privacyStatus) showFirst(state, changed);
  return ok(videoNode(state, changed, ['id', ...parts]));
}

/** `DELETE /videos?id=` */
export function deleteVideo(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_CHANGE, CHANGE);
  requireQuery(request, { required: ['id'] });
  const video = ownVideo(state, channel, request.query.id ?? '');
  forget(state, video);
  return { status: 204 };
}

/** It is gone, with its comments, and from every playlist. */
export function forget(state: State, { id, channelId }: Video): void {
  state.videos.delete(id);
  state.world.hide(channelId, id);
  for (const [key, comment] of state.comments.entries()) {
    if (comment.videoId !== id) continue;
    state.comments.delete(key);
    state.world.hide(comment.author, comment.id);
  }
  for (const [key, playlist] of state.playlists.entries()) {
    const items = playlist.items.filter(({ videoId }) => videoId !== id);
    if (items.length < playlist.items.length) state.playlists.set(key, { ...playlist, items });
  }
}

/** `POST /thumbnails/set`: https://developers.google.com/youtube/v3/docs/thumbnails/set */
export function setThumbnail(state: State, request: SandboxRequest): SandboxAnswer {
  const { channel } = callerWithChannel(state, request, MAY_UPLOAD, CHANGE);
  requireQuery(request, { required: ['videoId'], optional: ['uploadType'] });
  const video = ownVideo(state, channel, request.query.videoId ?? '');
  if (!channel.verified) {
    throw problem(
      403,
      'forbidden',
      "The authenticated user doesn't have permissions to upload and set custom video thumbnails.",
      { domain: 'youtube.thumbnail' },
    );
  }
  if (state.arranged('too-many-thumbnails') === true) {
    const message = 'The channel has uploaded too many thumbnails recently. Please try the request again later.';
    throw problem(429, 'uploadRateLimitExceeded', message, { domain: 'youtube.thumbnail' });
  }
  const { body } = request;
  const of = { domain: 'youtube.thumbnail' };
  if (body.bytes === 0) throw problem(400, 'mediaBodyRequired', 'The request does not include the image content.', of);
  const image = readSandboxImage(body);
  if (!image || body.bytes > LARGEST_THUMBNAIL || !['image/jpeg', 'image/png'].includes(image.contentType)) {
    throw problem(400, 'invalidImage', 'The provided image content is invalid.', of);
  }
  const changed = { ...video, thumbnail: state.world.keep(body, image.contentType) };
  state.videos.set(video.id, changed);
  if (video.shown) showAgain(state, changed);
  const url = `${state.world.baseUrl}/www/watch?v=${video.id}`;
  return ok({ kind: 'youtube#thumbnailSetResponse', items: [{ default: { url, width: 120, height: 90 } }] });
}

/** A video of the channel itself. */
function ownVideo(state: State, channel: Channel, id: string): Video {
  const video = state.videos.get(id);
  if (!video) throw videoNotFound();
  if (video.channelId !== channel.id) throw forbidden();
  return video;
}

/** A video as answers hold it. */
export function videoNode(state: State, video: Video, parts: readonly string[]): JsonObject {
  const { snippet, channelId, id } = video;
  const nodes: Readonly<Record<string, () => JsonObject>> = {
    snippet: () => ({
      ...{ ...snippet, channelId, publishedAt: stamp(video.at) },
      channelTitle: state.channelById(channelId)?.name ?? '',
    }),
    status: () => statusNode(state, video),
    contentDetails: () => ({ duration: `PT${Math.round(video.file.durationMs / 1_000)}S`, definition: 'hd' }),
    processingDetails: () => processingNode(state, video),
    fileDetails: () => ({
      ...{ fileName: video.file.name, fileSize: String(video.file.bytes), fileType: 'video' },
      durationMs: String(video.file.durationMs),
    }),
  };
  const wanted = Object.entries(nodes).filter(([name]) => parts.includes(name));
  return { kind: 'youtube#video', id, ...Object.fromEntries(wanted.map(([name, node]) => [name, node()])) };
}

/** `containsSyntheticMedia` is told where it was set, as others say who read it back. */
function statusNode(state: State, { status, end, readyAt }: Video): JsonObject {
  const isOver = state.now() >= readyAt;
  const { containsSyntheticMedia: synthetic, ...rest } = status;
  return {
    ...rest,
    ...(synthetic && { containsSyntheticMedia: true }),
    madeForKids: status.selfDeclaredMadeForKids,
    uploadStatus: isOver ? (end?.status ?? 'processed') : 'uploaded',
    ...(isOver && end?.status === 'failed' && { failureReason: end.reason }),
    ...(isOver && end?.status === 'rejected' && { rejectionReason: end.reason }),
  };
}

/** Numbers are texts, as unsigned longs are everywhere at Google. */
function processingNode(state: State, { at, readyAt, end }: Video): JsonObject {
  const left = readyAt - state.now();
  if (left <= 0) return { processingStatus: end?.status === 'failed' ? 'failed' : 'succeeded' };
  const done = Math.floor(PARTS_TOTAL * ((readyAt - at - left) / (readyAt - at)));
  return {
    processingStatus: 'processing',
    processingProgress: { partsTotal: String(PARTS_TOTAL), partsProcessed: String(done), timeLeftMs: String(left) },
  };
}
