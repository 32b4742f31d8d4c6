import {
  bytesOf,
  excerpt,
  type Failure,
  isJsonObject,
  type JsonObject,
  type MediaSource,
  PlatformFailure,
  PlatformHttpError,
  type PrepareContext,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { accountOf, callX, dataOf } from './api.js';
import { KNOWN } from './failures.js';
import { costOf } from './prices.js';

/**
 * Of a post's videos. Best practices name `tweet_video` with 512 MB (https://docs.x.com/x-api/media/quickstart/best-practices),
 * the introduction names `amplify_video` for that size (https://docs.x.com/x-api/media/introduction); the latter is for
 * advertisers' programmes.
 */
const VIDEO_CATEGORY = 'tweet_video';
const GIF_CATEGORY = 'tweet_gif';
const IMAGE_CATEGORY = 'tweet_image';

/** Bytes of a segment: 512 MB make 128, of the 1,000 that there may be. https://docs.x.com/x-api/media/append-media-upload */
const SEGMENT = 4 * 1024 * 1024;
/** Segments between two checkpoints: a video of 512 MB leaves sixteen, and a crash costs at most 32 MB again. */
const SEGMENTS_A_STEP = 8;

/** Where X does not say when to look again. */
const LOOK_AGAIN_S = 5;
const LONGEST_LOOK_AGAIN_S = 60;
/** After this it is given up: nothing that takes an hour came to an end. */
const PATIENCE_MS = 3_600_000;

/** More than so many in a row, and X takes it in no case. */
const MOST_BROKEN = 2;

/** A file that is complete at X, or is not to be completed; `at` is ClickPost's instant (ISO 8601). */
type Complete = { id: string; at: string; processing: boolean; broken?: boolean };

/** The ids of all files, in their order, each ready to be shown. All are on their way before the first is waited for. */
export async function uploadAll(ctx: PrepareContext): Promise<string[]> {
  for (const index of ctx.media.keys()) await complete(ctx, index, 1);
  const ids: string[] = [];
  for (const index of ctx.media.keys()) ids.push(await ready(ctx, index));
  return ids;
}

/**
 * One that X could not process is told about once, and the next call uploads anew: a retry by hand is a real one. One that X
 * does not have whole, as it says when it is to be completed, goes up again at once.
 */
async function ready(ctx: PrepareContext, index: number): Promise<string> {
  for (let generation = 1; ; generation += 1) {
    const file = await complete(ctx, index, generation);
    if (file.broken && generation <= MOST_BROKEN) continue;
    const failure = file.processing ? await processed(ctx, file) : undefined;
    if (failure === undefined) {
      await describe(ctx, index, `${index}:${generation}`, file.id);
      return file.id;
    }
    let isFirst = false;
    await ctx.step(`media:${index}:${generation}:failed`, () => {
      isFirst = true;
      return failure.message;
    });
    if (isFirst) throw new PlatformFailure(failure);
  }
}

function sourceOf(ctx: PrepareContext, index: number): MediaSource {
  const source = ctx.media[index];
  if (!source) throw new Error(`The post has no file ${index + 1}.`);
  return source;
}

/** Sends a file: images in one request, all else in segments. */
async function complete(ctx: PrepareContext, index: number, generation: number): Promise<Complete> {
  const source = sourceOf(ctx, index);
  const name = `media:${index}:${generation}`;
  if (source.kind === 'image' && source.contentType !== 'image/gif') {
    return ctx.step(name, () => uploadImage(ctx, source, index));
  }
  const id = await ctx.step(`${name}:begin`, () => initialize(ctx, source, index));
  const segments = Math.ceil(source.bytes / SEGMENT);
  for (let first = 0; first < segments; first += SEGMENTS_A_STEP) {
    const end = Math.min(first + SEGMENTS_A_STEP, segments);
    await ctx.step(`${name}:segments:${first}-${end - 1}`, async () => {
      for (let segment = first; segment < end; segment += 1) await append(ctx, source, id, segment, index);
      return end;
    });
  }
  return ctx.step(`${name}:end`, () => finalize(ctx, id, index));
}

/** https://docs.x.com/x-api/media/upload-media */
async function uploadImage(ctx: PrepareContext, source: MediaSource, index: number): Promise<Complete> {
  const operation = `upload file ${index + 1}`;
  const form = new FormData();
  form.set('media_category', IMAGE_CATEGORY);
  form.set('media', new Blob([await source.read()], { type: source.contentType }), `file-${index + 1}`);
  return completeOf(ctx, await call(ctx, operation, 'media/upload', { form }), operation);
}

/** https://docs.x.com/x-api/media/initialize-media-upload */
async function initialize(ctx: PrepareContext, source: MediaSource, index: number): Promise<string> {
  const operation = `begin the upload of file ${index + 1}`;
  const json = {
    media_type: source.contentType,
    total_bytes: source.bytes,
    media_category: source.kind === 'video' ? VIDEO_CATEGORY : GIF_CATEGORY,
  };
  return stringField(await call(ctx, operation, 'media/upload/initialize', { json }), 'id', operation);
}

/** A segment may be sent again: it takes the place of the one before. https://docs.x.com/x-api/media/append-media-upload */
async function append(
  ctx: PrepareContext,
  source: MediaSource,
  id: string,
  segment: number,
  index: number,
): Promise<void> {
  const operation = `upload segment ${segment + 1} of file ${index + 1}`;
  const start = segment * SEGMENT;
  const bytes = await bytesOf(source, { start, end: Math.min(start + SEGMENT, source.bytes) - 1 });
  const form = new FormData();
  form.set('segment_index', String(segment));
  form.set('media', new Blob([bytes], { type: 'application/octet-stream' }), 'segment');
  const { token } = accountOf(ctx);
  await callX(ctx, token, { operation, method: 'POST', path: `media/upload/${id}/append`, form });
}

/**
 * https://docs.x.com/x-api/media/finalize-media-upload. Where it was done before, unseen, the state tells it; what X refuses to
 * complete is uploaded anew the next time.
 */
async function finalize(ctx: PrepareContext, id: string, index: number): Promise<Complete> {
  const operation = `complete the upload of file ${index + 1}`;
  try {
    return completeOf(ctx, await call(ctx, operation, `media/upload/${id}/finalize`, {}), operation);
  } catch (error) {
    if (!(error instanceof PlatformHttpError) || error.status !== 400) throw error;
    const { state } = await look(ctx, id);
    return { id, at: ctx.now().toISOString(), processing: true, ...(state === undefined && { broken: true }) };
  }
}

async function call(
  ctx: PrepareContext,
  operation: string,
  path: string,
  content: { form?: FormData; json?: JsonObject },
): Promise<JsonObject> {
  const { token } = accountOf(ctx);
  return dataOf(await callX(ctx, token, { operation, method: 'POST', path, ...content }), operation);
}

function completeOf(ctx: PrepareContext, data: JsonObject, operation: string): Complete {
  const { processing_info: info } = data;
  const processing = isJsonObject(info) && info.state !== 'succeeded';
  return { id: stringField(data, 'id', operation), at: ctx.now().toISOString(), processing };
}

/** Why X could not process it, or undefined where it is ready. Throws `StillProcessing` while neither is known. */
async function processed(ctx: PrepareContext, { id, at, broken }: Complete): Promise<Failure | undefined> {
  if (broken) return { ...KNOWN['media-invalid'], platformCode: 'media-invalid' };
  const { state, checkAfterS, words } = await look(ctx, id);
  if (state === undefined || state === 'succeeded') return undefined;
  if (state === 'failed') {
    const told = words === undefined ? {} : { platformMessage: excerpt(words) };
    return { ...KNOWN['media-failed'], platformCode: 'media-failed', ...told };
  }
  const now = ctx.now().getTime();
  if (now - Date.parse(at) >= PATIENCE_MS) return { ...KNOWN['media-stuck'], platformCode: 'media-stuck' };
  throw new StillProcessing('X is processing a file of the post.', new Date(now + checkAfterS * 1000));
}

/** https://docs.x.com/x-api/media/get-media-upload-status. Without `processing_info` there is nothing to wait for. */
async function look(ctx: PrepareContext, id: string): Promise<{ state?: string; checkAfterS: number; words?: string }> {
  const operation = 'ask how far the file is';
  const { token } = accountOf(ctx);
  const query = { command: 'STATUS', media_id: id };
  const body = await callX(ctx, token, { operation, method: 'GET', path: 'media/upload', query });
  const { processing_info: info } = dataOf(body, operation);
  if (!isJsonObject(info)) return { checkAfterS: LOOK_AGAIN_S };
  const { state, check_after_secs: after, error } = info;
  const words = isJsonObject(error) ? error.message : undefined;
  return {
    state: typeof state === 'string' ? state : 'in_progress',
    checkAfterS: typeof after === 'number' && after > 0 ? Math.min(after, LONGEST_LOOK_AGAIN_S) : LOOK_AGAIN_S,
    ...(typeof words === 'string' && { words }),
  };
}

/** https://docs.x.com/x-api/media/create-media-metadata. Charged for each request. */
async function describe(ctx: PrepareContext, index: number, name: string, id: string): Promise<void> {
  const { kind, altText } = sourceOf(ctx, index);
  if (kind !== 'image' || altText === undefined || altText === '') return;
  await ctx.step(`media:${name}:alt`, async () => {
    const json = { id, metadata: { alt_text: { text: altText } } };
    await call(ctx, `describe file ${index + 1}`, 'media/metadata', { json });
    ctx.spend(costOf('alt-text'));
    return true;
  });
}
