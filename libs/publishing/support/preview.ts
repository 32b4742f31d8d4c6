import { explainHeld } from '../rules/index.js';
import { type PublicationFacts } from './facts.js';
import { type Outlook, outlookOf, type SupportOrder } from './outlook.js';

/** Publications to which the same happens, in words. */
export interface PreviewGroup {
  /** Whether something is done about them, or they are left as they are. */
  outcome: 'done' | 'skipped';
  count: number;
  /** What happens, or why nothing does: for people. */
  sentence: string;
  /** Its platform, where that is part of the sentence. */
  platform?: string;
  /** Why nothing happens, for programs. */
  rule?: string;
}

/** A publication with what is to happen to it. */
export interface Foreseen {
  facts: PublicationFacts;
  outlook: Outlook;
}

/** What an order comes to for each of these. Pure. */
export function foresee(order: SupportOrder, all: readonly PublicationFacts[]): Foreseen[] {
  return all.map((facts) => ({ facts, outlook: outlookOf(order, facts) }));
}

/**
 * The same for people: those to which something happens first, the largest group first. Pure.
 * @param nameOf a platform's name by its id
 */
export function groupsOf(
  order: SupportOrder,
  all: readonly Foreseen[],
  nameOf: (platform: string) => string,
): PreviewGroup[] {
  const groups = new Map<string, Foreseen[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .map((group) => groupOf(order, group, nameOf))
    .sort((a, b) => (a.outcome === b.outcome ? b.count - a.count : a.outcome === 'done' ? -1 : 1));
}

/** What happens to one publication, in a few words. Pure. */
export function wordsOf(order: SupportOrder, { facts, outlook }: Foreseen): string {
  switch (outlook.does) {
    case 'nothing':
      return outlook.refusal.words;
    case 'stay-held':
      return `It stays held. ${explainHeld(outlook.reason).message}`;
    case 'send':
      return facts.sent_before ? 'It is looked up first, then sent again.' : 'It is sent now.';
    case 'release':
      return facts.past ? 'It goes out now.' : 'It goes out at its time.';
    case 'hold':
      return 'It is held until a person releases it.';
    case 'mark-published':
      return 'It is marked as published. Nothing is sent.';
    case 'look':
      return order.action === 'reconcile' && facts.state === 'unconfirmed'
        ? 'It is looked up now. It is not sent again.'
        : 'Its outcome is looked up now.';
  }
}

function keyOf({ facts: { state, platform }, outlook }: Foreseen): string {
  switch (outlook.does) {
    case 'nothing':
      return `nothing ${outlook.refusal.rule}`;
    case 'stay-held':
      return `stay-held ${outlook.reason}`;
    case 'send':
    case 'release':
    case 'hold':
    case 'mark-published':
    case 'look':
      return `${outlook.does} ${state} ${platform}`;
  }
}

function groupOf(order: SupportOrder, group: readonly Foreseen[], nameOf: (platform: string) => string): PreviewGroup {
  const [first] = group;
  if (!first) throw new Error('A group has at least one publication.');
  const count = group.length;
  const { outlook, facts } = first;
  if (outlook.does === 'nothing') {
    const { rule, words } = outlook.refusal;
    return { outcome: 'skipped', count, rule, sentence: `${count} cannot be ${DONE[order.action]}. ${words}` };
  }
  if (outlook.does === 'stay-held') {
    const { message, remedy } = explainHeld(outlook.reason);
    const stay = count === 1 ? 'is scheduled and held at once' : 'are scheduled and held at once';
    return { outcome: 'done', count, sentence: `${count} ${stay}. ${message} ${remedy}` };
  }
  const subject = `${count} ${kindOf(facts)} ${count === 1 ? 'publication' : 'publications'} on ${nameOf(facts.platform)}`;
  return {
    outcome: 'done',
    count,
    platform: facts.platform,
    sentence: sentenceOf(order, outlook.does, subject, group),
  };
}

function sentenceOf(
  order: SupportOrder,
  does: Exclude<Outlook['does'], 'nothing' | 'stay-held'>,
  subject: string,
  group: readonly Foreseen[],
): string {
  const will = `${subject} will be`;
  switch (does) {
    case 'send': {
      const again = order.action === 'resolve' ? 'sent again now' : 'tried again now';
      const warning = order.action === 'resolve' ? ' What is there after all will be there twice.' : '';
      return `${will} ${again}${lookedUpFirst(group)}.${warning}`;
    }
    case 'release': {
      const past = group.filter(({ facts }) => facts.past).length;
      if (past === 0) return `${will} released: out at the time they were planned for.`;
      if (past === group.length) return `${will} released: out now, since their time has passed.`;
      return `${will} released: ${past} out now, since their time has passed, the others at their time.`;
    }
    case 'hold':
      return `${will} held until a person releases them.`;
    case 'mark-published':
      return `${will} marked as published. Nothing is sent.`;
    case 'look':
      return group[0]?.facts.state === 'unconfirmed'
        ? `${will} looked up now. None is sent again; where a part of a thread is found, the parts behind it follow.`
        : `${will} looked up as soon as the platform has settled. What follows is decided by what is found.`;
  }
}

function lookedUpFirst(group: readonly Foreseen[]): string {
  const sent = group.filter(({ facts }) => facts.sent_before).length;
  if (sent === 0) return '';
  if (sent === group.length) return `; ${sent === 1 ? 'it was' : 'all were'} sent before and looked up first`;
  return `; ${sent} of them ${sent === 1 ? 'was sent before and is' : 'were sent before and are'} looked up first`;
}

/** In what way it does not go out. */
function kindOf({ state, held_reason, failure }: PublicationFacts): string {
  switch (state) {
    case 'failed':
    case 'unconfirmed':
      return state;
    case 'held':
      return held_reason === 'too-late' ? 'late' : 'held';
    case 'scheduled':
      return failure === null ? 'scheduled' : 'waiting';
    case 'committing':
      return 'undecided';
    case 'preparing':
    case 'ready':
    case 'published':
    case 'cancelled':
      return state;
  }
}

const DONE: Record<SupportOrder['action'], string> = {
  retry: 'tried again',
  hold: 'held',
  release: 'released',
  resolve: 'resolved',
  reconcile: 'looked up',
};
