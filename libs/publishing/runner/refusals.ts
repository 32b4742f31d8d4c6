import { Inject, Injectable } from '@nestjs/common';
import { type OpenChannel, TokenRefresh } from '#channels';
import { CONFIG, type Config } from '#kernel';
import { type Failure, genericFailure, type JsonObject } from '#platforms/core';
import { nextLookMs } from '../rules/index.js';
import { type SegmentRecord } from '../store/index.js';
import { type FenceClosing, Outcomes } from './outcomes.js';
import { type Possession } from './possession.js';

/** After a fresh token, or while another worker fetches one. */
const SOON_MS = 1_000;
/** A refusal longer ago says nothing about tokens that have come since, and may have expired in their turn. */
const RIGHT_AFTER_MS = 5 * 60_000;
/** A platform that could not be asked for so long leaves the decision to a person. */
const GIVE_UP_LOOKING_MS = 24 * 3_600_000;

/** Why there will be no newer tokens by itself. */
type NotRenewed = { dead: Failure } | { failed: Failure };

/** What a failure leads to: another try, a hold until somebody reconnects, or the end. */
@Injectable()
export class Refusals {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outcomes: Outcomes,
    private readonly tokens: TokenRefresh,
  ) {}

  /** The platform refused: before the fence, or with `closing` after it and without effect. */
  async refused(
    possession: Possession,
    open: OpenChannel,
    failure: Failure,
    evidence: JsonObject,
    closing?: FenceClosing,
  ): Promise<void> {
    if (failure.kind !== 'auth') return this.outcomes.retryOrFail(possession, failure, evidence, closing);
    const soon = () => new Date(possession.now().getTime() + SOON_MS);
    const again = refusedJustNow(possession);
    const renewed = await this.renew(possession, open, failure, !again);
    if (renewed === 'renewed') {
      const told = { ...evidence, why: 'With newer tokens.' };
      return this.outcomes.retryAt(possession, soon(), failure, told, closing);
    }
    if (renewed === 'busy') {
      return this.outcomes.handBack(possession, 'The sign-in has to be renewed first.', soon(), { closing });
    }
    if ('failed' in renewed) {
      const notRenewed = couldNotRenew(open.adapter.manifest.name, renewed.failed);
      return this.outcomes.retryOrFail(possession, notRenewed, evidence, closing);
    }
    const held = await this.outcomes.hold(possession, renewed.dead, evidence, closing);
    // Reconnected in the very moment: what was refused then may be tried again now.
    if (!held) await this.outcomes.retryAt(possession, soon(), renewed.dead, evidence, closing);
  }

  /** A look was not possible. It stays `committing`; a dead token is marked, so that somebody reconnects. */
  async couldNotLook(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    failure: Failure,
    evidence: JsonObject,
  ): Promise<void> {
    if (failure.kind === 'auth') await this.renew(possession, open, failure, true);
    await this.lookLater(possession, segment, open.adapter.manifest.name, failure, evidence);
  }

  /** Looks again after a growing wait; after a day a person has to. */
  async lookLater(
    possession: Possession,
    segment: SegmentRecord,
    platformName: string,
    failure: Failure,
    evidence: JsonObject,
  ): Promise<void> {
    const now = possession.now().getTime();
    const age = now - (segment.fenced_at?.getTime() ?? now);
    if (age > GIVE_UP_LOOKING_MS) {
      const why = 'It could not be looked up for a day.';
      return this.outcomes.unconfirmed(possession, platformName, { ...evidence, why });
    }
    const looks = Math.max(0, Math.round(Math.log2(Math.max(1, age / 10_000))));
    const wait = nextLookMs(looks, Math.random());
    const at = new Date(Math.max(now + wait, failure.retryAt === undefined ? 0 : Date.parse(failure.retryAt)));
    await this.outcomes.lookAt(possession, at, { ...evidence, why: 'It could not be looked up yet.' }, failure);
  }

  private async renew(
    possession: Possession,
    open: OpenChannel,
    failure: Failure,
    mayRefresh: boolean,
  ): Promise<'renewed' | 'busy' | NotRenewed> {
    // A worker that stops begins nothing new; whoever comes next renews.
    if (possession.signal.aborted) return 'busy';
    const outcome = mayRefresh
      ? await this.tokens.refresh(open, { timeoutMs: this.config.publish.timeoutMs })
      : 'not-refreshable';
    if (outcome !== 'not-refreshable') return outcome;
    return (await this.tokens.markDead(open.connection, failure)) ? { dead: failure } : 'renewed';
  }
}

/** Whether it was refused right after newer tokens came: those are the ones that are dead now. */
function refusedJustNow(possession: Possession): boolean {
  const { failure } = possession.record;
  if (failure?.kind !== 'auth' || failure.retryAt === undefined) return false;
  return possession.now().getTime() - Date.parse(failure.retryAt) < RIGHT_AFTER_MS;
}

/** Renewing failed, and not because the tokens are dead: whatever the answer was, it says nothing about the post. */
function couldNotRenew(platformName: string, failure: Failure): Failure {
  return {
    ...failure,
    ...genericFailure(failure.kind === 'rate-limit' ? 'rate-limit' : 'unavailable', platformName),
    message: `${platformName} could not renew the sign-in for now.`,
  };
}
