import { v7 as uuid } from 'uuid';
import { row, rows, type Transaction } from '#kernel';
import { type Actor } from '#publishing';
import { type ApprovedContent } from './approved-content.js';
import { grouped } from './people.js';
import { type ApproverKey, type RequestState, type Verdict } from './progress.js';
import { type ApprovalStep, type ApprovalWorkflow, type Escalation, NO_APPROVAL } from './workflow.js';

/** A post of which somebody asked for approval. */
export interface ApprovalRecord {
  post_id: string;
  organization_id: string;
  workspace_id: string;
  /** Counts how often it was asked for; what was decided in an earlier round counts no more. */
  round: number;
  steps: ApprovalStep[];
  self_approval: boolean;
  /** Hours before the due time. */
  reminders: number[];
  escalation: Escalation | null;
  time_matters: boolean;
  requested_by: Actor;
  requested_at: Date;
  content_hash: string;
  hashes: Record<string, string>;
  approved_hash: string | null;
  approved_hashes: Record<string, string> | null;
  /** As `progressOf` worked it out when something happened to it last. */
  state: RequestState;
  /** Since when it stands so. */
  since: Date;
}

/** What somebody decided, and about which content. */
export interface DecisionRecord {
  round: number;
  step: number;
  content_hash: string;
  /** Of the post, when it was decided. */
  revision: number;
  approver: ApproverKey;
  /** Who decided in the approver's place, a user's id; null = the approver. */
  decided_by: string | null;
  decided_by_name: string | null;
  /** Whether it was given by right of the escalation. */
  escalated: boolean;
  name: string;
  verdict: Verdict;
  comment: string | null;
  at: Date;
}

interface WorkflowRow {
  mode: ApprovalWorkflow['mode'] | null;
  self_approval: boolean;
  reschedule_needs_approval: boolean;
  steps: ApprovalStep[];
  reminders: number[];
  escalation: Escalation | null;
}

/**
 * How a workspace approves; undefined where there is no such workspace. Its row is locked for share, so that a post is
 * written under the workflow that holds when it is there, and a change of the workflow sees it.
 */
export async function workflowOf(tx: Transaction, workspaceId: string): Promise<ApprovalWorkflow | undefined> {
  const found = await row<WorkflowRow>(
    tx,
    `select a.mode, a.self_approval, a.reschedule_needs_approval, a.steps, a.reminders, a.escalation
       from workspaces w left join approval_workflows a on a.workspace_id = w.id where w.id = $1 for share of w`,
    [workspaceId],
  );
  if (!found) return undefined;
  if (found.mode === null) return NO_APPROVAL;
  return {
    mode: found.mode,
    selfApproval: found.self_approval,
    rescheduleNeedsApproval: found.reschedule_needs_approval,
    steps: found.steps,
    reminders: found.reminders,
    escalation: found.escalation,
  };
}

/** Keeps another workflow. False where there is no such workspace. Nobody writes a post there until the transaction ends. */
export async function keepWorkflow(
  tx: Transaction,
  workspaceId: string,
  { mode, selfApproval, rescheduleNeedsApproval, steps, reminders, escalation }: ApprovalWorkflow,
): Promise<boolean> {
  const workspace = await row<{ organization_id: string }>(
    tx,
    'select organization_id from workspaces where id = $1 for update',
    [workspaceId],
  );
  if (!workspace) return false;
  await tx.query(
    `insert into approval_workflows (workspace_id, organization_id, mode, self_approval, reschedule_needs_approval, steps,
       reminders, escalation)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (workspace_id) do update set mode = excluded.mode, self_approval = excluded.self_approval,
       reschedule_needs_approval = excluded.reschedule_needs_approval, steps = excluded.steps,
       reminders = excluded.reminders, escalation = excluded.escalation, updated_at = now()`,
    [
      workspaceId,
      workspace.organization_id,
      mode,
      selfApproval,
      rescheduleNeedsApproval,
      JSON.stringify(steps),
      reminders,
      escalation && JSON.stringify(escalation),
    ],
  );
  return true;
}

/** The approval of a post, if anybody asked for one. */
export function approvalOf(tx: Transaction, postId: string, lock = false): Promise<ApprovalRecord | undefined> {
  return row<ApprovalRecord>(tx, `select * from approvals where post_id = $1${lock ? ' for update' : ''}`, [postId]);
}

export function approvalsOfWorkspace(tx: Transaction, workspaceId: string): Promise<ApprovalRecord[]> {
  return rows<ApprovalRecord>(tx, 'select * from approvals where workspace_id = $1', [workspaceId]);
}

/** Begins a round: the first, or, where the post was asked about before, the next one. */
export async function beginRound(
  tx: Transaction,
  post: { id: string; organization_id: string; workspace_id: string },
  requestedBy: Actor,
  { steps, selfApproval, rescheduleNeedsApproval, reminders, escalation }: ApprovalWorkflow,
  { contentHash, hashes }: ApprovedContent,
): Promise<ApprovalRecord> {
  const begun = await row<ApprovalRecord>(
    tx,
    `insert into approvals as a (post_id, organization_id, workspace_id, steps, self_approval, time_matters, requested_by,
       content_hash, hashes, reminders, escalation)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (post_id) do update set round = a.round + 1, steps = excluded.steps, self_approval = excluded.self_approval,
       time_matters = excluded.time_matters, requested_by = excluded.requested_by, requested_at = now(),
       content_hash = excluded.content_hash, hashes = excluded.hashes, approved_hash = null, approved_hashes = null,
       reminders = excluded.reminders, escalation = excluded.escalation, state = 'pending', since = now()
     returning *`,
    [
      post.id,
      post.organization_id,
      post.workspace_id,
      JSON.stringify(steps),
      selfApproval,
      rescheduleNeedsApproval,
      JSON.stringify(requestedBy),
      contentHash,
      JSON.stringify(hashes),
      reminders,
      escalation && JSON.stringify(escalation),
    ],
  );
  if (!begun) throw new Error('PostgreSQL did not return the approval that it stored.');
  return begun;
}

/** The post says something else now. */
export async function keepContent(tx: Transaction, postId: string, content: ApprovedContent): Promise<void> {
  await tx.query('update approvals set content_hash = $2, hashes = $3 where post_id = $1', [
    postId,
    content.contentHash,
    JSON.stringify(content.hashes),
  ]);
}

/** All required approvers agreed to what it says now, or do so no more. */
export async function keepApproved(tx: Transaction, postId: string, approved: boolean): Promise<void> {
  await tx.query(
    approved
      ? 'update approvals set approved_hash = content_hash, approved_hashes = hashes where post_id = $1'
      : `update approvals set approved_hash = null, approved_hashes = null
          where post_id = $1 and approved_hash = content_hash`,
    [postId],
  );
}

/** Where it stands, found without working it out; and, where that is new, since when. */
export async function keepStanding(tx: Transaction, postId: string, state: RequestState, anew: boolean): Promise<void> {
  await tx.query('update approvals set state = $2, since = case when $3 then now() else since end where post_id = $1', [
    postId,
    state,
    anew,
  ]);
}

/** Everything that was decided about some posts, oldest first. */
export async function decisionsOf(tx: Transaction, postIds: readonly string[]): Promise<Map<string, DecisionRecord[]>> {
  const found = await rows<DecisionRecord & { post_id: string }>(
    tx,
    `select post_id, round, step, content_hash, revision, approver, decided_by, decided_by_name, escalated,
            name, verdict, comment, at
       from approval_decisions where post_id = any($1::uuid[]) order by at, id`,
    [postIds],
  );
  return grouped(found, ({ post_id: id }) => id);
}

/** One decision, for everybody for whom it is given. */
export async function keepDecision(
  tx: Transaction,
  { organization_id, workspace_id, post_id, round, content_hash }: ApprovalRecord,
  decision: Pick<DecisionRecord, 'step' | 'revision' | 'verdict' | 'comment'>,
  seats: readonly Pick<DecisionRecord, 'approver' | 'name' | 'decided_by' | 'decided_by_name' | 'escalated'>[],
): Promise<void> {
  await tx.query(
    `insert into approval_decisions (id, organization_id, workspace_id, post_id, round, step, content_hash, revision,
       verdict, comment, approver, name, decided_by, decided_by_name, escalated)
     select s.id, $1, $2, $3, $4, $5, $6, $7, $8, $9, s.approver, s.name, s.decided_by, s.decided_by_name, s.escalated
       from unnest($10::uuid[], $11::text[], $12::text[], $13::uuid[], $14::text[], $15::boolean[])
         as s (id, approver, name, decided_by, decided_by_name, escalated)`,
    [
      organization_id,
      workspace_id,
      post_id,
      round,
      decision.step,
      content_hash,
      decision.revision,
      decision.verdict,
      decision.comment,
      seats.map(() => uuid()),
      seats.map(({ approver }) => approver),
      seats.map(({ name }) => name),
      seats.map(({ decided_by: by }) => by),
      seats.map(({ decided_by_name: name }) => name),
      seats.map(({ escalated }) => escalated),
    ],
  );
}
