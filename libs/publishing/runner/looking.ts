import { Injectable } from '@nestjs/common';
import { type OpenChannel } from '#channels';
import { Database, type Exchange } from '#kernel';
import { type JsonObject, type Reconciliation, type SegmentDraft } from '#platforms/core';
import { claimedByOthers, type LogEntry, type SegmentRecord } from '../store/index.js';
import { callAdapter } from './calls.js';
import { exchangesOf } from './outcomes.js';
import { type Possession } from './possession.js';
import { isGood } from './preparing.js';

const LOOK_TIMEOUT_MS = 20_000;

/** What is known of a segment after looking, and the log entry that tells it. */
export type Look = Reconciliation & { told: LogEntry };

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
      record: (exchange) => exchanges.push(exchange),
      signal: possession.signal,
      now: () => possession.now(),
    });
    const claimed = await this.database.engine((tx) => claimedByOthers(tx, segment));
    const answer = await callAdapter(() => open.adapter.reconcile(context, { prepared, draft, since, claimed }));
    const found = judge(answer, possession, segment, claimed);
    const evidence: JsonObject = {
      segment: segment.position,
      outcome: found.outcome,
      ...(found.outcome === 'published' && { confidence: found.confidence }),
      ...found.evidence,
      ...exchangesOf(exchanges),
    };
    return { ...found, told: { kind: 'reconciled', evidence } };
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
