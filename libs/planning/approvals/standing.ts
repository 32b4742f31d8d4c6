import { type Transaction } from '#kernel';
import { type ApprovalRecord, type DecisionRecord, decisionsOf } from './approval-store.js';
import { authorsOf, openSteps, peopleOf, type Person } from './people.js';
import { type OpenStep, type Progress, progressOf } from './progress.js';

/** How an approval stands at this moment, and from what that follows. */
export interface Standing {
  approval: ApprovalRecord;
  /** Who may decide in which step now. */
  steps: OpenStep[];
  progress: Progress;
  /** All that was ever decided about the post, oldest first. */
  decisions: DecisionRecord[];
  /** Everybody who sees the workspace. */
  people: readonly Person[];
}

/** How some approvals stand, by the id of the post; in as many queries as for one. */
export async function standingsOf(
  tx: Transaction,
  approvals: readonly ApprovalRecord[],
): Promise<Map<string, Standing>> {
  const postIds = approvals.map(({ post_id: id }) => id);
  const people = await peopleOf(tx, [...new Set(approvals.map(({ workspace_id: id }) => id))]);
  const authors = await authorsOf(tx, postIds);
  const decisions = await decisionsOf(tx, postIds);
  return new Map(
    approvals.map((approval) => {
      const { post_id: id, workspace_id: workspaceId, round, content_hash: hash } = approval;
      const there = people.get(workspaceId) ?? [];
      const steps = openSteps(approval, there, authors.get(id) ?? new Set());
      const all = decisions.get(id) ?? [];
      // Those about what the post says now, in the present round.
      const counted = all.filter((one) => one.round === round && one.content_hash === hash);
      return [id, { approval, steps, progress: progressOf(steps, counted), decisions: all, people: there }];
    }),
  );
}

/** How one approval stands. */
export async function standingOf(tx: Transaction, approval: ApprovalRecord): Promise<Standing> {
  const standing = (await standingsOf(tx, [approval])).get(approval.post_id);
  if (!standing) throw new Error('An approval has no standing.');
  return standing;
}
