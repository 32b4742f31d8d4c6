import { type Actor } from '#publishing';
import { type ApprovalRecord, type DecisionRecord } from './approval-store.js';
import { type Person } from './people.js';
import { type ApproverKey, type Progress, type RequestState, type StepState, type Verdict } from './progress.js';
import { type StepRule } from './workflow.js';

/** Somebody who decides, as others see them. */
export interface ApproverView {
  type: 'member' | 'client';
  /** A user's id, or a client's e-mail address. */
  id: string;
  name: string;
}

export interface StepView {
  name: string;
  rule: StepRule;
  state: StepState;
  /** How many have to say yes. */
  needed: number;
  approvedBy: ApproverView[];
  waitingFor: ApproverView[];
}

export interface DecisionView {
  at: Date;
  by: ApproverView;
  decision: Verdict;
  comment: string | null;
  contentHash: string;
  /** Whether it is about what the post says now, in the present round. */
  counts: boolean;
}

/** How the approval of a post stands. */
export interface ApprovalView {
  state: 'none' | RequestState;
  /** Of the post, to which `contentHash` belongs. */
  revision: number;
  /** Of what the post says now; a decision names it. */
  contentHash: string;
  /** Of what was approved last. */
  approvedHash: string | null;
  requestedBy: Actor | null;
  requestedAt: Date | null;
  steps: StepView[];
  decisions: DecisionView[];
}

/** Where nobody has asked. */
export const NO_REQUEST: Omit<ApprovalView, 'contentHash' | 'revision'> = {
  ...{ state: 'none', approvedHash: null, requestedBy: null, requestedAt: null, steps: [], decisions: [] },
};

/** Puts names to everything. */
export function describe(
  approval: ApprovalRecord,
  progress: Progress,
  decisions: readonly DecisionRecord[],
  people: readonly Person[],
): Omit<ApprovalView, 'revision'> {
  const names = new Map(people.map(({ id, name }) => [`member:${id}`, name]));
  // Who left is still known by the name under which they decided.
  for (const { approver, name } of decisions) names.set(approver, names.get(approver) ?? name);
  const view = (key: ApproverKey): ApproverView => {
    const [type, id] = key.startsWith('member:')
      ? (['member', key.slice(7)] as const)
      : (['client', key.slice(7)] as const);
    return { type, id, name: names.get(key) ?? id };
  };
  return {
    state: progress.state,
    contentHash: approval.content_hash,
    approvedHash: approval.approved_hash,
    requestedBy: approval.requested_by,
    requestedAt: approval.requested_at,
    steps: progress.steps.map(({ state, needed, approvedBy, waitingFor }, index) => {
      const { name = '', rule = 'any' } = approval.steps[index] ?? {};
      return { name, rule, state, needed, approvedBy: approvedBy.map(view), waitingFor: waitingFor.map(view) };
    }),
    decisions: decisions.map(({ at, approver, verdict, comment, content_hash, round }) => ({
      ...{ at, by: view(approver), decision: verdict, comment, contentHash: content_hash },
      counts: round === approval.round && content_hash === approval.content_hash,
    })),
  };
}
