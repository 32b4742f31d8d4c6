import {
  type AccountContext,
  endpointOf,
  type Evidence,
  type JsonObject,
  PlatformHttpError,
  type Receipt,
  type Reconciliation,
  type ReconcileInput,
} from '#platforms/core';
import { codeOf } from './api.js';
import { failureOfReason } from './failures.js';
import { findListed } from './listed.js';
import { type PreparedPost } from './publish.js';
import { readStatus, type Status } from './status.js';

type Input = ReconcileInput<PreparedPost>;

const MINUTE_MS = 60_000;
/** When to look again, by how long ago the post was sent: small files are ready within seconds, large ones take minutes. */
const LOOK_AGAIN: readonly { untilMs: number; afterMs: number }[] = [
  { untilMs: MINUTE_MS, afterMs: 5_000 },
  { untilMs: 10 * MINUTE_MS, afterMs: 30_000 },
];
const LOOK_AGAIN_LATE_MS = 10 * MINUTE_MS;
/**
 * How long the address of a public post is waited for. "Moderation usually finishes within one minute. In some cases, moderation
 * may take a few hours." https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status
 */
const REVIEW_PATIENCE_MS = 6 * 60 * MINUTE_MS;

/** The review may last, and of some accounts no address is ever told: https://github.com/andreaolivato/TikTok-LoginKit-PHP/issues/9 */
const NO_ADDRESS =
  'TikTok has published it but tells no address for it. Look at the account in the TikTok app: others may not see it before ' +
  "TikTok's review is done.";

/** Codes by which TikTok says that it cannot tell anything of a post. */
const CANNOT_TELL = ['invalid_publish_id', 'token_not_authorized_for_specified_publish_id'];

/** Asks for the post by its `publish_id`; where that was lost with an answer, looks for it among the videos of the account. */
export async function reconcile(ctx: AccountContext, input: Input): Promise<Reconciliation> {
  const { prepared, accepted } = input;
  const publishId = prepared.by === 'upload' ? prepared.publishId : accepted?.publishId;
  return typeof publishId === 'string' ? byStatus(ctx, input, publishId) : findListed(ctx, input);
}

async function byStatus(ctx: AccountContext, input: Input, publishId: string): Promise<Reconciliation> {
  let status: Status;
  try {
    status = await readStatus(ctx, publishId);
  } catch (error) {
    const code = codeOf(error);
    if (!(error instanceof PlatformHttpError) || code === undefined || !CANNOT_TELL.includes(code)) throw error;
    return { outcome: 'unknown', evidence: { publishId, why: code } };
  }
  const evidence: Evidence = { publishId, ...describe(status) };
  switch (status.state) {
    case 'FAILED':
      return { outcome: 'refused', failure: failureOfReason(status.reason), evidence };
    case 'PROCESSING_UPLOAD':
      return uploading(ctx, input, status, evidence);
    case 'PROCESSING_DOWNLOAD':
      return pending(ctx, input, evidence);
    case 'SEND_TO_USER_INBOX':
      return published({ id: publishId, note: inboxNote(input.prepared) }, evidence);
    case 'PUBLISH_COMPLETE':
      return complete(ctx, input, { publishId, status, evidence });
  }
}

/** Without its last part nothing is posted, and the last part can be sent again. */
function uploading(ctx: AccountContext, input: Input, { uploadedBytes }: Status, evidence: Evidence): Reconciliation {
  const { prepared, accepted } = input;
  const isPartial = prepared.by === 'upload' && uploadedBytes !== undefined && uploadedBytes < prepared.size;
  // TikTok said that all of it was there: what it counts now cannot take that back.
  if (isPartial && accepted === undefined) return { outcome: 'absent', evidence };
  return pending(ctx, input, evidence);
}

function complete(
  ctx: AccountContext,
  input: Input,
  { publishId, status: { postIds }, evidence }: { publishId: string; status: Status; evidence: Evidence },
): Reconciliation {
  const { prepared, since } = input;
  // A draft may be posted several times: it is listed with its first.
  const [postId] = postIds;
  if (postId !== undefined) {
    const receipt = { id: postId, permalink: permalinkOf(ctx, prepared, postId), extra: { publishId } };
    return published(receipt, evidence);
  }
  if (!prepared.isPublic) return published({ id: publishId }, evidence);
  if (ctx.now().getTime() - since.getTime() < REVIEW_PATIENCE_MS) return pending(ctx, input, evidence);
  return published({ id: publishId, note: NO_ADDRESS }, evidence);
}

function pending(ctx: AccountContext, { since }: Input, evidence: Evidence): Reconciliation {
  const age = ctx.now().getTime() - since.getTime();
  const after = LOOK_AGAIN.find(({ untilMs }) => age < untilMs)?.afterMs ?? LOOK_AGAIN_LATE_MS;
  return { outcome: 'pending', checkAt: new Date(ctx.now().getTime() + after), evidence };
}

function published(receipt: Receipt, evidence: Evidence): Reconciliation {
  return { outcome: 'published', receipt, confidence: 'certain', evidence };
}

function inboxNote({ username }: PreparedPost): string {
  const inbox = username === '' ? "the account's inbox in the TikTok app" : `@${username}'s inbox in the TikTok app`;
  return `It waits in ${inbox} until somebody finishes and posts it there.`;
}

/** Where a public post is seen. TikTok leads to it whatever the username in the address. */
function permalinkOf(ctx: AccountContext, { kind, username }: PreparedPost, postId: string): string {
  const path = kind === 'video' ? 'video' : 'photo';
  return `${endpointOf(ctx, 'www')}/@${encodeURIComponent(username)}/${path}/${postId}`;
}

function describe({ state, reason, postIds, uploadedBytes }: Status): JsonObject {
  return {
    status: state,
    ...(reason !== '' && { reason }),
    ...(postIds.length > 0 && { postIds }),
    ...(uploadedBytes !== undefined && { uploadedBytes }),
  };
}
