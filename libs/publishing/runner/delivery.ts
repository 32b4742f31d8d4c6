import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { type OpenChannel } from '#channels';
import { CONFIG, type Config, type Exchange, violatedUnique } from '#kernel';
import {
  isListedRefusal,
  type JsonObject,
  MalformedAnswerError,
  type MediaSource,
  type Receipt,
  StillProcessing,
} from '#platforms/core';
import { type LogEntry, LostPublicationError, type SegmentRecord } from '../store/index.js';
import { freshFrom, PREPARE_AHEAD_MS, STAYS_IN_HAND_MS } from '../rules/index.js';
import { DailyBudgets } from './daily-budgets.js';
import { failureOf, stillProcessing } from './calls.js';
import { type FenceResult, StaleSetError } from './fence.js';
import { exchangesOf, type FenceClosing, Outcomes, ownFault } from './outcomes.js';
import { lastPartMs, OwnFiles } from './own-files.js';
import { HandBack, type Possession } from './possession.js';
import { Preparing } from './preparing.js';
import { Reconciling } from './reconciling.js';
import { Recording, type Step } from './recording.js';
import { Refusals } from './refusals.js';
import { Slots } from './slots.js';

/** How long to wait when another publication of the channel is between fence and outcome. */
const CHANNEL_BUSY_MS = 1_000;
/** And when what was prepared ran out a moment ago: a platform whose sets never last is not asked without a pause. */
const STALE_MS = 500;
/** How long the address of a published post is asked for: it is not yet written down that it is published. */
const ADDRESS_TIMEOUT_MS = 3_000;

const NO_ANSWER = 'No valid answer came: whether it was published is looked up before anything else is done.';
const BROKEN_FILE =
  'ClickPost could not read the file to its end while it was sent: whether it was published is looked up.';
const SAME_IS_THERE =
  'The platform says that the same is there already: whether that is this post, sent unseen, is looked up before anything else is done.';

/** What the one request needs. */
interface Ready {
  prepared: JsonObject;
  media: readonly MediaSource[];
}

type NotPassed = Exclude<FenceResult, { outcome: 'passed' }>;

interface Asked {
  exchanges: Exchange[];
  /** When the request began, by the database's time. */
  began: Date;
}

type Failed = Asked & { error: unknown };

/** What came of asking for the fence, and of the request where it passed. */
type Sent = { fence: NotPassed } | (Asked & { receipt: Receipt }) | Failed;

/** Takes one segment from content to receipt: prepare, wait for the instant, fence, commit, record. */
@Injectable()
export class Delivery {
  private readonly logger = new Logger(Delivery.name);
  /** A batch of fences never exceeds the free ones. */
  private readonly sending: Slots;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly preparing: Preparing,
    private readonly reconciling: Reconciling,
    private readonly recording: Recording,
    private readonly outcomes: Outcomes,
    private readonly refusals: Refusals,
    private readonly budgets: DailyBudgets,
  ) {
    this.sending = new Slots(config.publish.concurrency);
  }

  /** Delivers a segment that is not out yet. */
  async deliver(possession: Possession, open: OpenChannel, segment: SegmentRecord): Promise<Step> {
    const exchanges: Exchange[] = [];
    const began = possession.now();
    let prepared: JsonObject;
    let media: readonly MediaSource[];
    if (await this.tooEarly(possession, open, segment)) return 'ended';
    try {
      const toSend = await this.preparing.compose(possession, segment);
      media = toSend.media;
      if (segment.fences > 0 && segment.prepared !== null) {
        const step = await this.reconciling.beforeAnotherTry(possession, open, segment, toSend.draft, exchanges);
        if (step !== 'send') return step;
      }
      const none = await this.budgets.room(possession, open, segment, toSend.draft);
      if (none) {
        await this.outcomes.handBack(possession, none.why, none.until);
        return 'ended';
      }
      prepared = await this.preparing.prepare(possession, open, segment, toSend, exchanges);
    } catch (error) {
      if (error instanceof LostPublicationError || error instanceof HandBack) throw error;
      possession.signal.throwIfAborted();
      const waits = stillProcessing(error);
      if (waits) {
        possession.meet(open, began, exchanges);
        await this.outcomes.waitFor(possession, waits, { segment: segment.position, ...exchangesOf(exchanges) });
        return 'ended';
      }
      const failure = failureOf(open, error, possession.now());
      if (!failure) throw error;
      possession.meet(open, began, exchanges, failure);
      await this.refusals.refused(possession, open, failure, exchangesOf(exchanges));
      return 'ended';
    }
    if (await this.readyAhead(possession, segment)) return 'ended';
    if (await this.slowedDown(possession)) return 'ended';
    if (segment.position === 0) await this.waitForInstant(possession);
    return this.fenceAndCommit(possession, open, segment, { prepared, media });
  }

  /** What is prepared now would have run out by its time. */
  private async tooEarly(possession: Possession, open: OpenChannel, segment: SegmentRecord): Promise<boolean> {
    if (segment.position > 0) return false;
    const at = freshFrom(possession.record.due_at, open.adapter.manifest.preparedTtlMs);
    if (at.getTime() - possession.now().getTime() < STAYS_IN_HAND_MS) return false;
    await this.outcomes.handBack(possession, 'What is prepared for it has to be fresh at its time.', at);
    return true;
  }

  /** Everything is prepared, and its time is not yet near: others have the runner's hand meanwhile. */
  private async readyAhead(possession: Possession, segment: SegmentRecord): Promise<boolean> {
    const due = possession.record.due_at.getTime();
    if (segment.position > 0 || due - possession.now().getTime() < STAYS_IN_HAND_MS) return false;
    const at = due - PREPARE_AHEAD_MS;
    // What will have run out by then is made anew in time, and not in the last moment.
    const good = segment.prepared_until?.getTime() ?? at;
    if (good <= at) {
      const again = new Date(Math.max(good, possession.now().getTime() + STAYS_IN_HAND_MS));
      await this.outcomes.handBack(
        possession,
        'What is prepared runs out before its time; it is prepared again.',
        again,
      );
      return true;
    }
    await this.outcomes.handBack(possession, 'Everything is prepared; it goes out at its time.', new Date(at));
    return true;
  }

  /** The platform asked for less: nothing is sent until then. */
  private async slowedDown(possession: Possession): Promise<boolean> {
    const { pressure } = possession;
    if (!pressure || pressure.until <= possession.now()) return false;
    await this.outcomes.handBack(possession, pressure.why, pressure.until);
    return true;
  }

  private async fenceAndCommit(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    ready: Ready,
  ): Promise<Step> {
    const sent = await this.sending.use(() => this.send(possession, open, segment, ready), possession.signal);
    if ('fence' in sent) {
      await this.notSent(possession, sent.fence);
      return 'ended';
    }
    const { exchanges, began } = sent;
    if ('error' in sent) {
      await this.afterFence(possession, open, segment, sent);
      return 'ended';
    }
    possession.meet(open, began, exchanges);
    const receipt = await this.addressed(possession, open, sent.receipt, exchanges);
    const evidence: JsonObject = { segment: segment.position, ...exchangesOf(exchanges) };
    return this.recording.record(possession, open, segment, receipt, { kind: 'committed', evidence });
  }

  /** The receipt with the address of the post. It is published without one too: the log shows why there is none. */
  private async addressed(
    possession: Possession,
    open: OpenChannel,
    receipt: Receipt,
    exchanges: Exchange[],
  ): Promise<Receipt> {
    if (receipt.permalink !== undefined || !open.adapter.permalink) return receipt;
    const context = open.context({
      timeoutMs: ADDRESS_TIMEOUT_MS,
      record: possession.hear(open, exchanges),
      spend: possession.spend(open),
      signal: possession.signal,
      now: () => possession.now(),
    });
    const permalink = await open.adapter.permalink(context, receipt).catch(() => undefined);
    return { ...receipt, ...(permalink !== undefined && { permalink }) };
  }

  /** What needs a send slot: from asking for the fence to the end of the request, and nothing more. */
  private async send(possession: Possession, open: OpenChannel, segment: SegmentRecord, ready: Ready): Promise<Sent> {
    possession.signal.throwIfAborted();
    const asked = performance.now();
    const fence = await this.fence(possession, open, segment, ready);
    if (fence.outcome !== 'passed') return { fence };
    const exchanges: Exchange[] = [];
    const began = possession.now();
    try {
      return { receipt: await this.commit(possession, open, ready, asked, exchanges), exchanges, began };
    } catch (error) {
      return { error, exchanges, began };
    }
  }

  private async notSent(possession: Possession, fence: NotPassed): Promise<void> {
    switch (fence.outcome) {
      case 'busy': {
        const at = new Date(possession.now().getTime() + CHANNEL_BUSY_MS);
        return this.outcomes.handBack(possession, 'Another publication of this channel comes first.', at);
      }
      case 'used-up': {
        const { block } = fence;
        return this.outcomes.handBack(possession, block.why, block.until, { block });
      }
      case 'closed': {
        const held = await this.outcomes.hold(possession);
        if (!held) throw new HandBack('The hold was lifted at the last moment.');
      }
    }
  }

  /** T, and the time for the last part of a file where the one request is that. */
  private commitMs({ adapter }: OpenChannel, { media }: Ready): number {
    return this.config.publish.timeoutMs + lastPartMs(adapter.manifest, media);
  }

  private async fence(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    ready: Ready,
  ): Promise<FenceResult> {
    const { settleMs } = open.adapter.manifest.reconcile;
    const withinMs = this.config.publish.startWithinMs + this.commitMs(open, ready) + settleMs;
    try {
      return await possession.fence(segment, withinMs);
    } catch (error) {
      if (error instanceof StaleSetError) throw new HandBack(error.message, STALE_MS);
      if (violatedUnique(error) === 'publications_one_committing') return { outcome: 'busy' };
      throw error;
    }
  }

  /** The one request. It is not begun later than S after the fence was asked for, and is cut off at T (`commitMs`). */
  private async commit(
    possession: Possession,
    open: OpenChannel,
    ready: Ready,
    asked: number,
    exchanges: Exchange[],
  ): Promise<Receipt> {
    const { startWithinMs } = this.config.publish;
    let begun = false;
    const context = open.context({
      timeoutMs: this.commitMs(open, ready),
      record: possession.hear(open, exchanges),
      spend: possession.spend(open),
      room: possession.holder,
      beforeSending: () => {
        if (performance.now() - asked > startWithinMs) throw new NotSentError();
        begun = true;
      },
      now: () => possession.now(),
    });
    const ours = new OwnFiles();
    const commit = { ...context, media: ours.readable(ready.media) };
    const receipt = await open.adapter.commit(commit, ready.prepared).catch((error: unknown) => {
      // What the platform accepted it accepted, and what it made of half a file is no answer to the whole.
      if (!ours.fault || error instanceof StillProcessing) throw error;
      throw new UnreadableFileError(ours.fault.fault, begun);
    });
    if (typeof receipt.id !== 'string' || receipt.id === '') {
      throw new MalformedAnswerError('commit', `no id for publication ${possession.record.id}`);
    }
    return receipt;
  }

  /** Only a listed refusal is a failure; everything else is an unknown outcome and is looked at when it has settled. */
  private async afterFence(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    { error, exchanges, began }: Failed,
  ): Promise<void> {
    const { adapter } = open;
    const closing = { segment, outcome: 'refused' } as const;
    if (error instanceof NotSentError) {
      await this.outcomes.handBack(possession, error.message, undefined, { closing });
      return;
    }
    const evidence = { segment: segment.position, ...exchangesOf(exchanges) };
    if (error instanceof UnreadableFileError) {
      await this.unreadable(possession, open, error, evidence, closing);
      return;
    }
    if (error instanceof StillProcessing) {
      possession.meet(open, began, exchanges);
      const told: LogEntry = { kind: 'committed', evidence: { ...evidence, accepted: true } };
      await this.recording.accepted(possession, segment, error, told);
      return;
    }
    const failure = adapter.classify(error, possession.now());
    possession.meet(open, began, exchanges, failure);
    if (isListedRefusal(error, failure, adapter.manifest)) {
      await this.refusals.refused(possession, open, failure, evidence, closing);
      return;
    }
    const settled = segment.settled_at ?? possession.now();
    // An answer that asks to wait is heeded, even where it does not count as a refusal.
    const asked = failure.retryAt === undefined ? settled : new Date(failure.retryAt);
    const at = asked > settled ? asked : settled;
    if (failure.kind === 'duplicate') {
      const { duplicateOf: of } = failure;
      const told = { ...evidence, why: SAME_IS_THERE, ...(of !== undefined && { duplicateOf: of }) };
      const duplicate = of === undefined ? {} : { of };
      await this.outcomes.lookAt(possession, at, told, failure, { id: segment.id, set: { duplicate } });
      return;
    }
    await this.outcomes.lookAt(possession, at, { ...evidence, why: NO_ANSWER }, failure);
  }

  /** A file could not be read. Where the request had not begun, nothing was sent; else nobody knows what the platform made of it. */
  private async unreadable(
    possession: Possession,
    open: OpenChannel,
    { cause, begun }: UnreadableFileError,
    evidence: JsonObject,
    closing: FenceClosing,
  ): Promise<void> {
    const { id: publicationId } = possession.record;
    this.logger.error({ err: cause, publicationId, begun }, 'A file could not be read while it was to be sent.');
    if (begun) {
      const at = closing.segment.settled_at ?? possession.now();
      await this.outcomes.lookAt(possession, at, { ...evidence, why: BROKEN_FILE });
      return;
    }
    const failure = failureOf(open, cause, possession.now()) ?? ownFault();
    await this.outcomes.retryOrFail(possession, failure, evidence, closing);
  }

  private async waitForInstant(possession: Possession): Promise<void> {
    const ms = possession.record.due_at.getTime() - possession.now().getTime();
    if (ms > 0) await wait(ms, undefined, { signal: possession.signal });
  }
}

/** Our own storage failed while the one request was made. */
class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  constructor(
    override readonly cause: unknown,
    /** The request was under way, so that something of it may have been sent. */
    readonly begun: boolean,
  ) {
    super('A file could not be read.');
  }
}

/** The fence took longer than S: nothing was sent. */
class NotSentError extends Error {
  override readonly name = 'NotSentError';
  constructor() {
    super('The request could not be started in time, so it was not sent at all.');
  }
}
