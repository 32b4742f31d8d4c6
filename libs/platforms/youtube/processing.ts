import { setTimeout as pause } from 'node:timers/promises';
import {
  isJsonObject,
  type JsonObject,
  type PlatformContext,
  type PrepareContext,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { type End } from './failures.js';
import { videoOf } from './videos.js';

/** One short look more before somebody else's post gets its turn, while it is fresh: every look costs a unit. */
const INLINE_PAUSE_MS = 200;
const FRESH_MS = 5_000;
/** When to look again, by how long it has taken: each look costs a unit of the quota, and long videos take hours. */
const LOOK_AGAIN: readonly { untilMs: number; afterMs: number }[] = [
  { untilMs: 10_000, afterMs: 3_000 },
  { untilMs: 60_000, afterMs: 10_000 },
  { untilMs: 600_000, afterMs: 60_000 },
  { untilMs: 3_600_000, afterMs: 180_000 },
];
const LOOK_AGAIN_LATE_MS = 600_000;
/**
 * After this it is given up: two hours, and four times as long as the video is, but no longer than most of a day. "Processing a
 * 60-minute video at 4K can take up to four hours", and only its first resolution is waited for here.
 * https://support.google.com/youtube/answer/71674
 */
const PATIENCE_MS = 2 * 3_600_000;
const PATIENCE_BY_LENGTH = 4;
const LONGEST_PATIENCE_MS = 20 * 3_600_000;

/**
 * So long a new video may be missing from what is read, although its upload was answered with its id: what YouTube reads from is
 * a little behind what it writes to. https://github.com/tokland/youtube-upload/issues/305
 */
const SHOWN_MS = 5 * 60_000;

/** A video that was uploaded; `at` is ClickPost's instant (ISO 8601). */
export type Uploaded = { videoId: string; at: string };

/**
 * Waits until YouTube has made a first version of the video: `processed`. Higher resolutions come later by themselves, as for
 * every video there, and are not waited for.
 * @returns why nothing will come of it, or undefined where it is ready
 * @throws StillProcessing while neither is known
 */
export async function endOfProcessing(
  ctx: PrepareContext,
  { videoId, at }: Uploaded,
  durationMs = 0,
): Promise<End | undefined> {
  const patience = Math.min(LONGEST_PATIENCE_MS, PATIENCE_MS + PATIENCE_BY_LENGTH * durationMs);
  for (let look = 1; ; look += 1) {
    const video = await videoOf(ctx, 'ask how far YouTube is with the video', videoId, ['status', 'processingDetails']);
    const age = ctx.now().getTime() - Date.parse(at);
    if (!video && age >= SHOWN_MS) return { status: 'deleted' };
    const end = video ? endIn(video) : 'working';
    if (end !== 'working') return end;
    if (age >= patience) return { status: 'never' };
    if (look > 1 || age >= FRESH_MS) throw new StillProcessing(progressIn(video), whenToLook(ctx, age));
    await pause(INLINE_PAUSE_MS);
  }
}

/** https://developers.google.com/youtube/v3/docs/videos#status.uploadStatus */
function endIn(video: JsonObject): End | 'working' | undefined {
  const operation = 'ask how far YouTube is with the video';
  const status = isJsonObject(video.status) ? video.status : {};
  switch (stringField(status, 'uploadStatus', operation)) {
    case 'processed':
      return undefined;
    case 'rejected':
      return { status: 'rejected', ...reason(status.rejectionReason) };
    case 'failed':
      return { status: 'failed', ...reason(status.failureReason) };
    case 'deleted':
      return { status: 'deleted' };
    default:
      return endInDetails(video);
  }
}

/**
 * The upload was whole, and what YouTube makes of it went wrong. `terminated` says that it is no longer told how far it is, and
 * nothing else. https://developers.google.com/youtube/v3/docs/videos#processingDetails.processingStatus
 */
function endInDetails({ processingDetails: details }: JsonObject): End | 'working' {
  if (!isJsonObject(details)) return 'working';
  const { processingStatus: status, processingFailureReason: why } = details;
  return status === 'failed' ? { status: 'processing-failed', ...reason(why) } : 'working';
}

function reason(value: unknown): Pick<End, 'reason'> {
  return typeof value === 'string' && value !== '' ? { reason: value } : {};
}

/** https://developers.google.com/youtube/v3/docs/videos#processingDetails.processingProgress */
function progressIn(video: JsonObject | undefined): string {
  if (!video) return 'YouTube has the video, and does not show it yet.';
  const { processingDetails: details } = video;
  const progress = isJsonObject(details) && isJsonObject(details.processingProgress) ? details.processingProgress : {};
  const [done, total] = [Number(progress.partsProcessed), Number(progress.partsTotal)];
  if (!(done > 0) || !(total >= done)) return 'YouTube is processing the video.';
  return `YouTube has processed ${Math.floor((done / total) * 100)} % of the video.`;
}

function whenToLook({ now }: Pick<PlatformContext, 'now'>, age: number): Date {
  const after = LOOK_AGAIN.find(({ untilMs }) => age < untilMs)?.afterMs ?? LOOK_AGAIN_LATE_MS;
  return new Date(now().getTime() + after);
}
