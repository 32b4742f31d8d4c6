import {
  bytesOf,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type MediaSource,
  type PrepareContext,
  stringField,
} from '#platforms/core';
import { graphErrorOf, restOf, resumeUpload } from '#platforms/meta';
import { WRONG_OFFSET } from './failures.js';
import { graph, pageId, pageToken, videoGraph } from './graph.js';
import { refuseTooManyReels } from './reels.js';

/** A step of an upload covers as many chunks as come to this: so much is sent again after a crash, at the most. */
const STEP_BYTES = 64 * 1024 * 1024;
/** The server says how much it wants at once; a whole video of that would not fit into memory. */
const MAX_CHUNK_BYTES = 32 * 1024 * 1024;

/** The server's view of how far an upload is. The two are equal where it is complete. */
type Offsets = { start: number; end: number };

/**
 * Uploads the video of a post in chunks, each step going on where the server says.
 * https://developers.facebook.com/docs/graph-api/video-uploads
 */
export async function uploadVideo(
  ctx: PrepareContext,
  source: MediaSource,
): Promise<{ videoId: string; sessionId: string }> {
  const session = await ctx.step('video:start', () => startVideo(ctx, source));
  let offsets: Offsets = { start: session.start, end: session.end };
  while (offsets.start < offsets.end) {
    const from = offsets;
    offsets = await ctx.step(`video:${from.start}`, () => transfer(ctx, source, session.sessionId, from));
    if (offsets.start <= from.start) throw new MalformedAnswerError('upload the video', 'the upload goes no further');
  }
  await chooseCover(ctx, source, session.videoId);
  return { videoId: session.videoId, sessionId: session.sessionId };
}

async function startVideo(
  ctx: PrepareContext,
  source: MediaSource,
): Promise<Offsets & { videoId: string; sessionId: string }> {
  const operation = 'begin to upload the video';
  const body = new URLSearchParams({ upload_phase: 'start', file_size: String(source.bytes) });
  const answer = await callVideos(ctx, operation, body);
  return {
    videoId: stringField(answer, 'video_id', operation),
    sessionId: stringField(answer, 'upload_session_id', operation),
    ...offsetsIn(answer, operation),
  };
}

/** Sends chunks until enough for a step was taken. */
async function transfer(ctx: PrepareContext, source: MediaSource, sessionId: string, from: Offsets): Promise<Offsets> {
  let offsets = from;
  while (offsets.start < offsets.end && offsets.start - from.start < STEP_BYTES) {
    const next = await transferChunk(ctx, source, sessionId, offsets);
    if (next.start <= offsets.start) throw new MalformedAnswerError('upload the video', 'the upload goes no further');
    offsets = next;
  }
  return offsets;
}

/** The server may have taken more, or less, than what is remembered: it says where to go on, with error 1363037. */
async function transferChunk(
  ctx: PrepareContext,
  source: MediaSource,
  sessionId: string,
  { start, end }: Offsets,
): Promise<Offsets> {
  const operation = 'upload the video';
  const part = restOf(source, start, Math.min(end, start + MAX_CHUNK_BYTES));
  const body = new FormData();
  body.set('upload_phase', 'transfer');
  body.set('upload_session_id', sessionId);
  body.set('start_offset', String(start));
  body.set('video_file_chunk', new Blob([await bytesOf(part)], { type: 'application/octet-stream' }), 'chunk.mp4');
  try {
    return offsetsIn(await callVideos(ctx, operation, body), operation);
  } catch (error) {
    const said = graphErrorOf(error);
    if (said?.subcode !== WRONG_OFFSET || !said.data) throw error;
    const offsets = offsetsIn(said.data as JsonObject, operation);
    // It has more than was remembered: what it has is not sent again.
    if (offsets.start > start) return offsets;
    throw error;
  }
}

/** Which comes as text. */
function offsetsIn(answer: JsonObject, operation: string): Offsets {
  const [start, end] = [Number(answer.start_offset), Number(answer.end_offset)];
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && end >= start) return { start, end };
  throw new MalformedAnswerError(operation, '"start_offset" or "end_offset" is no number of bytes');
}

function callVideos(ctx: PrepareContext, operation: string, body: URLSearchParams | FormData): Promise<JsonObject> {
  return videoGraph.call(ctx, {
    operation,
    method: 'POST',
    path: `${pageId(ctx)}/videos`,
    token: pageToken(ctx),
    body,
  });
}

/**
 * Uploads the video of a reel or a story, from the last byte that Facebook has.
 * https://developers.facebook.com/docs/video-api/guides/reels-publishing and
 * https://developers.facebook.com/docs/page-stories-api
 */
export async function uploadUpright(
  ctx: PrepareContext,
  source: MediaSource,
  edge: 'video_reels' | 'video_stories',
): Promise<string> {
  const { videoId, address } = await ctx.step('video:start', () => startUpright(ctx, edge));
  await ctx.step('video:bytes', async () => {
    await resumeUpload(ctx, {
      operation: 'upload the video',
      address,
      endpoint: endpointOf(ctx, 'rupload'),
      token: pageToken(ctx),
      source,
      confirmed: () => confirmedBytes(ctx, videoId),
    });
    return true;
  });
  if (edge === 'video_reels') await chooseCover(ctx, source, videoId);
  return videoId;
}

async function startUpright(
  ctx: PrepareContext,
  edge: 'video_reels' | 'video_stories',
): Promise<{ videoId: string; address: string }> {
  if (edge === 'video_reels') await refuseTooManyReels(ctx);
  const operation = 'begin to upload the video';
  const path = `${pageId(ctx)}/${edge}`;
  const body = new URLSearchParams({ upload_phase: 'start' });
  const answer = await graph.call(ctx, { operation, method: 'POST', path, token: pageToken(ctx), body });
  return {
    videoId: stringField(answer, 'video_id', operation),
    address: stringField(answer, 'upload_url', operation),
  };
}

/** The guide writes `bytes_transfered`, the SDK `bytes_transferred`. */
async function confirmedBytes(ctx: PrepareContext, videoId: string): Promise<number> {
  const operation = 'ask how much of the video was uploaded';
  const query = { fields: 'status' };
  const answer = await graph.call(ctx, { operation, method: 'GET', path: videoId, token: pageToken(ctx), query });
  const phase = isJsonObject(answer.status) ? answer.status.uploading_phase : undefined;
  if (!isJsonObject(phase)) return 0;
  const bytes = phase.bytes_transferred ?? phase.bytes_transfered;
  return typeof bytes === 'number' ? bytes : 0;
}

/**
 * The moment that a person chose. The request that publishes has nothing at hand but what was prepared, so the image goes to
 * the video beforehand: https://developers.facebook.com/docs/graph-api/reference/video/thumbnails
 */
async function chooseCover(ctx: PrepareContext, source: MediaSource, videoId: string): Promise<void> {
  const { cover } = source;
  if (!cover) return;
  await ctx.step('video:cover', async () => {
    const { bytes, contentType } = await cover();
    const body = new FormData();
    body.set('is_preferred', 'true');
    body.set(
      'source',
      new Blob([bytes], { type: contentType }),
      contentType === 'image/png' ? 'cover.png' : 'cover.jpg',
    );
    const call = { operation: 'set the cover of the video', method: 'POST', path: `${videoId}/thumbnails` } as const;
    await graph.callForSuccess(ctx, { ...call, token: pageToken(ctx), body });
    return true;
  });
}
