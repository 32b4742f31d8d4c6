import {
  type AccountContext,
  type Evidence,
  excerpt,
  type Failure,
  isJsonObject,
  type JsonObject,
  type ReconcileInput,
  type Reconciliation,
} from '#platforms/core';
import { isGone } from '#platforms/meta';
import { VIDEO_ERROR_DOCS } from './failures.js';
import { facebookAddress, graph, pageToken } from './graph.js';
import { type Prepared } from './prepared.js';
import { storyAddress } from './reconcile-story.js';

type PreparedWithVideo = Extract<Prepared, { videoId: string }>;

const OPERATION = 'ask what became of the video';

/** So long after it was accepted, Facebook may not have begun to work on a video. */
const QUEUE_MS = 2 * 60_000;
/** Longer than this no video takes. */
const PATIENCE_MS = 24 * 3_600_000;
/** How often to look, at first and later. */
const SOON_MS = 10_000;
const LATER_MS = 60_000;

/** Values of `status.video_status` that are the end of it: it is not visible, and will not be. */
const FAILED = new Set(['error', 'upload_failed', 'expired']);

/** The phases that Facebook tells of a video: https://developers.facebook.com/docs/video-api/guides/reels-publishing */
interface VideoStatus {
  overall: string;
  processing: string;
  publishing: string;
  /** What Facebook says is wrong with it. */
  errors: string[];
}

/** By the id that the video got when its upload began. */
export async function reconcileVideo(
  ctx: AccountContext,
  { since }: Pick<ReconcileInput<Prepared>, 'since'>,
  prepared: PreparedWithVideo,
): Promise<Reconciliation> {
  const { videoId } = prepared;
  const looked = { lookedAt: 'the video', video: videoId };
  const node = await readVideo(ctx, videoId);
  // Nobody says whether it was never published, or published and deleted.
  if (!node) return { outcome: 'unknown', evidence: { ...looked, found: false } };
  const status = readStatus(node.status);
  const evidence: Evidence = {
    ...looked,
    ...{ status: status.overall, processing: status.processing, publishing: status.publishing },
  };
  if (status.errors.length > 0) evidence.errors = status.errors;
  if (FAILED.has(status.overall) || [status.processing, status.publishing].includes('error')) {
    return { outcome: 'refused', failure: failureOf(status), evidence };
  }
  if (isPublished(node, status)) {
    const permalink = await permalinkOf(ctx, since, prepared, node);
    const receipt = { id: videoId, extra: { video: true }, ...(permalink !== undefined && { permalink }) };
    return { outcome: 'published', receipt, confidence: 'certain', evidence };
  }
  return notYet(ctx.now().getTime() - since.getTime(), status, ctx.now(), evidence);
}

/**
 * A video whose upload is complete, and on which nothing was begun for long, was not accepted. It may then be finished again:
 * the same id cannot become two posts.
 */
function notYet(ageMs: number, status: VideoStatus, now: Date, evidence: Evidence): Reconciliation {
  const untouched = status.processing === 'not_started' && status.publishing === 'not_started';
  if (untouched && ageMs > QUEUE_MS) return { outcome: 'absent', evidence };
  if (ageMs > PATIENCE_MS) return { outcome: 'unknown', evidence };
  const checkAt = new Date(now.getTime() + (ageMs < QUEUE_MS ? SOON_MS : LATER_MS));
  return { outcome: 'pending', checkAt, evidence };
}

function isPublished({ published }: JsonObject, { overall, publishing }: VideoStatus): boolean {
  if (publishing === 'complete') return true;
  // Videos that were not made by the three phases have no phase of publishing.
  return published === true && overall === 'ready' && publishing === '';
}

async function readVideo(ctx: AccountContext, videoId: string): Promise<JsonObject | undefined> {
  const query = { fields: 'status,published,permalink_url' };
  try {
    return await graph.call(ctx, { operation: OPERATION, method: 'GET', path: videoId, token: pageToken(ctx), query });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function permalinkOf(
  ctx: AccountContext,
  since: Date,
  { kind, videoId }: PreparedWithVideo,
  { permalink_url: permalink }: JsonObject,
): Promise<string | undefined> {
  switch (kind) {
    case 'reel':
      return facebookAddress(ctx, `reel/${videoId}`);
    case 'video-story':
      return storyAddress(ctx, since, videoId);
    case 'video':
      return typeof permalink === 'string' ? facebookAddress(ctx, permalink) : undefined;
  }
}

function readStatus(value: unknown): VideoStatus {
  const status = isJsonObject(value) ? value : {};
  const phases = [status.uploading_phase, status.processing_phase, status.publishing_phase].map((phase) =>
    isJsonObject(phase) ? phase : {},
  );
  return {
    overall: textOf(status.video_status),
    processing: textOf(phases[1]?.status),
    publishing: textOf(phases[2]?.status),
    errors: phases.flatMap(errorsIn),
  };
}

/** The guide has one `error` of a phase, the SDK a list `errors`. */
function errorsIn({ error, errors }: JsonObject): string[] {
  const list = [...(Array.isArray(errors) ? errors : []), error];
  return list.filter(isJsonObject).flatMap(({ message }) => (typeof message === 'string' ? [excerpt(message)] : []));
}

function failureOf({ overall, errors }: VideoStatus): Failure {
  const [said] = errors;
  const expired = overall === 'expired';
  return {
    kind: 'media',
    message: expired
      ? 'Facebook threw the video away before it was published.'
      : 'Facebook could not process the video, so it was not published.',
    remedy: expired ? 'Retry: the video is uploaded anew.' : 'Convert or replace the video, then retry.',
    platformCode: overall,
    docs: VIDEO_ERROR_DOCS,
    ...(said !== undefined && { platformMessage: said }),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
