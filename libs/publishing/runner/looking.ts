import { Injectable } from '@nestjs/common';
import { type OpenChannel } from '#channels';
import { Database, type Exchange, rows } from '#kernel';
import { type JsonObject, type Reconciliation, type SegmentDraft } from '#platforms/core';
import { claimedByOthers, learntOf, type LogEntry, type SegmentRecord } from '../store/index.js';
import { callAdapter } from './calls.js';
import { exchangesOf } from './outcomes.js';
import { type Possession } from './possession.js';
import { isGood } from './preparing.js';

const LOOK_TIMEOUT_MS = 20_000;

/** What is known of a segment after looking, and the log entry that tells it. */
export type Look = Found & { told: LogEntry };

/** `ambiguous`: something is there that looks the same, and may be another publication that is not visible yet. */
type Found = Reconciliation | { outcome: 'ambiguous'; evidence: JsonObject };

/** Looks on the platform whether a fenced segment is there. */
@Injectable()
export class Looking {
  constructor(private readonly database: Database) {}

  /** Throws `AdapterError` when the adapter could not look. */
  async look(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    draft: SegmentDraft,
    exchanges: Exchange[],
  ): Promise<Look> {
    const { prepared, first_fenced_at: since } = segment;
    if (prepared === null || since === null) throw new Error(`Segment ${segment.id} was never fenced.`);
    const context = open.context({
      timeoutMs: LOOK_TIMEOUT_MS,
      record: possession.hear(open, exchanges),
      spend: possession.spend(open),
      signal: possession.signal,
      now: () => possession.now(),
    });
    const claimed = await this.database.engine((tx) => claimedByOthers(tx, segment));
    const input = { prepared, draft, since, claimed, ...learntOf(segment) };
    const answer = await callAdapter(() => open.adapter.reconcile(context, input));
    const ambiguous = await this.isAmbiguous(possession, answer);
    const judged = judge(answer, possession, segment, claimed);
    const found: Found = ambiguous ? { outcome: 'ambiguous', evidence: judged.evidence } : judged;
    const evidence: JsonObject = {
      segment: segment.position,
      outcome: found.outcome,
      ...(found.outcome === 'published' && { confidence: found.confidence }),
      ...found.evidence,
      ...exchangesOf(exchanges),
    };
    return { ...found, told: { kind: 'reconciled', evidence } };
  }

  /**
   * Whether what only looks alike may be another publication of the channel: one that the platform accepted and has not shown
   * yet, or, of one that was accepted itself, any that is between its fence and its outcome.
   */
  private async isAmbiguous({ record }: Possession, answer: Reconciliation): Promise<boolean> {
    if (answer.outcome !== 'published' || answer.confidence === 'certain') return false;
    const others = await this.database.engine((tx) =>
      rows(
        tx,
        `select 1 from publications where channel_id = $1 and id <> $2 and state = 'committing'
            and (accepted_at is not null or $3) limit 1`,
        [record.channel_id, record.id, record.accepted_at !== null],
      ),
    );
    return others.length > 0;
  }
}

/** An answer that another publication or the clock takes the ground from is no answer. */
function judge(
  found: Reconciliation,
  possession: Possession,
  segment: SegmentRecord,
  claimed: ReadonlySet<string>,
): Reconciliation {
  if (found.outcome === 'repeatable' && (found.until <= possession.now() || !isGood(possession, segment))) {
    return { outcome: 'unknown', evidence: { ...found.evidence, why: 'The key is no longer valid.' } };
  }
  if (found.outcome === 'published' && claimed.has(found.receipt.id)) {
    const why = 'What was found belongs to another publication.';
    return { outcome: 'unknown', evidence: { ...found.evidence, why } };
  }
  return found;
}
