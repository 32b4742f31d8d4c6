import { type Transaction } from '#kernel';
import { BEFORE_FENCE } from './rules/index.js';
import { begunAmong } from './segments.js';
import { type Actor, type Change, changeAll, type LogEntry, type PublicationRecord, UNHELD } from './store/index.js';
import { heldEntry, holdIfClosed } from './support/closed.js';

/** Says of a publication whether what it would send may go out. */
export type MayGoOut = (publication: PublicationRecord) => boolean;

/**
 * Gives clearance to what may go out as it is, and takes it from what may not: the first is let go where only that held it,
 * the second is held at once. What is being sent at this moment is left alone; so is what has come to its end.
 *
 * The rows are locked by the caller, after their gates. Returns how many changed.
 */
export async function settleClearance(
  tx: Transaction,
  actor: Actor,
  publications: readonly PublicationRecord[],
  mayGoOut: MayGoOut,
): Promise<number> {
  // What of a thread is out was approved, and the rest belongs to it.
  const begun = await begunAmong(tx, publications);
  const open = publications.filter((publication) => isOpen(publication) && !begun.has(publication.id));
  const changes = open.flatMap((publication) => {
    const cleared = publication.cleared_hash === publication.content_hash;
    const may = mayGoOut(publication);
    if (may === cleared) return [];
    return [may ? clearing(actor, publication) : withdrawing(actor, publication)];
  });
  const changed = await changeAll(tx, changes, 'wait');
  for (const record of changed) {
    // Another gate may be closed: then it says so at once.
    if (record?.state === 'scheduled') await holdIfClosed(tx, actor, record);
  }
  return changes.length;
}

/** Nobody is sending it now, and somebody may still have it sent: for the first time, or once more after a refusal. */
function isOpen({ state }: PublicationRecord): boolean {
  return BEFORE_FENCE.includes(state) || state === 'failed';
}

function clearing(actor: Actor, from: PublicationRecord): Change {
  const { content_hash: hash, held_reason: reason, due_at: due, lead_ms } = from;
  const entries: [LogEntry, ...LogEntry[]] = [{ kind: 'cleared', evidence: { contentHash: hash } }];
  if (reason !== 'approval-missing' && reason !== 'changed-after-approval') {
    return { from, to: from.state, actor, entries, set: { cleared_hash: hash } };
  }
  entries.push({ kind: 'released', evidence: { reason, why: 'It was approved.' } });
  const next_check_at = new Date(due.getTime() - lead_ms);
  return {
    ...{ from, to: 'scheduled', actor, entries },
    set: { ...UNHELD, cleared_hash: hash, held_reason: null, next_check_at },
  };
}

function withdrawing(actor: Actor, from: PublicationRecord): Change {
  const withdrawn: LogEntry = { kind: 'clearance-withdrawn', evidence: { contentHash: from.content_hash } };
  const set = { ...UNHELD, cleared_hash: null };
  // Whatever stopped it already goes on doing so; the missing approval is found when that ends.
  if (from.state === 'held' || from.state === 'failed')
    return { from, to: from.state, actor, entries: [withdrawn], set };
  const entries: [LogEntry, ...LogEntry[]] = [withdrawn, heldEntry('approval-missing')];
  return { from, to: 'held', actor, entries, set: { ...set, held_reason: 'approval-missing' } };
}
