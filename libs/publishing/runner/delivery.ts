import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { type OpenChannel } from '#channels';
import { CONFIG, type Config, Database, type Exchange, violatedUnique } from '#kernel';
import {
  genericFailure,
  isListedRefusal,
  type JsonObject,
  MalformedAnswerError,
  type Receipt,
  type SegmentDraft,
} from '#platforms/core';

import { LostPublicationError, type SegmentRecord } from '../store/index.js';
import { type FenceTimes, passFence } from './fence.js';
import { Looking } from './looking.js';
import { exchangesOf, Outcomes } from './outcomes.js';
import { HandBack, type Possession } from './possession.js';
import { Preparing } from './preparing.js';
import { Refusals } from './refusals.js';

/** Whether the runner goes on with the next segment, or the publication is out of its hand. */
export type Step = 'next' | 'ended';

/** How long to wait when another publication of the channel is between fence and outcome. */
const CHANNEL_BUSY_MS = 1_000;
/** How long recording a receipt is tried while the database is away. */
const RECORD_PAUSE_MS = 250;

/** Takes one segment from content to receipt: prepare, wait for the instant, fence, commit, record. */
@Injectable()
export class Delivery {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly preparing: Preparing,
    private readonly looking: Looking,
    private readonly outcomes: Outcomes,
    private readonly refusals: Refusals,
  ) {}

  /** Delivers a segment that is not out yet. */
  async deliver(possession: Possession, open: OpenChannel, segment: SegmentRecord): Promise<Step> {
    const exchanges: Exchange[] = [];
    try {
      const toSend = await this.preparing.compose(possession, segment);
      if (segment.fences > 0 && segment.outcome !== 'absent' && segment.outcome !== 'repeatable') {
        const step = await this.lookBeforeAnotherTry(possession, open, segment, toSend.draft);
        if (step !== 'send') return step;
      }
      const prepared = await this.preparing.prepare(possession, open, segment, toSend, exchanges);
      if (segment.position === 0) await this.waitForInstant(possession);
      return await this.fenceAndCommit(possession, open, segment, prepared);
    } catch (error) {
      if (error instanceof LostPublicationError || error instanceof HandBack) throw error;
      // Past the fence nothing is an ordinary failure any more: only a look leads out.
      if (possession.record.state === 'committing') throw error;
      if (possession.signal.aborted) throw possession.signal.reason;
      return this.refusals.beforeFence(possession, open, error, exchangesOf(exchanges));
    }
  }

  /** The fence is open and nobody knows what became of it: the publication was found in `committing`. */
  async lookAfterFence(possession: Possession, open: OpenChannel): Promise<Step> {
    const segment = possession.segments.find((candidate) => candidate.fences > 0 && candidate.outcome === null);
    if (!segment) throw new Error(`Publication ${possession.record.id} is committing without an open fence.`);
    const settled = segment.settled_at ?? possession.now();
    const { platform } = open.channel;
    if (possession.now() < settled) {
      const failure = genericFailure('unavailable', platform);
      await this.outcomes.lookAt(possession, settled, failure, { why: 'The platform may still be applying it.' });
      return 'ended';
    }
    const exchanges: Exchange[] = [];
    try {
      const { draft } = await this.preparing.compose(possession, segment);
      const found = await this.looking.look(possession, open, segment, draft, exchanges);
      const evidence: JsonObject = { segment: segment.position, outcome: found.outcome, ...found.evidence };
      const story: JsonObject = { ...evidence, ...exchangesOf(exchanges) };
      switch (found.outcome) {
        case 'published':
          await this.recordVisible(possession, segment, found.receipt, 'reconciled', story);
          return segment.id === possession.segments.at(-1)?.id ? 'ended' : 'next';
        case 'absent':
        case 'repeatable': {
          await this.outcomes.closeFence(possession, segment, found.outcome);
          await possession.change('preparing', [{ kind: 'reconciled', evidence: story }]);
          await this.outcomes.retryOrFail(possession, genericFailure('unavailable', open.adapter.manifest.name), {
            why: 'It is not there: it is sent again.',
          });
          return 'ended';
        }
        case 'unknown':
          await this.outcomes.unconfirmed(possession, open.adapter.manifest.name, story);
          return 'ended';
      }
    } catch (error) {
      if (error instanceof LostPublicationError) throw error;
      await this.refusals.whileLooking(possession, open, error, exchangesOf(exchanges));
      return 'ended';
    }
  }

  /** Anything that was ever fenced is looked for before it is sent again, also when a person asked for it. */
  private async lookBeforeAnotherTry(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    draft: SegmentDraft,
  ): Promise<Step | 'send'> {
    const exchanges: Exchange[] = [];
    const found = await this.looking.look(possession, open, segment, draft, exchanges);
    const story: JsonObject = {
      segment: segment.position,
      outcome: found.outcome,
      ...found.evidence,
      ...exchangesOf(exchanges),
    };
    if (found.outcome === 'published') {
      await this.recordVisible(possession, segment, found.receipt, 'reconciled', story);
      return segment.id === possession.segments.at(-1)?.id ? 'ended' : 'next';
    }
    // A listed refusal is the platform's word that nothing happened: not being able to look does not weaken it.
    if (found.outcome === 'unknown' && segment.outcome !== 'refused') {
      await this.outcomes.unconfirmed(possession, open.adapter.manifest.name, story);
      return 'ended';
    }
    await this.outcomes.closeFence(possession, segment, found.outcome === 'repeatable' ? 'repeatable' : 'absent');
    await possession.change('preparing', [{ kind: 'reconciled', evidence: story }]);
    return 'send';
  }

  private async fenceAndCommit(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    prepared: JsonObject,
  ): Promise<Step> {
    if (possession.signal.aborted) throw possession.signal.reason;
    const times = this.times(open);
    const asked = performance.now();
    const fence = await this.fence(possession, segment, times);
    if (fence === 'busy') {
      const at = new Date(possession.now().getTime() + CHANNEL_BUSY_MS);
      await this.outcomes.handBack(possession, 'Another publication of this channel is being sent.', at);
      return 'ended';
    }
    if (!fence.passed) {
      if (fence.reason === 'stale-set') throw new HandBack('What was prepared no longer fits; it is prepared again.');
      const held = await this.outcomes.hold(possession, fence.reason);
      if (!held) throw new HandBack('The hold was lifted at the last moment.');
      return 'ended';
    }
    const exchanges: Exchange[] = [];
    let receipt: Receipt;
    try {
      // Too slow to the request: the fence's bound on when it may start is over, and nothing was sent.
      if (performance.now() - asked > times.startWithinMs) throw new NotSentError();
      receipt = await this.commit(possession, open, prepared, times.timeoutMs, exchanges);
    } catch (error) {
      await this.afterFence(possession, open, segment, error, exchangesOf(exchanges));
      return 'ended';
    }
    const story: JsonObject = { segment: segment.position, ...exchangesOf(exchanges) };
    await this.recordVisible(possession, segment, receipt, 'committed', story);
    return 'next';
  }

  private async fence(possession: Possession, segment: SegmentRecord, times: FenceTimes) {
    const before = possession.record;
    try {
      return await this.database.engine((tx) => passFence(tx, possession, segment, times));
    } catch (error) {
      if (violatedUnique(error) !== 'publications_one_committing') throw error;
      possession.record = before;
      return 'busy' as const;
    }
  }

  private async commit(
    possession: Possession,
    open: OpenChannel,
    prepared: JsonObject,
    timeoutMs: number,
    exchanges: Exchange[],
  ): Promise<Receipt> {
    const context = open.context({ timeoutMs, record: (exchange) => exchanges.push(exchange) });
    const receipt = await open.adapter.commit(context, prepared);
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
    error: unknown,
    evidence: JsonObject,
  ): Promise<void> {
    const { adapter } = open;
    const failure = adapter.classify(error, possession.now());
    if (error instanceof NotSentError || isListedRefusal(error, failure, adapter.manifest)) {
      await this.outcomes.closeFence(possession, segment, error instanceof NotSentError ? 'absent' : 'refused');
      await this.refusals.refused(possession, open, failure, evidence);
      return;
    }
    const at = segment.settled_at ?? possession.now();
    const why = 'No valid answer came: whether it was published is looked up before anything else is done.';
    await this.outcomes.lookAt(possession, at, failure, { segment: segment.position, why, ...evidence });
  }

  /**
   * Records what is visible, for as long as we hold it: the database may be restarting right now. Whoever takes over
   * after that looks on the platform.
   */
  private async recordVisible(
    possession: Possession,
    segment: SegmentRecord,
    receipt: Receipt,
    kind: 'committed' | 'reconciled',
    evidence: JsonObject,
  ): Promise<void> {
    const until = performance.now() + this.config.publish.leaseMs;
    const story = { kind, evidence: { ...evidence, platformObjectId: receipt.id } };
    const before = possession.record;
    for (;;) {
      try {
        await this.outcomes.visible(possession, segment, receipt, story);
        return;
      } catch (error) {
        if (error instanceof LostPublicationError) throw error;
        if (violatedUnique(error) !== undefined) return this.claimedTwice(possession, before, receipt);
        if (performance.now() > until) throw error;
        possession.record = before;
        await wait(RECORD_PAUSE_MS);
      }
    }
  }

  /** The platform named an object that another publication owns: a repeat of its answer is no proof of ours. */
  private async claimedTwice(possession: Possession, before: Possession['record'], receipt: Receipt): Promise<void> {
    possession.record = before;
    const why = 'The platform named an object that already belongs to another publication of this channel.';
    await this.outcomes.unconfirmed(possession, 'The platform', { why, platformObjectId: receipt.id });
  }

  private times(open: OpenChannel): FenceTimes {
    const { startWithinMs, timeoutMs } = this.config.publish;
    return { startWithinMs, timeoutMs, settleMs: open.adapter.manifest.reconcile.settleMs };
  }

  private async waitForInstant(possession: Possession): Promise<void> {
    const ms = possession.record.due_at.getTime() - possession.now().getTime();
    if (ms > 0) await wait(ms, undefined, { signal: possession.signal });
  }
}

/** The fence took longer than S: nothing was sent. */
class NotSentError extends Error {
  override readonly name = 'NotSentError';
  constructor() {
    super('The request was not started in time, so it was not sent at all.');
  }
}
