import { row, type Transaction } from '#kernel';
import { type HeldReason } from '../rules/index.js';
import { type SegmentRecord } from '../store/index.js';
import { closedGate, waitsForItsTurn } from './gates.js';
import { type Possession } from './possession.js';

/** What a fence has to keep to; times in milliseconds. */
export interface FenceRules {
  /** S: from asking for the fence to the start of the request. */
  startWithinMs: number;
  /** T: the request is cut off. */
  timeoutMs: number;
  /** How long a platform may take to show what it accepted. */
  settleMs: number;
  /** The channel sends nothing while something earlier has not come to its end. */
  strictOrder: boolean;
}

/**
 * Passing the fence means: from now on only a receipt, a listed refusal or a reconciliation leads out. `busy`: another
 * publication of the channel is between its fence and its outcome, or has to come first.
 */
export type FenceResult = 'passed' | 'busy' | { closed: HeldReason };

/** The segment's time is taken a moment later in this transaction: whoever looks after a crash should not come too early. */
const AFTER_SETTLING_MS = 250;

/** What was prepared no longer fits what would be sent, or has expired. */
export class StaleSetError extends Error {
  override readonly name = 'StaleSetError';
  constructor() {
    super('What was prepared no longer counts; it is prepared again.');
  }
}

/**
 * The fence: one short transaction, durable before the request. Gate rows first, then the publication, then its segment;
 * what was cleared, what was prepared and what would be sent must be the same hash.
 * @throws StaleSetError, LostPublicationError
 */
export async function passFence(
  tx: Transaction,
  possession: Possession,
  segment: SegmentRecord,
  rules: FenceRules,
): Promise<FenceResult> {
  const { record } = possession;
  const closed = await closedGate(tx, record, possession.begun);
  if (closed) return { closed };
  if (rules.strictOrder && (await waitsForItsTurn(tx, record))) return 'busy';
  const now = possession.now();
  const withinMs = rules.startWithinMs + rules.timeoutMs + rules.settleMs;
  const evidence = { segment: segment.position, fence: segment.fences + 1, contentHash: record.content_hash };
  await possession.change('committing', [{ kind: 'fenced', evidence }], {
    tx,
    set: {
      next_check_at: new Date(now.getTime() + withinMs + AFTER_SETTLING_MS),
      first_fenced_at: record.first_fenced_at ?? now,
    },
    where: 'p.cleared_hash = p.content_hash and p.leased_until > clock_timestamp()',
  });
  // The commit of this transaction must be on disk before the request is sent, however the server is configured.
  const fenced = await row<SegmentRecord>(
    tx,
    `update segments s
        set fences = fences + 1, outcome = null, fenced_at = clock_timestamp(),
            first_fenced_at = coalesce(first_fenced_at, clock_timestamp()),
            settled_at = clock_timestamp() + make_interval(secs => $4)
      where s.id = $1 and s.set_id = $2 and s.set_hash = $3 and s.prepared is not null
        and s.prepared_until > clock_timestamp()
     returning s.*, set_config('synchronous_commit', 'on', true)`,
    [segment.id, segment.set_id, record.content_hash, withinMs / 1000],
  );
  if (!fenced) throw new StaleSetError();
  Object.assign(segment, fenced);
  return 'passed';
}
