import { type ChannelRecord } from '#channels';
import { rows, type Transaction } from '#kernel';
import { type FlowControl, type QuotaBlock, type QuotaUse } from '../flow/index.js';
import { type HeldReason } from '../rules/index.js';
import {
  type Actor,
  type Change,
  changeAll,
  LostPublicationError,
  type Locked,
  type PublicationRecord,
  type SegmentRecord,
} from '../store/index.js';
import { readGates, reasonToHold } from './gates.js';

/** A publication that asks to pass its fence for one segment. */
export interface FenceAsk {
  record: PublicationRecord;
  segment: SegmentRecord;
  channel: Pick<ChannelRecord, 'id' | 'platform' | 'practice' | 'external_id'>;
  /** How the channel's account was connected: `connections.way`. */
  way: string | null;
  actor: Actor;
  /** A part of the thread is out already. */
  begun: boolean;
  /** The database's time, by the asker's monotonic clock. */
  now: Date;
  /** From asking to the moment from which a look would show what was accepted: S + T + the platform's settling. */
  withinMs: number;
}

/**
 * Passing the fence means: from now on only a receipt, a listed refusal or a reconciliation leads out. `busy`: another
 * publication of the channel is between its fence and its outcome, or has to come first. `used-up`: a quota of the platform's.
 */
export type FenceResult =
  | { outcome: 'passed'; record: PublicationRecord; segment: SegmentRecord }
  | { outcome: 'busy' }
  | { outcome: 'used-up'; block: QuotaBlock }
  | { outcome: 'closed'; reason: HeldReason };

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
export async function passFence(tx: Transaction, flow: FlowControl, ask: FenceAsk): Promise<FenceResult> {
  const [result] = await pass(tx, flow, [ask], 'wait');
  if (!result) throw new LostPublicationError(ask.record.id);
  return result;
}

/**
 * The same for many publications, of different channels, by the same few statements. Undefined is one that somebody else has
 * locked or changed: it has to try alone.
 * @throws StaleSetError where one of them would: then none has passed
 */
export function passFences(
  tx: Transaction,
  flow: FlowControl,
  asks: readonly FenceAsk[],
): Promise<(FenceResult | undefined)[]> {
  return pass(tx, flow, asks, 'skip');
}

async function pass(
  tx: Transaction,
  flow: FlowControl,
  asks: readonly FenceAsk[],
  locked: Locked,
): Promise<(FenceResult | undefined)[]> {
  const answers = await atTheGates(tx, asks, locked);
  const atTheQuotas = asks.filter((_, index) => answers[index] === 'through');
  const usedUp = await flow.useQuotas(tx, atTheQuotas.map(quotaUse));
  const through = atTheQuotas.filter(({ segment }) => !usedUp.has(segment.id));
  const changed = await changeAll(tx, through.map(fenced), locked);
  const passed = through.flatMap((ask, index) => {
    const record = changed[index];
    return record ? [{ ask, record }] : [];
  });
  const segments = await fenceSegments(tx, passed);
  const results = new Map<FenceAsk, FenceResult>();
  for (const { ask, record } of passed) {
    const segment = segments.get(ask.segment.id);
    if (!segment) throw new StaleSetError();
    results.set(ask, { outcome: 'passed', record, segment });
  }
  return asks.map((ask, index) => {
    const answer = answers[index];
    if (answer !== 'through') return answer;
    const block = usedUp.get(ask.segment.id);
    return block ? { outcome: 'used-up', block } : results.get(ask);
  });
}

/** Gate rows are taken first, in statements of their own, so that a pause or disconnect that was acknowledged is seen. */
async function atTheGates(
  tx: Transaction,
  asks: readonly FenceAsk[],
  locked: Locked,
): Promise<(FenceResult | 'through' | undefined)[]> {
  const records = asks.map(({ record }) => record);
  const gates = await readGates(tx, records, locked);
  return asks.map(({ record, begun }) => {
    const own = gates.get(record.id);
    if (!own) return undefined;
    const reason = reasonToHold(record, own, begun);
    if (reason) return { outcome: 'closed', reason };
    return own.busy ? { outcome: 'busy' } : 'through';
  });
}

function quotaUse({ segment, channel, way }: FenceAsk): QuotaUse {
  const { id: channelId, platform, practice, external_id: account } = channel;
  return { segmentId: segment.id, channelId, platform, practice, way, account };
}

function fenced({ record, segment, actor, now, withinMs }: FenceAsk): Change {
  const evidence = { segment: segment.position, fence: segment.fences + 1, contentHash: record.content_hash };
  return {
    from: record,
    to: 'committing',
    actor,
    entries: [{ kind: 'fenced', evidence }],
    set: {
      next_check_at: new Date(now.getTime() + withinMs + AFTER_SETTLING_MS),
      first_fenced_at: record.first_fenced_at ?? now,
    },
    fence: true,
  };
}

/** The commit of this transaction must be on disk before a request is sent, however the server is configured. */
async function fenceSegments(
  tx: Transaction,
  asks: readonly { ask: FenceAsk; record: PublicationRecord }[],
): Promise<Map<string, SegmentRecord>> {
  if (asks.length === 0) return new Map();
  const fences = asks.map(({ ask: { segment, withinMs }, record }) => ({
    ...{ id: segment.id, set_id: segment.set_id, hash: record.content_hash, within: withinMs / 1000 },
  }));
  const fencedSegments = await rows<SegmentRecord>(
    tx,
    `update segments s
        set fences = fences + 1, outcome = null, duplicate = null, accepted = null, fenced_at = clock_timestamp(),
            first_fenced_at = coalesce(first_fenced_at, clock_timestamp()),
            settled_at = clock_timestamp() + make_interval(secs => f.within)
       from (select * from jsonb_to_recordset($1::jsonb)
                as f(id uuid, set_id uuid, hash text, within double precision) limit $2) f
      where s.id = f.id and s.set_id = f.set_id and s.set_hash = f.hash and s.prepared is not null
        and s.prepared_until > clock_timestamp()
     returning s.*, set_config('synchronous_commit', 'on', true)`,
    [JSON.stringify(fences), fences.length],
  );
  return new Map(fencedSegments.map((segment) => [segment.id, segment]));
}
