import { row, type Transaction } from '#kernel';
import { type HeldReason } from '../rules/index.js';
import { type PublicationRecord, type SegmentRecord } from '../store/index.js';
import { closedGate } from './gates.js';
import { type Possession } from './possession.js';

/** How long a commit may take, in milliseconds. */
export interface FenceTimes {
  /** S: from asking for the fence to the start of the request. */
  startWithinMs: number;
  /** T: the request is cut off. */
  timeoutMs: number;
  /** How long a platform may take to show what it accepted. */
  settleMs: number;
}

/** Passing the fence means: from now on only a receipt, a listed refusal or a reconciliation leads out. */
export type FenceResult =
  { passed: true } | { passed: false; reason: HeldReason } | { passed: false; reason: 'stale-set' };

/**
 * The fence: one short transaction, durable before the request. Gate rows first, then the publication; what was cleared,
 * what was prepared and what would be sent must be the same hash.
 */
export async function passFence(
  tx: Transaction,
  possession: Possession,
  segment: SegmentRecord,
  times: FenceTimes,
): Promise<FenceResult> {
  const closed = await closedGate(tx, possession.record);
  // What is already begun is not stranded for being late.
  const begun = possession.segments.some((other) => other.outcome === 'published');
  if (closed && !(closed === 'too-late' && begun)) return { passed: false, reason: closed };
  const fenced = await row<SegmentRecord & { now: Date }>(
    tx,
    `update segments s
        set fences = fences + 1, outcome = null, fenced_at = clock_timestamp(),
            settled_at = clock_timestamp() + make_interval(secs => $4)
       from publications p
      where s.id = $1 and p.id = s.publication_id and s.set_id = $2 and s.set_hash = p.content_hash
        and p.cleared_hash = p.content_hash and p.lease = $3 and p.leased_until > clock_timestamp()
        and s.prepared is not null and (s.prepared_until is null or s.prepared_until > clock_timestamp())
     returning s.*`,
    [
      segment.id,
      segment.set_id,
      possession.record.lease,
      (times.startWithinMs + times.timeoutMs + times.settleMs) / 1000,
    ],
  );
  if (!fenced?.settled_at || !fenced.fenced_at) return { passed: false, reason: 'stale-set' };
  const set: Partial<PublicationRecord> = {
    next_check_at: fenced.settled_at,
    first_fenced_at: possession.record.first_fenced_at ?? fenced.fenced_at,
  };
  await possession.change('committing', [{ kind: 'fenced', evidence: fenceEvidence(fenced) }], set, tx);
  Object.assign(segment, fenced);
  return { passed: true };
}

function fenceEvidence(segment: SegmentRecord) {
  return { segment: segment.position, fence: segment.fences, contentHash: segment.set_hash };
}
