import { type Actor } from '#publishing';
import { type DecisionRecord } from './approval-store.js';
import { type Person } from './people.js';
import { type ApproverKey, delegateIn, type RequestState, type StepState, type Verdict } from './progress.js';
import { type Standing } from './standing.js';
import { type StepRule } from './workflow.js';

/** Somebody who decides, as others see them. */
export interface ApproverView {
  type: 'member' | 'client';
  /** A user's id, or a client's e-mail address. */
  id: string;
  name: string;
  /** Who decides in their place while they are away, or did. */
  delegate?: DelegateView;
}

/** Who decides for somebody who is away. */
export interface DelegateView {
  /** A user's id. */
  id: string;
  name: string;
  /** Until when, where it still waits for them. */
  until?: Date;
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

/** An approver for whom was decided, with who did it in their place. */
export function decidedView(
  decision: Pick<DecisionRecord, 'approver' | 'decided_by' | 'decided_by_name'>,
  known: Known,
): ApproverView {
  const { approver, decided_by: id, decided_by_name: kept } = decision;
  const view = viewOf(approver, known);
  if (id === null) return view;
  const name = known.people.find((one) => one.id === id)?.name ?? kept ?? id;
  return { ...view, delegate: { id, name } };
}

/** Who is waited for in the step that is open, with who decides in the place of those who are away. */
export function waitingViews(standing: Standing): ApproverView[] {
  const { progress, steps, absences } = standing;
  const { current } = progress;
  if (current === undefined) return [];
  const [step, stands] = [steps[current], progress.steps[current]];
  if (!step || !stands) return [];
  return stands.waitingFor.map((seat) => {
    const view = viewOf(seat, standing);
    const delegate = delegateIn(seat, step, stands);
    if (!delegate) return view;
    const { id, name } = viewOf(delegate, standing);
    const until = absences.find(({ userId }) => userId === view.id)?.until;
    return { ...view, delegate: { id, name, ...(until && { until }) } };
  });
}

/** Puts names to everything. */
export function describe(standing: Standing): Omit<ApprovalView, 'revision'> {
  const { approval, progress, decisions } = standing;
  const waiting = waitingViews(standing);
  const counted = decisions.filter((one) => one.round === approval.round && one.content_hash === approval.content_hash);
  const agreed = (key: ApproverKey, step: number) => {
    const decision = counted.find((one) => one.step === step && one.approver === key && one.verdict === 'approve');
    return decision ? decidedView(decision, standing) : viewOf(key, standing);
  };
  return {
    state: progress.state,
    contentHash: approval.content_hash,
    approvedHash: approval.approved_hash,
    requestedBy: approval.requested_by,
    requestedAt: approval.requested_at,
    steps: progress.steps.map(({ state, needed, approvedBy }, index) => {
      const { name = '', rule = 'any' } = approval.steps[index] ?? {};
      const waits = index === progress.current ? waiting : [];
      return { name, rule, state, needed, approvedBy: approvedBy.map((key) => agreed(key, index)), waitingFor: waits };
    }),
    decisions: decisions.map((one) => ({
      ...{ at: one.at, by: decidedView(one, standing), decision: one.verdict, comment: one.comment },
      ...{ revision: one.revision, contentHash: one.content_hash, counts: counted.includes(one) },
    })),
  };
}
