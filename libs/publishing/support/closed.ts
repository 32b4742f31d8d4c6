import { type Transaction } from '#kernel';
import { explainHeld, type HeldReason } from '../rules/index.js';
import { closedAhead } from '../runner/gates.js';
import { type Actor, change, type LogEntry, type PublicationRecord } from '../store/index.js';

/**
 * What may not go out as things stand says so at once, not when it is due.
 * @param before why it was held before this change: a person's hold is ended by a release alone
 */
export async function holdIfClosed(
  tx: Transaction,
  actor: Actor,
  publication: PublicationRecord,
  before?: HeldReason | null,
): Promise<PublicationRecord> {
  const reason = before === 'held-by-person' ? before : await closedAhead(tx, publication);
  if (reason === undefined) return publication;
  return change(tx, {
    from: publication,
    to: 'held',
    actor,
    entries: [heldEntry(reason)],
    set: { held_reason: reason },
  });
}

/** What the log says of a hold. */
export function heldEntry(reason: HeldReason): LogEntry {
  return { kind: 'held', evidence: { reason, ...explainHeld(reason) } };
}
