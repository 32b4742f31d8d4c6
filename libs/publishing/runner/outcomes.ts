import { Injectable } from '@nestjs/common';
import { Database, type Exchange, row } from '#kernel';
import { type Failure, type JsonObject, type Receipt } from '#platforms/core';
import { explainHeld, type HeldReason, nextTry } from '../rules/index.js';
import { type LogEntry, LostPublicationError, type SegmentRecord, UNHELD } from '../store/index.js';
import { closedGate } from './gates.js';
import { type Possession } from './possession.js';

/** Exchanges as evidence in the log. */
export function exchangesOf(exchanges: readonly Exchange[]): JsonObject {
  return exchanges.length === 0 ? {} : { exchanges: exchanges as unknown as JsonObject[] };
}

/** How an attempt ends: each method writes the end with its story and gives the publication out of hand. */
@Injectable()
export class Outcomes {
  constructor(private readonly database: Database) {}

  /**
   * A segment is visible. The last one ends the publication; after another one the runner goes on.
   */
  async visible(possession: Possession, segment: SegmentRecord, receipt: Receipt, story: LogEntry): Promise<void> {
    const last = possession.segments.at(-1)?.id === segment.id;
    const { permalink } = receipt;
    const evidence: JsonObject = {
      segment: segment.position,
      platformObjectId: receipt.id,
      ...(permalink && { permalink }),
    };
    await this.database.engine(async (tx) => {
      await tx.query(
        `update segments set outcome = 'published', platform_object_id = $2, platform_reference = $3, permalink = $4,
                published_at = clock_timestamp() where id = $1`,
        [segment.id, receipt.id, JSON.stringify(receipt.extra ?? {}), permalink ?? null],
      );
      if (!last) {
        await possession.change('preparing', [story, { kind: 'segment-published', evidence }], {}, tx);
        return;
      }
      const first = possession.segments[0];
      const shown = first && first.id !== segment.id ? first.permalink : (permalink ?? null);
      await possession.change(
        'published',
        [story, { kind: 'published', evidence }],
        { ...UNHELD, published_at: possession.now(), permalink: shown, failure: null },
        tx,
      );
    });
    Object.assign(segment, {
      outcome: 'published',
      platform_object_id: receipt.id,
      platform_reference: receipt.extra ?? {},
      permalink: permalink ?? null,
    });
  }

  /** It cannot be, or will not be tried again. */
  async failed(possession: Possession, failure: Failure, evidence: JsonObject): Promise<void> {
    const out = possession.segments.filter((segment) => segment.outcome === 'published').length;
    const partial = out > 0 ? { published: out, of: possession.segments.length } : {};
    await this.end(possession, 'failed', { kind: 'failed', failure, evidence: { ...evidence, ...partial } }, failure);
  }

  /** Looked, and cannot tell: a person decides. */
  async unconfirmed(possession: Possession, platformName: string, evidence: JsonObject): Promise<void> {
    const failure: Failure = {
      kind: 'unknown',
      message: `${platformName} did not say whether it accepted this post, and ClickPost cannot find out.`,
      remedy:
        'Look at the account: then resolve it as published (with its address) or as not published, to send it again.',
    };
    await this.end(possession, 'unconfirmed', { kind: 'unconfirmed', failure, evidence }, failure);
  }

  /** Later again, by the policy; failed when the policy says that it is over. A rate limit makes the channel wait too. */
  async retryOrFail(possession: Possession, failure: Failure, evidence: JsonObject): Promise<void> {
    const at = nextTry({
      kind: failure.kind,
      tries: possession.record.attempts,
      now: possession.now(),
      retryAt: failure.retryAt === undefined ? undefined : new Date(failure.retryAt),
      random: Math.random(),
    });
    if (!at) return this.failed(possession, failure, evidence);
    return this.retryAt(possession, at, failure, evidence);
  }

  /** Later again, at an instant. */
  async retryAt(possession: Possession, at: Date, failure: Failure, evidence: JsonObject): Promise<void> {
    const told: Failure = { ...failure, retryAt: at.toISOString() };
    await this.database.engine(async (tx) => {
      if (failure.kind === 'rate-limit') {
        await tx.query('update channels set blocked_until = greatest(blocked_until, $2::timestamptz) where id = $1', [
          possession.record.channel_id,
          at,
        ]);
      }
      await possession.change(
        'scheduled',
        [{ kind: 'retry-planned', failure: told, evidence: { ...evidence, at: at.toISOString() } }],
        { ...UNHELD, next_check_at: at, failure: told },
        tx,
      );
    });
  }

  /** Gives it back untouched: the worker stops, or something had to be done first. */
  async handBack(possession: Possession, why: string, at: Date = possession.now()): Promise<void> {
    await possession.change('scheduled', [{ kind: 'retry-planned', evidence: { why, at: at.toISOString() } }], {
      ...UNHELD,
      next_check_at: at,
    });
  }

  /** The outcome of the fence is unknown, or could not be looked up: it stays `committing` and is looked at then. */
  async lookAt(possession: Possession, at: Date, failure: Failure, evidence: JsonObject): Promise<void> {
    await possession.change(
      'committing',
      [{ kind: 'retry-planned', failure, evidence: { ...evidence, next: 'look', at: at.toISOString() } }],
      { ...UNHELD, next_check_at: at },
    );
  }

  /** Holds for a reason that is checked once more under the same locks. False when it has gone away meanwhile. */
  async hold(
    possession: Possession,
    reason: HeldReason,
    failure?: Failure,
    evidence: JsonObject = {},
  ): Promise<boolean> {
    return this.database.engine(async (tx) => {
      const still = await closedGate(tx, possession.record);
      if (still === undefined) return false;
      await possession.change(
        'held',
        [
          {
            kind: 'held',
            ...(failure && { failure }),
            evidence: { ...evidence, reason: still, wanted: reason, ...explainHeld(still) },
          },
        ],
        { ...UNHELD, held_reason: still, ...(failure && { failure }) },
        tx,
      );
      return true;
    });
  }

  /** Closes the last fence without effect: a listed refusal, or a look that found nothing. Only the lease's holder may. */
  async closeFence(
    possession: Possession,
    segment: SegmentRecord,
    outcome: 'refused' | 'absent' | 'repeatable',
  ): Promise<void> {
    const closed = await this.database.engine((tx) =>
      row(
        tx,
        `update segments s set outcome = $2 from publications p
          where s.id = $1 and p.id = s.publication_id and p.lease = $3 and s.outcome is distinct from 'published'
         returning s.id`,
        [segment.id, outcome, possession.record.lease],
      ),
    );
    if (!closed) throw new LostPublicationError(possession.record.id);
    segment.outcome = outcome;
  }

  private async end(
    possession: Possession,
    to: 'failed' | 'unconfirmed',
    entry: LogEntry,
    failure: Failure,
  ): Promise<void> {
    await possession.change(to, [entry], { ...UNHELD, failure });
  }
}
