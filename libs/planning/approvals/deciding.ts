import { Problem } from '#kernel';
import { type DecisionRecord } from './approval-store.js';
import { type ApproverView, decidedView, viewOf } from './approval-view.js';
import { type ApproverKey, seatsToApprove, seatToRefuse, type Verdict } from './progress.js';
import { type Standing } from './standing.js';

/** For whom somebody decides, as it is kept. */
export type Seat = Pick<DecisionRecord, 'approver' | 'name' | 'decided_by' | 'decided_by_name' | 'escalated'>;

/** In which step a decision falls, and for whom it is given. */
export interface Seats {
  step: number;
  seats: Seat[];
  /** Who decided, as others are told. */
  by: ApproverView;
}

/**
 * For whom somebody decides as things stand: for themselves, and for those who are away and named them.
 * @param name under which they decide
 * @throws Problem 409 where nobody is asked any more, or their say is given; 403 for whoever is not asked now
 */
export function seatsFor(standing: Standing, person: { key: ApproverKey; name: string }, verdict: Verdict): Seats {
  const { key, name } = person;
  const { step, seats } = verdict === 'approve' ? toApprove(key, standing) : toRefuse(key, standing);
  const kept = seats.map((seat): Seat => {
    const escalated = standing.steps[step]?.eligible.includes(seat) === false;
    if (seat === key) return { approver: seat, name, decided_by: null, decided_by_name: null, escalated };
    const { name: absent } = viewOf(seat, standing);
    return { approver: seat, name: absent, decided_by: idOf(key), decided_by_name: name, escalated };
  });
  const [first] = kept;
  if (!first) throw notAsked();
  return { step, seats: kept, by: decidedView(first, { ...standing, decisions: kept }) };
}

function toApprove(key: ApproverKey, { steps, progress }: Standing): { step: number; seats: ApproverKey[] } {
  const { state, current } = progress;
  if (current === undefined) {
    throw Problem.conflict(
      state === 'approved'
        ? 'This version is approved already.'
        : 'Changes were asked for. Change the post, or ask for approval again.',
    );
  }
  const [step, stands] = [steps[current], progress.steps[current]];
  if (!step || !stands) throw new Error('An approval has no step where it is.');
  const seats = seatsToApprove(key, step, stands);
  if (seats.length > 0) return { step: current, seats };
  if (stands.approvedBy.includes(key) || stands.people.includes(key)) {
    throw Problem.conflict('You have approved this version already.');
  }
  throw notAsked();
}

/** Changes may be asked for by whoever is asked now, and by whoever was asked before: also after everybody agreed. */
function toRefuse(key: ApproverKey, { steps, progress }: Standing): { step: number; seats: ApproverKey[] } {
  if (progress.state === 'changes-requested') throw Problem.conflict('Changes were asked for already.');
  for (const [index, step] of steps.entries()) {
    const stands = progress.steps[index];
    const seat = stands && seatToRefuse(key, step, stands);
    if (seat) return { step: index, seats: [seat] };
  }
  throw notAsked();
}

function notAsked(): Problem {
  return Problem.forbidden('It is not for you to decide now: this step of the approval waits for others.');
}

function idOf(key: ApproverKey): string {
  return key.slice(key.indexOf(':') + 1);
}
