import { setTimeout as pause } from 'node:timers/promises';
import {
  type JsonObject,
  isJsonObject,
  MalformedAnswerError,
  type MediaSource,
  PlatformFailure,
  type PrepareContext,
  StillProcessing,
  streamedForm,
  stringField,
} from '#platforms/core';
import { callApi, idField, refuseFailure } from './api.js';
import { isGone } from './classify.js';
import { neverReady, videoFailed } from './failures.js';
import { inline } from './images.js';

/** A video that was uploaded; `at` is ClickPost's instant (ISO 8601). */
type Uploaded = { mediaId: string; at: string };

/** One short look more before somebody else's post gets its turn. */
const INLINE_PAUSE_MS = 200;
/** When to look again, by how long it has taken: short videos are ready within seconds, long ones take minutes. */
const LOOK_AGAIN: readonly { untilMs: number; afterMs: number }[] = [
  { untilMs: 10_000, afterMs: 3_000 },
  { untilMs: 60_000, afterMs: 10_000 },
];
const LOOK_AGAIN_LATE_MS = 60_000;
/** After this it is given up. No page says how long it may take; what takes an hour has not come to an end. */
const PATIENCE_MS = 3_600_000;

/**
 * The video of a Pin as `media_source`: uploaded, and processed. One that Pinterest refused is told about once, and the next
 * call uploads it anew: a retry by hand is a real one. Throws `StillProcessing` while Pinterest works on it.
 * https://developers.pinterest.com/docs/api-features/creating-boards-and-pins/#creating-video-pins
 */
export async function videoSource(ctx: PrepareContext, source: MediaSource): Promise<JsonObject> {
  for (let generation = 1; ; generation += 1) {
    const uploaded = await ctx.step(`video:${generation}`, () => upload(ctx, source));
    const end = await endOf(ctx, uploaded);
    if (end === undefined) {
      return { source_type: 'video_id', media_id: uploaded.mediaId, ...(await coverOf(source)) };
    }
    if (await isFirstTold(ctx, `video:${generation}:ended`, end)) {
      throw new PlatformFailure(end === 'failed' ? videoFailed() : neverReady());
    }
  }
}

/**
 * Every video has a cover: the image of the chosen moment, or the first frame. The moment itself can be named in whole seconds
 * alone. https://developers.pinterest.com/docs/api/v5/pins-create
 */
async function coverOf({ cover, coverAtMs }: MediaSource): Promise<JsonObject> {
  if (!cover) return { cover_image_key_frame_time: Math.floor((coverAtMs ?? 0) / 1_000) };
  const { bytes, contentType } = await cover();
  const { content_type: type, data } = await inline({ contentType, read: async () => bytes });
  return { cover_image_content_type: type ?? contentType, cover_image_data: data ?? '' };
}

/**
 * Registers and sends in one step: the parameters of an upload are secrets that end within hours, so they are not kept, and
 * after a crash between the two another upload is registered.
 */
async function upload(ctx: PrepareContext, source: MediaSource): Promise<Uploaded> {
  const operation = 'register the upload of the video';
  const body = await callApi(ctx, { operation, method: 'POST', path: '/media', json: { media_type: 'video' } });
  const mediaId = idField(body, 'media_id', operation);
  const address = stringField(body, 'upload_url', operation);
  const { upload_parameters: parameters } = body;
  if (!isJsonObject(parameters) || !URL.canParse(address)) {
    throw new MalformedAnswerError(operation, 'it does not say where to send the video');
  }
  // All parameters, as they are and before the file: https://developers.pinterest.com/docs/api/v5/media-create
  const fields = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const form = await streamedForm(fields, { name: 'file', filename: 'video', source });
  const response = await ctx.fetch(address, { method: 'POST', ...form });
  await refuseFailure(response, 'send the video');
  return { mediaId, at: ctx.now().toISOString() };
}

/** Why nothing will come of it, or undefined where it is ready. Throws `StillProcessing` while neither is known. */
async function endOf(ctx: PrepareContext, { mediaId, at }: Uploaded): Promise<'failed' | 'never' | undefined> {
  for (let look = 1; ; look += 1) {
    const status = await statusOf(ctx, mediaId);
    if (status === 'succeeded') return undefined;
    if (status === 'failed') return 'failed';
    const age = ctx.now().getTime() - Date.parse(at);
    if (age >= PATIENCE_MS) return 'never';
    if (look > 1) {
      const after = LOOK_AGAIN.find(({ untilMs }) => age < untilMs)?.afterMs ?? LOOK_AGAIN_LATE_MS;
      throw new StillProcessing('Pinterest is processing the video.', new Date(ctx.now().getTime() + after));
    }
    await pause(INLINE_PAUSE_MS);
  }
}

/** `registered`, `processing`, `succeeded`, `failed`: https://developers.pinterest.com/docs/api/v5/media-get */
async function statusOf(ctx: PrepareContext, mediaId: string): Promise<string> {
  const operation = 'ask for the state of the video';
  try {
    const body = await callApi(ctx, { operation, method: 'GET', path: `/media/${mediaId}` });
    return stringField(body, 'status', operation);
  } catch (error) {
    // One that Pinterest does not know any more has to be sent anew.
    if (isGone(error)) return 'failed';
    throw error;
  }
}

async function isFirstTold(ctx: PrepareContext, step: string, why: string): Promise<boolean> {
  let first = false;
  await ctx.step(step, () => {
    first = true;
    return why;
  });
  return first;
}
