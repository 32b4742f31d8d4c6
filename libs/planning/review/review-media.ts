import { rows, type Transaction } from '#kernel';
import { type MediaAssetRecord, type MediaKind, type MediaPlan, type RenditionState } from '#media';
import { isJsonObject, type JsonObject } from '#platforms/core';
import { type MediaContent, type PublicationRecord, sentMedia } from '#publishing';

/** A version that the worker makes of a file, as far as a client is told of it. */
export interface ReviewRendition {
  id: string;
  state: RenditionState;
  /** From 0 to 1, while it is made. */
  progress?: number;
  /** How long the rest may take, in milliseconds. */
  remainingMs?: number;
}

/** What a channel gets of a file. */
export interface ReviewOutcome {
  /** An animation may go out as a video. */
  output: MediaKind;
  /** `keep` = it goes out as it is. */
  action: Exclude<MediaPlan['action'], 'refuse'>;
  /** In pixels, at the most. */
  width: number;
  height: number;
  /** Of videos. */
  durationMs?: number;
  /** Of a video that has to be made first; null where nobody makes it yet. */
  rendition: ReviewRendition | null;
}

/** What stands for a video before it is played, where a person chose it and the channel takes it. */
export interface ReviewCover {
  /** Of an image of its own. */
  imageId?: string;
  /** Of a moment, in milliseconds of what goes out. */
  atMs?: number;
}

/** A file of a post, as far as a preview needs it. */
export interface ReviewMedia {
  id: string;
  kind: MediaKind;
  contentType: string;
  /** As whoever uploaded it calls it: of documents, whose name is seen. */
  filename?: string;
  /** Of documents whose pages can be counted. */
  pages?: number;
  /** There is a picture of it: not of every document. */
  picture: boolean;
  /** As displayed, in pixels. */
  width: number;
  height: number;
  /** Of videos. */
  durationMs?: number;
  altText: string | null;
  /** Of videos; left out where the network chooses it. */
  cover?: ReviewCover;
  /** What is changed of it for this channel, in words and in this order. */
  changes: string[];
  /** Null = it cannot go out there. */
  sent: ReviewOutcome | null;
}

/** Versions by what they are made of; see {@link renditionsSent}. */
export type SentRenditions = ReadonlyMap<string, ReviewRendition>;

interface Found {
  id: string;
  source_digest: string;
  plan_hash: string;
  state: RenditionState;
  progress: number | null;
  remaining_ms: number | null;
}

/** The versions of files that publications wait for, or sent. What was cancelled sends nothing. */
export async function renditionsSent(
  tx: Transaction,
  publications: readonly PublicationRecord[],
): Promise<SentRenditions> {
  const keys = publications
    .filter(({ state }) => state !== 'cancelled')
    .flatMap(({ content }) => sentMedia(content).filter(({ awaited }) => awaited))
    .map(({ digest, planHash }) => ({ digest, hash: planHash }));
  if (keys.length === 0) return new Map();
  const found = await rows<Found>(
    tx,
    `select r.id, r.source_digest, r.plan_hash, r.state, r.progress, r.remaining_ms from renditions r
      where (r.source_digest, r.plan_hash) in (
        select k.digest, k.hash from jsonb_to_recordset($1::jsonb) as k(digest text, hash text))`,
    [JSON.stringify(keys)],
  );
  return new Map(found.map((one) => [keyOf(one.source_digest, one.plan_hash), renditionView(one)]));
}

/** A file as a client sees it. */
export function mediaView(
  { assetId, altText, coverAtMs, cover, digest, planHash, plan }: MediaContent,
  { kind, facts, filename }: MediaAssetRecord,
  renditions: SentRenditions,
): ReviewMedia {
  const { contentType, width, height } = facts;
  const duration = facts.kind === 'video' ? { durationMs: facts.durationMs } : {};
  const document = facts.kind === 'document' && {
    filename,
    ...(facts.pages !== undefined && { pages: facts.pages }),
  };
  const picture = facts.kind !== 'document' || facts.page !== undefined;
  const outcome = outcomeOf(plan, { width, height, ...duration });
  const rendition = renditions.get(keyOf(digest, planHash)) ?? null;
  return {
    ...{ id: assetId, kind, contentType, width, height, ...duration, altText: altText ?? null },
    ...document,
    picture,
    ...coverView(cover?.assetId, coverAtMs),
    changes: reasonsOf(plan),
    sent: outcome && { ...outcome, rendition },
  };
}

function coverView(imageId: string | undefined, atMs: number | undefined): Pick<ReviewMedia, 'cover'> {
  if (imageId !== undefined) return { cover: { imageId } };
  return atMs === undefined ? {} : { cover: { atMs } };
}

/** As planning wrote it: empty where the channel takes no such files, without an output where it was written before videos. */
type StoredPlan = Partial<Pick<MediaPlan, 'action' | 'output'> & Size>;
interface Size {
  width: number;
  height: number;
  durationMs?: number;
}

function outcomeOf(
  { action, output = 'image', width, height, durationMs }: StoredPlan,
  original: Size,
): Omit<ReviewOutcome, 'rendition'> | null {
  if (action === undefined || action === 'refuse') return null;
  const made = {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(durationMs !== undefined && { durationMs }),
  };
  return { output, action, ...original, ...made };
}

function renditionView({ id, state, progress, remaining_ms: remainingMs }: Found): ReviewRendition {
  return { id, state, ...(progress !== null && { progress }), ...(remainingMs !== null && { remainingMs }) };
}

/** The reasons in a plan as it was stored with what goes out. */
function reasonsOf({ steps }: JsonObject): string[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step) => (isJsonObject(step) && typeof step['reason'] === 'string' ? [step['reason']] : []));
}

function keyOf(digest: string, planHash: string): string {
  return `${digest} ${planHash}`;
}
