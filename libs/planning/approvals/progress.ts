import { type StepRule } from './workflow.js';

/** Somebody who decides: `member:<user id>` or `client:<e-mail address in lower case>`. */
export type ApproverKey = `member:${string}` | `client:${string}`;

export type Verdict = 'approve' | 'request-changes';

/** A decision about the content as it is now. Decisions about anything else are not asked. */
export interface CountedDecision {
  step: number;
  approver: ApproverKey;
  verdict: Verdict;
}

/** A step with those who may decide in it at this moment; the author is left out where self-approval is off. */
export interface OpenStep {
  rule: StepRule;
  eligible: readonly ApproverKey[];
}

export type StepState = 'waiting' | 'open' | 'approved' | 'changes-requested';
export type RequestState = 'pending' | 'approved' | 'changes-requested';

export interface StepProgress {
  state: StepState;
  /** How many have to say yes. */
  needed: number;
  /** Who said yes. */
  approvedBy: ApproverKey[];
  /** Who still may; empty unless it is open. */
  waitingFor: ApproverKey[];
}

export interface Progress {
  state: RequestState;
  /** The step that waits for somebody; undefined when none does. */
  current?: number;
  steps: StepProgress[];
}

/**
 * How far an approval is. Only who is eligible now counts, so somebody who left approves nothing. A step that nobody may pass
 * stays open. One call for changes ends the round, whoever approved before.
 */
export function progressOf(steps: readonly OpenStep[], decisions: readonly CountedDecision[]): Progress {
  const progress: StepProgress[] = [];
  let current: number | undefined;
  let refused = false;
  steps.forEach(({ rule, eligible }, index) => {
    const given = decisions.filter(({ step, approver }) => step === index && eligible.includes(approver));
    const approvedBy = eligible.filter((one) =>
      given.some(({ approver, verdict }) => approver === one && verdict === 'approve'),
    );
    const needed = neededOf(rule, eligible.length);
    const begun = current === undefined && !refused;
    const against = begun && given.some(({ verdict }) => verdict === 'request-changes');
    const through = begun && !against && approvedBy.length >= needed;
    const open = begun && !against && !through;
    if (against) refused = true;
    if (open) current = index;
    progress.push({
      state: against ? 'changes-requested' : through ? 'approved' : open ? 'open' : 'waiting',
      needed,
      approvedBy: begun ? approvedBy : [],
      waitingFor: open ? eligible.filter((one) => !approvedBy.includes(one)) : [],
    });
  });
  if (refused) return { state: 'changes-requested', steps: progress };
  if (current !== undefined) return { state: 'pending', current, steps: progress };
  return { state: 'approved', steps: progress };
}

/** Never none: where nobody is left who may decide, nobody has. */
function neededOf(rule: StepRule, eligible: number): number {
  if (rule === 'any') return 1;
  return rule === 'all' ? Math.max(1, eligible) : rule;
}
