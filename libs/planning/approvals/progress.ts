import { type StepRule } from './workflow.js';

/** Somebody who decides: `member:<user id>` or `client:<e-mail address in lower case>`. */
export type ApproverKey = `member:${string}` | `client:${string}`;

export type Verdict = 'approve' | 'request-changes';

/** A decision about the content as it is now. Decisions about anything else are not asked. */
export interface CountedDecision {
  step: number;
  approver: ApproverKey;
  verdict: Verdict;
  /** Who decided in the approver's place, while that one was away; absent where the approver did. */
  delegate?: ApproverKey | undefined;
  /** Whether it was given by right of the escalation. */
  escalated?: boolean;
}

/** A step with those who may decide in it at this moment; the author is left out where self-approval is off. */
export interface OpenStep {
  rule: StepRule;
  eligible: readonly ApproverKey[];
  /** Whom the escalation names, who are not eligible anyway. */
  reserve?: readonly ApproverKey[];
  /** Whether its time has come: those in reserve may decide as well, while the step is open. */
  escalated?: boolean;
  /** By approver who is away now: who decides in their place. */
  delegates?: ReadonlyMap<ApproverKey, ApproverKey>;
  /** Who may decide in the place of others at all: what they said before counts only as long as they may. */
  standIns?: ReadonlySet<ApproverKey>;
}

export type StepState = 'waiting' | 'open' | 'approved' | 'changes-requested';
export type RequestState = 'pending' | 'approved' | 'changes-requested';

export interface StepProgress {
  state: StepState;
  /** How many have to say yes. */
  needed: number;
  /** For whom yes was said: by themselves, or by their delegates. */
  approvedBy: ApproverKey[];
  /** Who said it. Somebody who decides for others too is one person. */
  people: ApproverKey[];
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
  steps.forEach((step, index) => {
    const given = decisions.filter((one) => one.step === index && counts(one, step));
    const yes = given.filter(({ verdict }) => verdict === 'approve');
    const { needed, approvedBy, people, enough } = tally(step, yes);
    const begun = current === undefined && !refused;
    const against = begun && given.some(({ verdict }) => verdict === 'request-changes');
    const through = begun && !against && enough;
    const open = begun && !against && !through;
    if (against) refused = true;
    if (open) current = index;
    progress.push({
      state: against ? 'changes-requested' : through ? 'approved' : open ? 'open' : 'waiting',
      needed,
      approvedBy: begun ? approvedBy : [],
      people: begun ? people : [],
      waitingFor: open ? askedIn(step).filter((one) => !approvedBy.includes(one)) : [],
    });
  });
  if (refused) return { state: 'changes-requested', steps: progress };
  if (current !== undefined) return { state: 'pending', current, steps: progress };
  return { state: 'approved', steps: progress };
}

/**
 * For whom somebody would approve in a step that is open: for themselves and for those in whose place they decide. Where so
 * many different people have to agree, for one of them, and only once.
 */
export function seatsToApprove(
  person: ApproverKey,
  { rule, delegates }: OpenStep,
  { waitingFor, people }: Pick<StepProgress, 'waitingFor' | 'people'>,
): ApproverKey[] {
  const own = waitingFor.filter((one) => one === person);
  const others = waitingFor.filter((one) => one !== person && delegates?.get(one) === person);
  if (typeof rule !== 'number') return [...own, ...others];
  return people.includes(person) ? [] : [...own, ...others].slice(0, 1);
}

/** In whose place somebody would ask for changes in a step that has begun, their own first; undefined for who is not asked. */
export function seatToRefuse(
  person: ApproverKey,
  step: OpenStep,
  { state, approvedBy, waitingFor }: StepProgress,
): ApproverKey | undefined {
  if (state === 'waiting') return undefined;
  const asked = new Set([...step.eligible, ...waitingFor, ...approvedBy]);
  return asked.has(person) ? person : [...asked].find((one) => step.delegates?.get(one) === person);
}

/** Everybody who may approve in a step now, delegates too, with those for whom they would. */
export function whoMayApprove(
  step: OpenStep,
  progress: Pick<StepProgress, 'waitingFor' | 'people'>,
): Map<ApproverKey, ApproverKey[]> {
  const delegates = progress.waitingFor.flatMap((one) => step.delegates?.get(one) ?? []);
  const asked = new Set([...progress.waitingFor, ...delegates]);
  const seats = [...asked].map((one) => [one, seatsToApprove(one, step, progress)] as const);
  return new Map(seats.filter(([, those]) => those.length > 0));
}

/** Who decides in the place of somebody that a step waits for; undefined where nobody does, or has had their say. */
export function delegateIn(
  seat: ApproverKey,
  step: OpenStep,
  progress: Pick<StepProgress, 'waitingFor' | 'people'>,
): ApproverKey | undefined {
  const delegate = step.delegates?.get(seat);
  return delegate && seatsToApprove(delegate, step, progress).includes(seat) ? delegate : undefined;
}

function askedIn({ eligible, reserve = [], escalated }: OpenStep): ApproverKey[] {
  return escalated ? [...eligible, ...reserve] : [...eligible];
}

function counts(decision: CountedDecision, { eligible, reserve, standIns }: OpenStep): boolean {
  const { approver, delegate, escalated } = decision;
  const seat = eligible.includes(approver) || (escalated === true && reserve?.includes(approver) === true);
  return seat && (delegate === undefined || standIns?.has(delegate) === true);
}

/**
 * Counts who agreed. Where all have to, somebody who was asked by the escalation agrees in the place of one who did not, if
 * they are not one of the others already.
 */
function tally({ rule, eligible, reserve = [] }: OpenStep, yes: readonly CountedDecision[]) {
  const deciders = (seat: ApproverKey) =>
    yes.filter(({ approver }) => approver === seat).map(({ approver, delegate }) => delegate ?? approver);
  const said = (seat: ApproverKey) => deciders(seat).length > 0;
  const [asked, instead] = [eligible.filter(said), reserve.filter(said)];
  const approvedBy = [...asked, ...instead];
  const people = [...new Set(approvedBy.flatMap(deciders))];
  const needed = neededOf(rule, eligible.length);
  const taken = new Set(asked.flatMap(deciders));
  const others = new Set(instead.flatMap(deciders).filter((one) => !taken.has(one)));
  const together = asked.length + Math.min(others.size, instead.length);
  const count = typeof rule === 'number' ? Math.min(people.length, approvedBy.length) : together;
  return { needed, approvedBy, people, enough: count >= needed };
}

/** Never none: where nobody is left who may decide, nobody has. */
function neededOf(rule: StepRule, eligible: number): number {
  if (rule === 'any') return 1;
  return rule === 'all' ? Math.max(1, eligible) : rule;
}
