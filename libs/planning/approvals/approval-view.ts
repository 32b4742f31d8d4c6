import { type Actor } from '#publishing';
import { type DecisionRecord } from './approval-store.js';
import { type Person } from './people.js';
import { type ApproverKey, type RequestState, type StepState, type Verdict } from './progress.js';
import { type Standing } from './standing.js';
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
  /** Of the post, when it was decided: what was looked at. */
  revision: number;
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

/** From where names are known. */
interface Known {
  people: readonly Person[];
  decisions: readonly Pick<DecisionRecord, 'approver' | 'name'>[];
}

/** An approver with their name. Who left is still known by the name under which they decided. */
export function viewOf(key: ApproverKey, { people, decisions }: Known): ApproverView {
  const [type, id] = key.startsWith('member:')
    ? (['member', key.slice(7)] as const)
    : (['client', key.slice(7)] as const);
  const person = type === 'member' ? people.find((one) => one.id === id) : undefined;
  const name = person?.name ?? decisions.find(({ approver }) => approver === key)?.name ?? id;
  return { type, id, name };
}

/** Puts names to everything. */
export function describe(standing: Standing): Omit<ApprovalView, 'revision'> {
  const { approval, progress, decisions } = standing;
  const view = (key: ApproverKey) => viewOf(key, standing);
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
    decisions: decisions.map(({ at, approver, verdict, comment, content_hash, round, revision }) => ({
      ...{ at, by: view(approver), decision: verdict, comment, revision, contentHash: content_hash },
      counts: round === approval.round && content_hash === approval.content_hash,
    })),
  };
}
