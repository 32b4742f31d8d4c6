import { rows, type Transaction } from '#kernel';
import { type ApprovalRecord } from './approval-store.js';
import { type ApproverView, waitingViews } from './approval-view.js';
import { type ApproverKey, seatsToApprove } from './progress.js';
import { type Standing, standingsOf } from './standing.js';

/** The step that is open. */
export interface WaitingStep {
  /** From 0. */
  index: number;
  name: string;
}

/** An approval that is not there yet, in short: who is waited for, or that changes were asked for. */
export interface WaitingView {
  state: 'pending' | 'changes-requested';
  /** Null where it waits for nobody, but for its author. */
  step: WaitingStep | null;
  /** Who is asked in that step and has not answered. */
  waitingFor: ApproverView[];
}

/** Where an approval waits: its open step, and for whom. Undefined where it does not. */
export function openStepOf(standing: Standing): { step: WaitingStep; waitingFor: ApproverView[] } | undefined {
  const { approval, progress } = standing;
  if (progress.state !== 'pending' || progress.current === undefined) return undefined;
  const index = progress.current;
  return { step: { index, name: approval.steps[index]?.name ?? '' }, waitingFor: waitingViews(standing) };
}

/** Whether an approval waits for somebody now, also in the place of somebody who is away. */
export function waitsFor({ steps, progress: { state, current, steps: stands } }: Standing, key: ApproverKey): boolean {
  if (state !== 'pending' || current === undefined) return false;
  const [step, stand] = [steps[current], stands[current]];
  return step !== undefined && stand !== undefined && seatsToApprove(key, step, stand).length > 0;
}

/** An approval that is not there yet, in short; undefined for one that is. */
export function waitingView(standing: Standing): WaitingView | undefined {
  const { state } = standing.progress;
  if (state === 'approved') return undefined;
  const { step = null, waitingFor = [] } = openStepOf(standing) ?? {};
  return { state, step, waitingFor };
}

/**
 * What of some posts waits for an approval or was refused, by the id of the post; the others are left out. One query where
 * there is none, and as many for all as for one where there are.
 */
export async function waitingOf(tx: Transaction, postIds: readonly string[]): Promise<Map<string, WaitingView>> {
  if (postIds.length === 0) return new Map();
  const approvals = await rows<ApprovalRecord>(
    tx,
    `select a.* from approvals a join approval_workflows f on f.workspace_id = a.workspace_id and f.mode <> 'none'
      where a.post_id = any($1::uuid[]) and a.state <> 'approved'`,
    [postIds],
  );
  if (approvals.length === 0) return new Map();
  const standings = await standingsOf(tx, approvals);
  return new Map(
    [...standings].flatMap(([id, standing]) => {
      const view = waitingView(standing);
      return view ? [[id, view] as const] : [];
    }),
  );
}
