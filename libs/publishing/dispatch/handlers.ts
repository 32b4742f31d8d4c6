import { Injectable, Logger } from '@nestjs/common';
import { PlatformAccess, purseOf, settle } from '#channels';
import { Database, type OutboxHandler, type OutboxMessage } from '#kernel';
import { RENDITION_FINISHED } from '#media';
import { type DiscardedSet, PREPARED_SET_DISCARDED } from '../store/index.js';
import { HoldSweep } from './hold-sweep.js';

const TIDY_TIMEOUT_MS = 20_000;

/** A channel lost its sign-in: everything that waits on it is held at once, and says so. */
@Injectable()
export class ChannelDisconnectedHandler implements OutboxHandler {
  readonly topic = 'channel.disconnected';
  constructor(private readonly sweep: HoldSweep) {}

  async handle(message: OutboxMessage): Promise<void> {
    await this.sweep.holdChannel(String(message.payload['channelId']));
  }
}

/** It came back: what was held for it is released without waiting for the sweep's turn. */
@Injectable()
export class ChannelReconnectedHandler implements OutboxHandler {
  readonly topic = 'channel.reconnected';
  constructor(private readonly sweep: HoldSweep) {}

  async handle(): Promise<void> {
    await this.sweep.release();
  }
}

/** Something was paused or resumed: what waits behind it follows without waiting for the sweep's turn. */
@Injectable()
export class PauseChangedHandler implements OutboxHandler {
  readonly topic = 'pause.changed';
  constructor(private readonly sweep: HoldSweep) {}

  async handle(): Promise<void> {
    await this.sweep.sweep();
  }
}

/** A version of a file was made, or could not be: what waits for it goes on, or says why it cannot. */
@Injectable()
export class RenditionFinishedHandler implements OutboxHandler {
  readonly topic = RENDITION_FINISHED;
  constructor(private readonly sweep: HoldSweep) {}

  async handle(message: OutboxMessage): Promise<void> {
    const { organizationId, sourceDigest, planHash } = message.payload;
    await this.sweep.releaseMedia({
      organizationId: String(organizationId),
      sourceDigest: String(sourceDigest),
      planHash: String(planHash),
    });
  }
}

/**
 * What was prepared for content that changed is thrown away on the platform. It may fail without harm: only what passes by
 * itself is tried again.
 */
@Injectable()
export class PreparedSetDiscardedHandler implements OutboxHandler {
  readonly topic = PREPARED_SET_DISCARDED;
  private readonly logger = new Logger(PreparedSetDiscardedHandler.name);
  constructor(
    private readonly database: Database,
    private readonly access: PlatformAccess,
  ) {}

  async handle(message: OutboxMessage): Promise<void> {
    const open = await this.database.engine((tx) => this.access.open(tx, String(message.payload['channelId'])));
    if (!open) return;
    const { adapter } = open;
    const { prepared, steps } = message.payload as Partial<DiscardedSet>;
    if (prepared ? !adapter.discard : !steps || !adapter.discardSteps) return;
    const purse = purseOf(open);
    try {
      const context = open.context({ timeoutMs: TIDY_TIMEOUT_MS, spend: purse.spend });
      if (prepared) await adapter.discard?.(context, prepared);
      else if (steps) await adapter.discardSteps?.(context, steps);
    } catch (error) {
      const { kind } = open.adapter.classify(error, new Date());
      if (kind === 'unavailable' || kind === 'rate-limit') throw error;
      this.logger.warn({ err: error, platform: open.channel.platform }, 'What was prepared stays on the platform.');
    } finally {
      await settle(this.database, purse);
    }
  }
}
