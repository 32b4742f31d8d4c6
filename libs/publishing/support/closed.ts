import { type Transaction } from '#kernel';
import { type Failure } from '#platforms/core';
import { explainHeld, type HeldReason } from '../rules/index.js';
import { closedAhead, type Hold } from '../runner/gates.js';
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
  const hold: Hold | undefined = before === 'held-by-person' ? { reason: before } : await closedAhead(tx, publication);
  if (hold === undefined) return publication;
  return change(tx, {
    from: publication,
    to: 'held',
    actor,
    entries: [heldEntry(hold.reason, hold.failure)],
    set: { held_reason: hold.reason, ...(hold.failure && { failure: hold.failure }) },
  });
}

/**
 * What the log says of a hold.
 * @param failure says it better than the reason alone
 */
export function heldEntry(reason: HeldReason, failure?: Failure): LogEntry {
  const { message, remedy } = failure ?? explainHeld(reason);
  return { kind: 'held', ...(failure && { failure }), evidence: { reason, message, remedy } };
}
