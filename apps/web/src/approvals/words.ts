import { formatShortDay } from '../ui/dates.js';
import { deviceZone } from '../ui/zone.js';
import { type Approval, type ApprovalStep } from './queries.js';

type Step = Approval['steps'][number];
type Person = Step['waitingFor'][number];

/** Everybody's names in a sentence: "Ada, Ben or Cleo". */
export function namesOf(people: readonly Pick<Person, 'name'>[], last: 'and' | 'or'): string {
  const names = people.map(({ name }) => name);
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}

/** Somebody who is waited for, with who decides while they are away: "Ben (away until 3 May: Dora decides)". */
function awaited({ name, delegate }: Person): Pick<Person, 'name'> {
  if (!delegate) return { name };
  const until = delegate.until === undefined ? '' : ` until ${formatShortDay(lastMoment(delegate.until), deviceZone)}`;
  return { name: `${name} (away${until}: ${delegate.name} decides)` };
}

/** Somebody for whom was decided: "Dora for Ben". */
export function decider({ name, delegate }: Pick<Person, 'name' | 'delegate'>): string {
  return delegate ? `${delegate.name} for ${name}` : name;
}

/** The last moment before an end, which people call by its day. */
function lastMoment(until: string): string {
  return new Date(new Date(until).getTime() - 1).toISOString();
}

/** Where a step stands, in a sentence. */
export function stepWords({ state, needed, approvedBy, waitingFor, rule }: Step): string {
  const agreed = approvedBy.map((one) => ({ name: decider(one) }));
  switch (state) {
    case 'waiting':
      return 'Comes after the step before it.';
    case 'approved':
      return `Approved by ${namesOf(agreed, 'and')}.`;
    case 'changes-requested':
      return 'Changes were asked for.';
    case 'open': {
      if (waitingFor.length === 0) return 'Nobody is left who may approve. Change the workflow in the settings.';
      const all = rule === 'all' || needed - approvedBy.length >= waitingFor.length;
      const so = approvedBy.length > 0 ? `Approved by ${namesOf(agreed, 'and')}. ` : '';
      const many = needed - approvedBy.length;
      return `${so}Waits for ${many > 1 && !all ? `${many} of ` : ''}${namesOf(waitingFor.map(awaited), all ? 'and' : 'or')}.`;
    }
  }
}

/** What the person may do about it now. */
export interface Choices {
  approve: boolean;
  refuse: boolean;
}

/** Whether somebody is asked now, or was: then they may still ask for changes. */
export function choicesOf({ state, steps }: Pick<Approval, 'state' | 'steps'>, userId: string): Choices {
  const is = ({ type, id, delegate }: Person) => (type === 'member' && id === userId) || delegate?.id === userId;
  const approve = steps.some(({ waitingFor }) => waitingFor.some(is));
  const refuse = state !== 'changes-requested' && (approve || steps.some(({ approvedBy }) => approvedBy.some(is)));
  return { approve, refuse };
}

/** A decision about what the post does not say any more, with the words for it. */
export interface EarlierDecision {
  revision: number;
  /** "What changed since you approved" */
  title: string;
}

/** The last decision of the person about an earlier revision, or else the last of anybody. */
export function earlierDecision(
  decisions: Approval['decisions'],
  revision: number,
  userId: string,
): EarlierDecision | undefined {
  const isOwn = (by: Person) => by.type === 'member' && by.id === userId;
  const own = decisions.findLast(({ by }) => isOwn(by));
  const decision = own ?? decisions.at(-1);
  if (!decision || decision.revision >= revision) return undefined;
  const did = decision.decision === 'approve' ? 'approved' : 'asked for changes';
  return { revision: decision.revision, title: `What changed since ${own ? 'you' : decision.by.name} ${did}` };
}

/** How many have to agree, in words. */
export function ruleWords(rule: ApprovalStep['rule']): string {
  if (rule === 'any') return 'One of them agrees';
  if (rule === 'all') return 'All of them agree';
  return `${rule} of them agree`;
}
