import { recordEvents, type Transaction } from '#kernel';
import { type Actor } from '#publishing';
import { type ApproverView, waitingViews } from './approval-view.js';
import { type ApprovalRecord, keepStanding } from './approval-store.js';
import { type Verdict } from './progress.js';
import { type Standing, standingOf } from './standing.js';

/** What brought an approval to where it stands. */
export type Cause =
  | { why: 'requested'; actor: Actor }
  | { why: 'decided'; actor: Actor; by: ApproverView; decision: Verdict; comment: string | null }
  | { why: 'changed'; actor: Actor }
  /** Whoever was missing left, or stopped to be asked. */
  | { why: 'left-over'; actor: Actor };

/** Whoever looks at an event knows from it which version of which post it is about. */
function about({ post_id, round, content_hash }: ApprovalRecord, revision: number) {
  return { postId: post_id, revision, round, contentHash: content_hash };
}

/**
 * Keeps how an approval stands after something happened to it, and records what is to be told of it: `approval.requested`,
 * `approval.decided`, `approval.withdrawn` where what was approved says something else now, `approval.approved` and
 * `approval.changes-requested` when it comes to that, and `approval.waiting` whenever others are waited for than before.
 *
 * @param before how it stood; undefined for the first round of a post
 */
export async function announce(
  tx: Transaction,
  approval: ApprovalRecord,
  revision: number,
  before: Standing | undefined,
  cause: Cause,
): Promise<Standing> {
  const after = await standingOf(tx, approval);
  const { organization_id: organizationId, workspace_id: workspaceId, post_id: postId } = approval;
  const data = about(approval, revision);
  const tell = (type: string, more: Record<string, unknown>) =>
    recordEvents(tx, { organizationId, workspaceId, type: `approval.${type}`, data: { ...data, ...more } });
  const { actor: by } = cause;
  if (cause.why === 'requested') await tell('requested', { by });
  if (cause.why === 'decided') {
    await tell('decided', { by: cause.by, decision: cause.decision, comment: cause.comment });
  }
  const was = before?.progress.state;
  const { state, current } = after.progress;
  if (cause.why === 'changed' && was === 'approved' && state !== 'approved') await tell('withdrawn', { by });
  if (state !== 'pending' && (cause.why === 'requested' || state !== was)) await tell(state, { by });
  const anew = cause.why !== 'decided' || current !== before?.progress.current || was !== 'pending';
  if (state === 'pending' && current !== undefined && anew) {
    const { name } = approval.steps[current] ?? { name: '' };
    const waitingFor = waitingViews(after);
    await tell('waiting', { step: current, stepName: name, waitingFor, why: cause.why, by });
  }
  await keepStanding(tx, postId, state, anew || state !== was);
  return after;
}
