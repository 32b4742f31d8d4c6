import { Injectable } from '@nestjs/common';
import { type Exchange, type Transaction } from '#kernel';
import { type Failure, genericFailure, type JsonObject, type Receipt, type StillProcessing } from '#platforms/core';
import { type Block, FlowControl } from '../flow/index.js';
import {
  explainHeld,
  finalFailure,
  LEAST_WAIT_MS,
  nextTry,
  partialFailure,
  type PublicationState,
} from '../rules/index.js';
import {
  begunAnew,
  firstNote,
  type Columns,
  type LogEntry,
  publishedAs,
  type SegmentChange,
  type SegmentRecord,
  UNHELD,
} from '../store/index.js';
import { closedGate } from './gates.js';
import { type Possession } from './possession.js';

/** Exchanges as evidence in the log. */
export function exchangesOf(exchanges: readonly Exchange[]): JsonObject {
  return exchanges.length === 0 ? {} : { exchanges: exchanges as unknown as JsonObject[] };
}

/**
 * What became of the last fence, when it was nothing visible. It is written with what follows from it, or not at all:
 * a fence that is closed while its publication stays `committing` would never be looked at again.
 */
export interface FenceClosing {
  segment: SegmentRecord;
  /**
   * `refused`: this very request had no effect. `absent`: none of this segment had. `repeatable`: it cannot be told.
   * `rejected`: the platform took it and then threw it away, so that nothing prepared is left.
   */
  outcome: 'refused' | 'absent' | 'repeatable' | 'rejected';
  /** Of `repeatable`: no later than this. */
  until?: Date;
  /** The look that showed it. */
  told?: LogEntry;
}

/** What goes with an end. */
interface EndOptions {
  closing?: FenceClosing | undefined;
  block?: Block | undefined;
  /** The caller's transaction. */
  tx?: Transaction;
}

/** How an attempt ends: each method writes the end with its story and gives the publication out of hand. */
@Injectable()
export class Outcomes {
  constructor(private readonly flow: FlowControl) {}

  /** A segment is visible. The last one ends the publication; after another one the runner goes on. */
  async visible(possession: Possession, segment: SegmentRecord, receipt: Receipt, story: LogEntry): Promise<void> {
    const { permalink, note } = receipt;
    const evidence: JsonObject = {
      segment: segment.position,
      platformObjectId: receipt.id,
      ...(permalink !== undefined && { permalink }),
      ...(note !== undefined && { note }),
    };
    const visible = publishedAs(segment, receipt);
    if (possession.segments.at(-1)?.id !== segment.id) {
      await possession.change('preparing', [story, { kind: 'segment-published', evidence }], { segment: visible });
      return;
    }
    const first = possession.segments[0];
    const shown = first && first.id !== segment.id ? first.permalink : (permalink ?? null);
    const told = firstNote(possession.segments, segment, receipt);
    const set = { ...UNHELD, published_at: possession.now(), permalink: shown, note: told, failure: null };
    await possession.change('published', [story, { kind: 'published', evidence }], { set, segment: visible });
  }

  /** Looked, and cannot tell: a person decides. */
  async unconfirmed(
    possession: Possession,
    platformName: string,
    evidence: JsonObject,
    closing?: FenceClosing,
  ): Promise<void> {
    const failure: Failure = {
      kind: 'unknown',
      message: `${platformName} did not say whether it accepted this post, and ClickPost cannot find out.`,
      remedy: whatToResolve(possession),
    };
    const entry: LogEntry = { kind: 'unconfirmed', failure, evidence: { ...evidence, ...progressOf(possession) } };
    await this.end(possession, 'unconfirmed', [entry], { ...UNHELD, failure }, { closing });
  }

  /** Later again, by the policy; over when the policy says so. A rate limit makes the channel wait too. */
  async retryOrFail(
    possession: Possession,
    failure: Failure,
    evidence: JsonObject,
    closing?: FenceClosing,
  ): Promise<void> {
    const at = nextTry({
      kind: failure.kind,
      tries: possession.record.attempts,
      now: possession.now(),
      retryAt: failure.retryAt === undefined ? undefined : new Date(failure.retryAt),
      random: Math.random(),
    });
    if (at) return this.retryAt(possession, soonEnough(at, possession.now(), closing), failure, evidence, closing);
    return this.failed(possession, failure, evidence, closing);
  }

  /** Later again, at an instant. */
  async retryAt(
    possession: Possession,
    at: Date,
    failure: Failure,
    evidence: JsonObject,
    closing?: FenceClosing,
  ): Promise<void> {
    const told: Failure = { ...failure, retryAt: at.toISOString() };
    const entry: LogEntry = { kind: 'retry-planned', failure: told, evidence: { ...evidence, at: at.toISOString() } };
    const set = { ...UNHELD, next_check_at: at, failure: told };
    const { platform, practice } = possession.channel.channel;
    const { way } = possession.channel.connection;
    const channel = { channelId: possession.record.channel_id, platform, practice, way };
    await this.end(possession, 'scheduled', [entry], set, { closing, block: this.flow.blockOf(channel, failure, at) });
  }

  /** Gives it back as it was: the worker stops, or something had to be done first. It was no try. */
  async handBack(
    possession: Possession,
    why: string,
    at: Date = possession.now(),
    { closing, block }: Pick<EndOptions, 'closing' | 'block'> = {},
  ): Promise<void> {
    const entry: LogEntry = { kind: 'retry-planned', evidence: { why, at: at.toISOString() } };
    const set = { ...UNHELD, next_check_at: at, attempts: possession.attemptsBefore };
    await this.end(possession, 'scheduled', [entry], set, { closing, block });
  }

  /** The platform works on what it was given: it is looked at again then, with all that is done already. It was no try. */
  async waitFor(possession: Possession, { what, checkAt }: StillProcessing, evidence: JsonObject): Promise<void> {
    const at = laterThan(possession.now(), checkAt);
    const entry: LogEntry = { kind: 'retry-planned', evidence: { ...evidence, ...waitingWords(what, at) } };
    const set = { ...UNHELD, next_check_at: at, attempts: possession.attemptsBefore, waiting_for: what };
    await this.end(possession, 'scheduled', [entry], set, {});
  }

  /**
   * The platform took it, and shows nothing of it yet. Its fence stays open, nothing is sent again, and it keeps nothing
   * else of its channel from going out.
   * @param segment what the answer told for the looks that follow
   */
  async accepted(
    possession: Possession,
    what: string,
    checkAt: Date,
    told: LogEntry,
    segment?: SegmentChange,
  ): Promise<void> {
    const at = laterThan(possession.now(), checkAt);
    const planned: LogEntry = { kind: 'retry-planned', evidence: { ...waitingWords(what, at), next: 'look' } };
    const accepted_at = possession.record.accepted_at ?? possession.now();
    const set = { ...UNHELD, next_check_at: at, accepted_at, waiting_for: what };
    await possession.change('committing', [told, planned], { set, segment });
  }

  /** The platform took it and rejected it afterwards: that is certain, and what was prepared is used up. */
  async rejected(possession: Possession, segment: SegmentRecord, failure: Failure, told: LogEntry): Promise<void> {
    await this.failed(possession, failure, {}, { segment, outcome: 'rejected', told });
  }

  /** What was sent counts for another publication with the very same content: it is sent once more, as something new. */
  async beginAnew(possession: Possession, segment: SegmentRecord, at: Date, evidence: JsonObject): Promise<void> {
    const entry: LogEntry = { kind: 'retry-planned', evidence: { ...evidence, at: at.toISOString() } };
    const set = { ...UNHELD, next_check_at: at };
    await possession.change('scheduled', [entry], { set, segment: begunAnew(segment) });
  }

  /**
   * The outcome of the fence is unknown, or could not be looked up: it stays `committing` and is looked at then.
   * @param segment what the answer showed for that look
   */
  async lookAt(
    possession: Possession,
    at: Date,
    evidence: JsonObject,
    failure?: Failure,
    segment?: SegmentChange,
  ): Promise<void> {
    const entry: LogEntry = {
      kind: 'retry-planned',
      ...(failure && { failure }),
      evidence: { ...evidence, next: 'look', at: at.toISOString() },
    };
    await possession.change('committing', [entry], { set: { ...UNHELD, next_check_at: at }, segment });
  }

  /**
   * Holds for whatever closes the way, checked once more under the same locks as the fence. False when it is free again.
   * @param failure what the platform said, where that is why; without one it was no try
   */
  async hold(
    possession: Possession,
    failure?: Failure,
    evidence: JsonObject = {},
    closing?: FenceClosing,
  ): Promise<boolean> {
    return possession.transaction(async (tx) => {
      const hold = await closedGate(tx, possession.record, possession.begun);
      if (hold === undefined) return false;
      const { reason } = hold;
      const told = failure ?? hold.failure;
      const { message, remedy } = hold.failure ?? explainHeld(reason);
      const entry: LogEntry = {
        kind: 'held',
        ...(told && { failure: told }),
        evidence: { ...evidence, ...progressOf(possession), reason, message, remedy },
      };
      const tried = { ...(told && { failure: told }), ...(!failure && { attempts: possession.attemptsBefore }) };
      await this.end(possession, 'held', [entry], { ...UNHELD, ...tried, held_reason: reason }, { closing, tx });
      return true;
    });
  }

  /** Closes the last fence and goes on in the same hand. */
  async goOn(possession: Possession, closing: FenceClosing & { told: LogEntry }): Promise<void> {
    const { told, ...rest } = closing;
    await this.end(possession, 'preparing', [told], {}, { closing: rest });
  }

  /** It cannot be, or will not be tried again. What may be visible after all is no failure but unconfirmed. */
  private async failed(
    possession: Possession,
    reported: Failure,
    evidence: JsonObject,
    closing?: FenceClosing,
  ): Promise<void> {
    const progress = { published: possession.published, of: possession.segments.length };
    const failure = partialFailure(finalFailure(reported), progress);
    const uncertain = possession.segments.some((segment) => isUncertain(segment, closing));
    if (uncertain) {
      const last = { message: failure.message, kind: failure.kind };
      return this.unconfirmed(possession, 'The platform', { ...evidence, lastAnswer: last }, closing);
    }
    const entry: LogEntry = { kind: 'failed', failure, evidence: { ...evidence, ...progressOf(possession) } };
    await this.end(possession, 'failed', [entry], { ...UNHELD, failure }, { closing });
  }

  private async end(
    possession: Possession,
    to: PublicationState,
    entries: [LogEntry, ...LogEntry[]],
    set: Columns,
    { closing, block, tx }: EndOptions,
  ): Promise<void> {
    const story: [LogEntry, ...LogEntry[]] = closing?.told ? [closing.told, ...entries] : entries;
    await possession.change(to, story, { set, segment: closing && closed(closing), block, tx });
  }
}

function closed(closing: FenceClosing): SegmentChange {
  const { segment, outcome } = closing;
  if (outcome === 'rejected') return begunAnew(segment);
  return { id: segment.id, set: { outcome, uncertain: isUncertain(segment, closing) } };
}

/** A platform that wants to be asked at once is asked a moment later. */
function laterThan(now: Date, at: Date): Date {
  return new Date(Math.max(at.getTime(), now.getTime() + LEAST_WAIT_MS));
}

/** What may be sent again for a short time alone is sent within it. */
function soonEnough(at: Date, now: Date, closing?: FenceClosing): Date {
  return closing?.until && at >= closing.until ? laterThan(now, now) : at;
}

function waitingWords(what: string, at: Date): JsonObject {
  return { why: what, processing: true, at: at.toISOString() };
}

/** How much of a thread is out, as evidence; nothing for a post that stands alone. */
function progressOf({ published, segments }: Possession): JsonObject {
  return segments.length > 1 ? { published, of: segments.length } : {};
}

/** What a person can decide: parts that are still missing hang below one of which ClickPost has to know the place. */
function whatToResolve({ published, segments }: Possession): string {
  if (segments.length - published <= 1)
    return 'Look at the account: then resolve it as published (with its address) or as not published, to send it again.';
  return (
    `Look at the account for part ${published + 1} of ${segments.length}. If it is not there, resolve it as not published: it is ` +
    'sent with all that follow. If it is there, cancel this one, which leaves what is out, and publish the rest as a new post.'
  );
}

/** A refusal speaks of the last request alone: what an earlier one may have done stays uncertain. */
function isUncertain(segment: SegmentRecord, closing?: FenceClosing): boolean {
  if (closing?.segment.id !== segment.id) return segment.uncertain;
  switch (closing.outcome) {
    case 'absent':
    case 'rejected':
      return false;
    case 'repeatable':
      return true;
    case 'refused':
      return segment.uncertain;
  }
}

/** The words for a fault of ClickPost's own, before anything was sent. */
export function ownFault(): Failure {
  return {
    ...genericFailure('unknown', 'ClickPost'),
    message: 'Something unexpected happened inside ClickPost before anything was sent.',
    remedy: 'It is tried again; if it fails for good, tell support the id of this publication.',
  };
}

/** The words for credentials that the vault cannot read: no try would change that, and a person can. */
export function lostKey(): Failure {
  return {
    kind: 'auth',
    message: 'ClickPost cannot read the credentials of this channel any more, and sent nothing: their key is missing.',
    remedy: 'Connect the account again, then retry. If many channels are affected, tell whoever runs ClickPost first.',
  };
}
