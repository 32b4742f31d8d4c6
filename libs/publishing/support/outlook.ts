import { type HeldReason } from '../rules/index.js';
import { type PublicationFacts } from './facts.js';
import {
  refusesHold,
  refusesLook,
  type Refusal,
  refusesRelease,
  refusesResolve,
  refusesRetry,
  type ResolvedOutcome,
  type SupportAction,
} from './refusals.js';

/** What a person wants to be done. `resolve` says what was seen. */
export type SupportOrder =
  { action: Exclude<SupportAction, 'resolve'> } | { action: 'resolve'; outcome: ResolvedOutcome };

/** What will happen to one publication. */
export type Outlook =
  | { does: 'send' | 'release' | 'hold' | 'mark-published' | 'look' }
  /** It is scheduled, and held at once, since something else keeps it back. */
  | { does: 'stay-held'; reason: HeldReason }
  | { does: 'nothing'; refusal: Refusal };

/** What an order comes to for one publication as it stands. Pure. */
export function outlookOf(order: SupportOrder, facts: PublicationFacts): Outlook {
  const refusal = refusalOf(order, facts);
  if (refusal) return { does: 'nothing', refusal };
  switch (order.action) {
    case 'retry':
      return processedAgain(keptBack(facts)) ?? { does: 'send' };
    case 'release':
      return keptBack(facts) ?? { does: 'release' };
    case 'hold':
      return { does: 'hold' };
    case 'reconcile':
      return { does: 'look' };
    case 'resolve':
      if (order.outcome === 'published') return { does: 'mark-published' };
      return keptBack(facts) ?? { does: 'send' };
  }
}

function refusalOf(order: SupportOrder, facts: PublicationFacts): Refusal | undefined {
  switch (order.action) {
    case 'retry':
      return refusesRetry(facts);
    case 'hold':
      return refusesHold(facts);
    case 'release':
      return refusesRelease(facts);
    case 'resolve': {
      const { published, content } = facts;
      return refusesResolve(facts, order.outcome, { published, of: content.segments.length });
    }
    case 'reconcile':
      return refusesLook(facts, facts.asked_lately);
  }
}

/** What could not be made is made once more. */
function processedAgain(outlook: Outlook | undefined): Outlook | undefined {
  if (outlook?.does !== 'stay-held' || outlook.reason !== 'media-failed') return outlook;
  return { does: 'stay-held', reason: 'media-processing' };
}

/** The order of `closedAhead`, which decides when it is done. */
function keptBack({ cleared_hash, content_hash, closed }: PublicationFacts): Outlook | undefined {
  if (cleared_hash === null) return { does: 'stay-held', reason: 'approval-missing' };
  if (cleared_hash !== content_hash) return { does: 'stay-held', reason: 'changed-after-approval' };
  return closed === null ? undefined : { does: 'stay-held', reason: closed };
}
