import {
  bytesOf,
  isJsonObject,
  type Json,
  type JsonObject,
  MalformedAnswerError,
  type MediaSource,
  type PrepareContext,
} from '#platforms/core';
import { authorOf, call, tokenOf } from './api.js';
import { initialize, put, uploadAddress, type Uploaded, urnIn } from './upload.js';

/** A video is kept track of in no more steps than this: each covers as many parts as that takes. */
const MOST_STEPS = 10;
/** An address that ends sooner is not used any more. */
const MARGIN_MS = 60_000;
/** So often an upload is begun anew whose addresses ended. */
const MOST_BEGUN = 5;

/** A part of the file: first and last byte, both included, and where it goes. */
type Part = { first: number; last: number; address: string };

/** An upload that was begun; `endsAt` is when its addresses end (ISO 8601). */
type Begun = { urn: string; token: string; parts: Part[]; endsAt?: string; cover?: string };

/**
 * Uploads a video in the parts that LinkedIn names, 4 MB each, and has them put together. The ETag of each part is kept, so
 * that after a crash it goes on at the first step that is missing.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api
 */
export async function uploadVideo(ctx: PrepareContext, source: MediaSource, attempt: number): Promise<Uploaded> {
  for (let round = 1; ; round += 1) {
    const name = `video:${attempt}:${round}`;
    const begun = await ctx.step(`${name}:begun`, () => begin(ctx, source));
    try {
      return await send(ctx, source, begun, name);
    } catch (error) {
      if (!(error instanceof AddressesEnded) || round >= MOST_BEGUN) throw error;
    }
  }
}

/** The addresses of an upload have ended before everything was sent. */
class AddressesEnded extends Error {
  override readonly name = 'AddressesEnded';
}

async function begin(ctx: PrepareContext, source: MediaSource): Promise<Begun> {
  const value = await initialize(ctx, 'video', {
    owner: authorOf(ctx),
    fileSizeBytes: source.bytes,
    uploadCaptions: false,
    uploadThumbnail: source.cover !== undefined,
  });
  const operation = 'begin to upload the video';
  const { uploadToken, uploadUrlsExpireAt: ends, thumbnailUploadUrl } = value;
  const parts = partsIn(ctx, value, source.bytes);
  return {
    urn: urnIn(value, 'video'),
    // Empty, as a rule: it has to be sent back as it came.
    token: typeof uploadToken === 'string' ? uploadToken : '',
    parts,
    ...(typeof ends === 'number' && { endsAt: new Date(ends).toISOString() }),
    ...(source.cover && { cover: uploadAddress(ctx, thumbnailUploadUrl, operation) }),
  };
}

/** The parts in their order. @throws MalformedAnswerError unless they are the whole file, without a gap */
function partsIn(ctx: PrepareContext, { uploadInstructions }: JsonObject, bytes: number): Part[] {
  const operation = 'begin to upload the video';
  const given: Json[] = Array.isArray(uploadInstructions) ? uploadInstructions : [];
  const parts = given.filter(isJsonObject).map(({ firstByte, lastByte, uploadUrl }) => ({
    first: Number(firstByte),
    last: Number(lastByte),
    address: uploadAddress(ctx, uploadUrl, operation),
  }));
  parts.sort((one, other) => one.first - other.first);
  const next = parts.reduce((at, { first, last }) => (first === at && last >= first ? last + 1 : NaN), 0);
  if (next !== bytes) throw new MalformedAnswerError(operation, '"uploadInstructions" are not the whole file');
  return parts;
}

/** Parts, then the cover, then the end: a cover that comes later is not taken. */
async function send(ctx: PrepareContext, source: MediaSource, begun: Begun, name: string): Promise<Uploaded> {
  const { urn, parts, token, cover } = begun;
  const size = Math.ceil(parts.length / MOST_STEPS);
  const uploadedPartIds: string[] = [];
  for (let from = 0; from < parts.length; from += size) {
    const some = parts.slice(from, from + size);
    const step = `${name}:parts:${from + 1}-${from + some.length}`;
    uploadedPartIds.push(...(await ctx.step(step, () => sendParts(ctx, source, some, begun))));
  }
  if (cover !== undefined) await ctx.step(`${name}:cover`, () => sendCover(ctx, source, cover, begun));
  return ctx.step(`${name}:finished`, async () => {
    await call(ctx, {
      operation: 'finish the upload of the video',
      method: 'POST',
      path: '/rest/videos?action=finalizeUpload',
      token: tokenOf(ctx),
      body: { finalizeUploadRequest: { video: urn, uploadToken: token, uploadedPartIds } },
    });
    return { urn, at: ctx.now().toISOString() };
  });
}

async function sendParts(
  ctx: PrepareContext,
  source: MediaSource,
  parts: readonly Part[],
  begun: Begun,
): Promise<string[]> {
  const tags: string[] = [];
  for (const part of parts) tags.push(await sendPart(ctx, source, part, begun));
  return tags;
}

/** Without the token, which these addresses refuse. */
async function sendPart(ctx: PrepareContext, source: MediaSource, part: Part, begun: Begun): Promise<string> {
  requireAlive(ctx, begun);
  const operation = 'upload a part of the video';
  const { first: start, last: end, address } = part;
  const headers = await put(ctx, operation, address, {
    headers: { 'content-type': 'application/octet-stream' },
    // A part is 4 MB: small enough to be held whole, so that its length is known.
    body: await bytesOf(source, { start, end }),
  });
  const tag = headers.get('etag');
  if (tag === null || tag === '') throw new MalformedAnswerError(operation, 'it has no ETag');
  return tag;
}

function requireAlive(ctx: PrepareContext, { endsAt }: Begun): void {
  if (endsAt === undefined || Date.parse(endsAt) - ctx.now().getTime() > MARGIN_MS) return;
  throw new AddressesEnded('The addresses of the upload have ended.');
}

async function sendCover(ctx: PrepareContext, source: MediaSource, address: string, begun: Begun): Promise<boolean> {
  requireAlive(ctx, begun);
  const cover = await source.cover?.();
  if (!cover) throw new Error('The video has no cover any more.');
  await put(ctx, 'upload the cover of the video', address, {
    headers: { 'content-type': 'application/octet-stream', 'media-type-family': 'STILLIMAGE' },
    body: cover.bytes,
  });
  return true;
}
