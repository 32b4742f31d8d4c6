import { Injectable } from '@nestjs/common';
import { type OpenChannel, TokenRefresh } from '#channels';
import { type Failure, type JsonObject } from '#platforms/core';
import { nextLookMs } from '../rules/index.js';
import { Outcomes } from './outcomes.js';
import { type Possession } from './possession.js';

const REFRESH_TIMEOUT_MS = 20_000;
/** After a fresh token, or while another worker fetches one. */
const SOON_MS = 1_000;
/** A platform that could not be asked for so long leaves the decision to a person. */
const GIVE_UP_LOOKING_MS = 24 * 3_600_000;

/** What a failure leads to: another try, a hold until somebody reconnects, or the end. */
@Injectable()
export class Refusals {
  constructor(
    private readonly outcomes: Outcomes,
    private readonly tokens: TokenRefresh,
  ) {}

  /** Something failed while nothing could be visible yet. */
  async beforeFence(possession: Possession, open: OpenChannel, error: unknown, evidence: JsonObject): Promise<'ended'> {
    await this.refused(possession, open, open.adapter.classify(error, possession.now()), evidence);
    return 'ended';
  }

  /** The platform refused without effect. */
  async refused(possession: Possession, open: OpenChannel, failure: Failure, evidence: JsonObject): Promise<void> {
    if (failure.kind !== 'auth') return this.outcomes.retryOrFail(possession, failure, evidence);
    const dead = await this.renew(open, failure);
    if (dead === undefined) {
      return this.outcomes.retryAt(possession, this.soon(possession), failure, {
        ...evidence,
        why: 'With newer tokens.',
      });
    }
    if (dead.kind !== 'auth') return this.outcomes.retryOrFail(possession, dead, evidence);
    const held = await this.outcomes.hold(possession, 'channel-disconnected', dead, evidence);
    // Reconnected in the very moment: what was refused then may be tried again now.
    if (!held) await this.outcomes.retryAt(possession, this.soon(possession), dead, evidence);
  }

  /** A look was not possible. It stays `committing`; a dead token is marked, so that somebody reconnects. */
  async whileLooking(possession: Possession, open: OpenChannel, error: unknown, evidence: JsonObject): Promise<void> {
    const failure = open.adapter.classify(error, possession.now());
    if (failure.kind === 'auth') await this.renew(open, failure);
    const fenced = possession.record.first_fenced_at ?? possession.now();
    const age = possession.now().getTime() - fenced.getTime();
    const { name } = open.adapter.manifest;
    if (age > GIVE_UP_LOOKING_MS) {
      return this.outcomes.unconfirmed(possession, name, { ...evidence, why: 'It could not be looked up for a day.' });
    }
    const looks = Math.max(0, Math.round(Math.log2(Math.max(1, age / 10_000))));
    const wait = nextLookMs(looks, Math.random());
    const at = new Date(Math.max(possession.now().getTime() + wait, failure.retryAt ? Date.parse(failure.retryAt) : 0));
    return this.outcomes.lookAt(possession, at, failure, { ...evidence, why: 'It could not be looked up yet.' });
  }

  /** Undefined when newer tokens are there or on their way; else why there will be none. */
  private async renew(open: OpenChannel, failure: Failure): Promise<Failure | undefined> {
    const outcome = await this.tokens.refresh(open, { timeoutMs: REFRESH_TIMEOUT_MS });
    if (outcome === 'renewed' || outcome === 'busy') return undefined;
    if (outcome === 'not-refreshable') {
      const dead = await this.tokens.markDead(open.connection, failure);
      return dead ? failure : undefined;
    }
    return 'dead' in outcome ? outcome.dead : outcome.failed;
  }

  private soon(possession: Possession): Date {
    return new Date(possession.now().getTime() + SOON_MS);
  }
}
