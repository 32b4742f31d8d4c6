import {
  type MediaSource,
  PlatformFailure,
  PlatformHttpError,
  type PrepareContext,
  type SegmentDraft,
  StillProcessing,
  streamedFile,
} from '#platforms/core';
import { authorOf, callForJson, isOrganization, tokenOf, urnInPath } from './api.js';
import { refusedFile, unfinishedFile } from './failures.js';
import { type AssetKind, initialize, put, uploadAddress, type Uploaded, urnIn } from './upload.js';
import { uploadVideo } from './video.js';

/**
 * So long a file of a member is given to be worked on: `w_member_social` may write files and not read them, so that LinkedIn
 * does not say when an image or a document is ready.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
 */
export const GRACE_MS: Readonly<Record<AssetKind, number>> = { image: 5_000, document: 15_000, video: 60_000 };

/** When to look again, by how long it has taken. */
const LOOK_AGAIN: readonly { untilMs: number; afterMs: number }[] = [
  { untilMs: 15_000, afterMs: 3_000 },
  { untilMs: 120_000, afterMs: 10_000 },
];
const LOOK_AGAIN_LATE_MS = 60_000;
/** After this it is given up. */
const PATIENCE_MS = 3_600_000;
/** One that LinkedIn could not work on is sent once more at each try, and no more often than this. */
const MOST_TRIES = 3;

/** Uploads all files of a post: their URNs, in order, each ready to be published. */
export async function uploadFiles(ctx: PrepareContext, { media }: SegmentDraft): Promise<string[]> {
  // All are sent before the first is waited for: LinkedIn works on them side by side.
  for (const index of media.keys()) await begun(ctx, index, 1);
  const urns: string[] = [];
  // The last one is the last to be ready, so that the others are mostly asked about once.
  for (const index of [...media.keys()].reverse()) urns.unshift(await ready(ctx, index));
  return urns;
}

/** Sends a file, once for each try. */
async function begun(ctx: PrepareContext, index: number, attempt: number): Promise<Uploaded> {
  const source = sourceOf(ctx, index);
  if (source.kind === 'video') return uploadVideo(ctx, source, attempt);
  return ctx.step(`file:${index}:${attempt}`, () =>
    uploadWhole(ctx, source, source.kind === 'image' ? 'image' : 'document'),
  );
}

function sourceOf(ctx: PrepareContext, index: number): MediaSource {
  const source = ctx.media[index];
  if (!source) throw new Error(`The post has no file ${index + 1}.`);
  return source;
}

/**
 * One address, one request. The address is used at once, so that it needs not be kept.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
 */
async function uploadWhole(ctx: PrepareContext, source: MediaSource, kind: 'image' | 'document'): Promise<Uploaded> {
  const value = await initialize(ctx, kind, { owner: authorOf(ctx) });
  const operation = `upload the ${kind}`;
  const { headers, ...body } = await streamedFile(source);
  // Unlike parts of videos, images and documents are taken from nobody without a token.
  await put(ctx, operation, uploadAddress(ctx, value.uploadUrl, operation), {
    ...body,
    headers: { ...headers, authorization: `Bearer ${tokenOf(ctx)}` },
  });
  return { urn: urnIn(value, kind), at: ctx.now().toISOString() };
}

/** The URN of a file that LinkedIn has worked on. What came to nothing is told once; the next try sends it anew. */
async function ready(ctx: PrepareContext, index: number): Promise<string> {
  const { kind } = sourceOf(ctx, index);
  for (let attempt = 1; ; attempt += 1) {
    const uploaded = await begun(ctx, index, attempt);
    const why = await endOf(ctx, kind, uploaded);
    if (why === undefined) return uploaded.urn;
    const failure = why === NEVER ? unfinishedFile(kind) : refusedFile(kind, why);
    if (attempt === MOST_TRIES || (await isFirstTold(ctx, `file:${index}:${attempt}:failed`, why))) {
      throw new PlatformFailure(failure);
    }
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

const NEVER = 'NEVER_READY';

/** Why it will never be published, or undefined where it is ready. Throws `StillProcessing` while neither is known. */
async function endOf(ctx: PrepareContext, kind: AssetKind, { urn, at }: Uploaded): Promise<string | undefined> {
  const age = ctx.now().getTime() - Date.parse(at);
  const what = `LinkedIn is processing the ${kind}.`;
  const state = await stateOf(ctx, kind, urn);
  switch (state?.status) {
    case undefined:
      if (age >= GRACE_MS[kind]) return undefined;
      throw new StillProcessing(what, new Date(Date.parse(at) + GRACE_MS[kind]));
    case 'AVAILABLE':
      return undefined;
    case 'PROCESSING_FAILED':
      return state?.reason ?? 'PROCESSING_FAILED';
    default:
      if (age >= PATIENCE_MS) return NEVER;
      throw new StillProcessing(what, new Date(ctx.now().getTime() + lookAgainAfter(age)));
  }
}

/**
 * What LinkedIn says of a file; undefined where it lets nobody ask. Images and documents of a member are never asked about. Of
 * videos no page says whether a member may: they are asked about, and a refusal counts as none.
 */
async function stateOf(ctx: PrepareContext, kind: AssetKind, urn: string): Promise<AssetState | undefined> {
  const mayAsk = isOrganization(authorOf(ctx));
  if (!mayAsk && kind !== 'video') return undefined;
  try {
    return await readAsset(ctx, kind, urn);
  } catch (error) {
    if (!mayAsk && error instanceof PlatformHttpError && error.status === 403) return undefined;
    throw error;
  }
}

/** What the answer says of a file. */
interface AssetState {
  status: string;
  reason?: string;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
async function readAsset(ctx: PrepareContext, kind: AssetKind, urn: string): Promise<AssetState> {
  const operation = `ask about the ${kind}`;
  const path = `/rest/${kind}s/${urnInPath(urn)}`;
  const { status, processingFailureReason: reason } = await callForJson(ctx, {
    operation,
    method: 'GET',
    path,
    token: tokenOf(ctx),
  });
  return {
    // A state that is on no page is none in which it can be published.
    status: typeof status === 'string' ? status : 'PROCESSING',
    ...(typeof reason === 'string' && reason !== '' && { reason }),
  };
}

function lookAgainAfter(ageMs: number): number {
  return LOOK_AGAIN.find(({ untilMs }) => ageMs < untilMs)?.afterMs ?? LOOK_AGAIN_LATE_MS;
}
