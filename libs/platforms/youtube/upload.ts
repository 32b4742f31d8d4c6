import {
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type MediaSource,
  parseJson,
  PlatformFailure,
  PlatformHttpError,
  type PrepareContext,
  type StreamedBody,
  streamedPart,
} from '#platforms/core';
import { googleCredentialsOf, isAtEndpoint } from '#platforms/google';
import { idField } from './api.js';
import { UPLOAD_OUT_OF_STEP } from './failures.js';
import { BEGIN_UPLOAD, useQuota } from './quota.js';

/** "The chunk size must be a multiple of 256 KB", but for the last one; so much is sent again after a torn connection. */
export const CHUNK_BYTES = 8 * 1024 * 1024;
/** A step of an upload covers as many chunks as come to this. */
const STEP_BYTES = 64 * 1024 * 1024;
/** A step sends no more chunks than this: a server that takes only a little of each, or forgets some, comes to an end. */
const MOST_CHUNKS = (3 * STEP_BYTES) / CHUNK_BYTES;
const SEND = 'upload the video';

/**
 * An upload that was begun. Whoever knows the address can go on with it, so it stays with the checkpoints and is in no log:
 * of a query, no value is kept there.
 */
export type Session = { address: string; filename: string; at: string };

/** How far an upload is: so many bytes are there, or all of them, or its session is over. */
type Progress = { bytes: number } | { videoId: string } | { gone: true };

/**
 * Begins an upload. What the video will be called and who may see it goes with it; the name of the file is shown to nobody but
 * the owner, and tells this upload from every other.
 * https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol (step 1)
 */
export async function beginUpload(
  ctx: PrepareContext,
  { bytes, contentType }: MediaSource,
  { resource, filename, notify }: { resource: JsonObject; filename: string; notify: boolean },
): Promise<Session> {
  const operation = BEGIN_UPLOAD;
  const url = new URL(`${endpointOf(ctx, 'upload')}/videos`);
  const query = { uploadType: 'resumable', part: 'snippet,status', notifySubscribers: String(notify) };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  useQuota(ctx, 'videos.insert');
  const response = await ctx.fetch(url.href, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${googleCredentialsOf(ctx).accessToken}`,
      'content-type': 'application/json; charset=UTF-8',
      'x-upload-content-length': String(bytes),
      'x-upload-content-type': contentType,
      // `invalidFilename` of the errors tells of it: https://developers.google.com/youtube/v3/docs/videos/insert#errors
      slug: filename,
    },
    body: JSON.stringify(resource),
  });
  const text = await response.text();
  if (!response.ok) throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, operation);
  const address = response.headers.get('location') ?? '';
  // The token goes along with every part.
  if (!isAtEndpoint(ctx, 'upload', address)) {
    throw new MalformedAnswerError(operation, 'the address for the upload is not at the host for uploads');
  }
  return { address, filename, at: ctx.now().toISOString() };
}

/**
 * Sends what is missing of a file, one step for every 64 MB, and ends with the id of the video; undefined where the session is
 * over. After a crash or a lost answer the server is asked first how much it has.
 * @param isNew the session was begun in this very call, so that nothing can be there
 */
export async function sendVideo(
  ctx: PrepareContext,
  source: MediaSource,
  session: Session,
  { name, isNew }: { name: string; isNew: boolean },
): Promise<string | undefined> {
  let known: Progress | undefined = isNew ? { bytes: 0 } : undefined;
  for (let part = 1; ; part += 1) {
    let isSentHere = false;
    const progress: Progress = await ctx.step<Progress>(`${name}:sent:${part}`, async () => {
      isSentHere = true;
      const from = known ?? (await probe(ctx, source, session));
      return 'bytes' in from ? sendSome(ctx, source, session, from.bytes) : from;
    });
    if ('videoId' in progress) return progress.videoId;
    if ('gone' in progress) return undefined;
    // More may have arrived after a step of an earlier call than is remembered: then the server is asked.
    known = isSentHere ? progress : undefined;
  }
}

/** Sends chunks until enough for a step was taken, or everything. */
async function sendSome(ctx: PrepareContext, source: MediaSource, session: Session, from: number): Promise<Progress> {
  const total = source.bytes;
  let at = from;
  for (let sent = 0; at < total && at - from < STEP_BYTES && sent < MOST_CHUNKS; sent += 1) {
    const end = Math.min(total, at + CHUNK_BYTES) - 1;
    const progress = await put(ctx, session, {
      range: `bytes ${at}-${end}/${total}`,
      part: await streamedPart(source, { start: at, end }),
    });
    if (!('bytes' in progress)) return progress;
    if (progress.bytes > end + 1) throw new MalformedAnswerError(SEND, 'it has more than was sent');
    at = progress.bytes;
  }
  if (at > from && at < total) return { bytes: at };
  const end = at >= total ? await probe(ctx, source, session) : { bytes: at };
  if ('bytes' in end) throw new MalformedAnswerError(SEND, 'the upload goes no further');
  return end;
}

/** How far it is. https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol (step 4.1) */
function probe(ctx: PrepareContext, { bytes }: MediaSource, session: Session): Promise<Progress> {
  return put(ctx, session, { range: `bytes */${bytes}` });
}

/**
 * One request to a session. 308 is no redirect here but "go on", with what is there in `Range`; without it nothing is.
 * @throws PlatformHttpError for everything else: what came of it is asked for the next time
 */
async function put(
  ctx: PrepareContext,
  { address }: Session,
  { range, part }: { range: string; part?: StreamedBody },
): Promise<Progress> {
  const response = await ctx.fetch(address, {
    method: 'PUT',
    redirect: 'manual',
    ...part,
    headers: {
      ...part?.headers,
      authorization: `Bearer ${googleCredentialsOf(ctx).accessToken}`,
      'content-range': range,
    },
  });
  const text = await response.text();
  if (response.status === 308) return { bytes: bytesIn(response.headers.get('range')) };
  // "404 Not Found": the session is over, and the upload has to be begun anew.
  if (response.status === 404 || response.status === 410) return { gone: true };
  const parsed = parseJson(text);
  // No text or setting is to blame: of those, Google speaks in JSON, and when the upload is begun.
  if (response.status === 416 || (response.status === 400 && parsed === undefined)) {
    throw new PlatformFailure({ ...UPLOAD_OUT_OF_STEP, platformCode: String(response.status) });
  }
  if (!response.ok) throw new PlatformHttpError(response.status, response.headers, parsed ?? text, SEND);
  if (!isJsonObject(parsed)) throw new MalformedAnswerError(SEND, 'the answer to the last part is no video');
  return { videoId: idField(parsed, 'id', SEND) };
}

/** `bytes=0-524287` */
function bytesIn(range: string | null): number {
  if (range === null) return 0;
  const [, last] = /^bytes=0-(\d+)$/.exec(range.trim()) ?? [];
  if (last === undefined) throw new MalformedAnswerError(SEND, '"Range" does not say how much is there');
  return Number(last) + 1;
}
