import { type Transaction } from '#kernel';
import { type Absence } from './absence.js';
import { momentOf } from './absence-store.js';
import { type ApprovalRecord, type DecisionRecord, decisionsOf } from './approval-store.js';
import { authorsOf, openSteps, peopleOf, type Person } from './people.js';
import { type ApproverKey, type CountedDecision, type OpenStep, type Progress, progressOf } from './progress.js';

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
  /** The users who wrote a revision of the post. */
  authors: ReadonlySet<string>;
  /** The database's time at which it stands so. */
  now: Date;
  /** When the first of what is still to go out is due; undefined for a draft. */
  due: Date | undefined;
  /** Of the whole organization; some of them may not have begun. */
  absences: readonly Absence[];
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
  const { now, absences, dueOf } = await momentOf(tx, postIds);
  return new Map(
    approvals.map((approval) => {
      const { post_id: id, workspace_id: workspaceId } = approval;
      const [there, wrote] = [people.get(workspaceId) ?? [], authors.get(id) ?? new Set<string>()];
      const due = dueOf.get(id);
      const steps = openSteps(approval, there, wrote, { now, due, absences });
      const all = decisions.get(id) ?? [];
      const progress = settled(approval, progressOf(steps, countedOf(approval, all)));
      return [id, { approval, steps, progress, decisions: all, people: there, authors: wrote, now, due, absences }];
    }),
  );
}

/** What all required approvers agreed to stays approved when one of them leaves afterwards, or stops to be one. */
function settled({ approved_hash, content_hash }: ApprovalRecord, progress: Progress): Progress {
  if (approved_hash !== content_hash || progress.state !== 'pending') return progress;
  const steps = progress.steps.map((step) => ({ ...step, state: 'approved' as const, waitingFor: [] }));
  return { state: 'approved', steps };
}

/** Those about what the post says now, in the present round. */
export function countedOf(
  { round, content_hash: hash }: Pick<ApprovalRecord, 'round' | 'content_hash'>,
  decisions: readonly DecisionRecord[],
): CountedDecision[] {
  return decisions
    .filter((one) => one.round === round && one.content_hash === hash)
    .map(({ step, approver, verdict, decided_by: by, escalated }) => {
      const delegate: ApproverKey | undefined = by === null ? undefined : `member:${by}`;
      return { step, approver, verdict, delegate, escalated };
    });
}

/** How one approval stands. */
export async function standingOf(tx: Transaction, approval: ApprovalRecord): Promise<Standing> {
  const standing = (await standingsOf(tx, [approval])).get(approval.post_id);
  if (!standing) throw new Error('An approval has no standing.');
  return standing;
}
