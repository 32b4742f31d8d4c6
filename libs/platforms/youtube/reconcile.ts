import {
  type AccountContext,
  type Evidence,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { reconcileComment } from './comments.js';
import { type End, failureOfEnd, LOCKED_PRIVATE, VIDEO_GONE } from './failures.js';
import { type Prepared } from './publish.js';
import { type PreparedVideo, receiptOf } from './receipt.js';
import { isPublished } from './resource.js';
import { videoOf } from './videos.js';

/** How long a change may not show itself although YouTube took it. */
const SETTLE_MS = 20_000;
const LOOK_AGAIN_MS = 20_000;
const READ = 'look at the video';

/** Reads the video by its id: who may see it says whether it was published. */
export async function reconcile(ctx: AccountContext, input: ReconcileInput<Prepared>): Promise<Reconciliation> {
  const { prepared } = input;
  if (prepared.kind === 'comment') return reconcileComment(ctx, prepared, input);
  return reconcileVideo(ctx, prepared, input);
}

async function reconcileVideo(
  ctx: AccountContext,
  prepared: PreparedVideo,
  { since, claimed, accepted }: Pick<ReconcileInput<PreparedVideo>, 'since' | 'claimed' | 'accepted'>,
): Promise<Reconciliation> {
  const { videoId } = prepared;
  const evidence: Evidence = { lookedAt: 'the video by its id', video: videoId };
  if (claimed.has(videoId)) return { outcome: 'unknown', evidence: { ...evidence, claimed: true } };
  const video = await videoOf(ctx, READ, videoId, ['status']);
  if (!video) {
    const failure = { ...VIDEO_GONE, platformCode: 'videoNotFound' };
    return { outcome: 'refused', failure, evidence: { ...evidence, found: false } };
  }
  const { status } = video;
  if (!isJsonObject(status)) throw new MalformedAnswerError(READ, '"status" is missing');
  const privacyStatus = stringField(status, 'privacyStatus', READ);
  const seen = { ...evidence, privacyStatus };
  const end = endIn(status);
  if (end) return { outcome: 'refused', failure: failureOfEnd(end), evidence: { ...seen, uploadStatus: end.status } };
  if (isPublished(status, prepared.status)) {
    return { outcome: 'published', receipt: receiptOf(ctx, prepared), confidence: 'certain', evidence: seen };
  }
  // YouTube did not say that it took it: then it did not, and may be told again.
  if (!accepted) return { outcome: 'absent', evidence: seen };
  if (ctx.now().getTime() - since.getTime() < SETTLE_MS) {
    return { outcome: 'pending', checkAt: new Date(ctx.now().getTime() + LOOK_AGAIN_MS), evidence: seen };
  }
  return { outcome: 'refused', failure: { ...LOCKED_PRIVATE }, evidence: seen };
}

/** YouTube may take a video down after it was processed. */
function endIn({ uploadStatus, rejectionReason, failureReason }: JsonObject): End | undefined {
  if (uploadStatus !== 'rejected' && uploadStatus !== 'failed' && uploadStatus !== 'deleted') return undefined;
  const reason = uploadStatus === 'rejected' ? rejectionReason : failureReason;
  return { status: uploadStatus, ...(typeof reason === 'string' && { reason }) };
}
