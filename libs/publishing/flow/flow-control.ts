import { Injectable } from '@nestjs/common';
import { PlatformAccess } from '#channels';
import { type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Failure, type Quota } from '#platforms/core';
import { type AppKey, blockApps, blockChannels, blockedApps } from './blocks.js';
import { breakerLimits, noteInvited, type ServerKey, type ServerLimit } from './breakers.js';
import { countersOf, usedUp } from './quota.js';
import { useCounters } from './quotas.js';

/** A segment that is about to be sent. */
export interface QuotaUse {
  segmentId: string;
  channelId: string;
  platform: string;
  practice: boolean;
  /** The platform's id of the account: `channels.external_id`. */
  account: string;
}

/** Whom nothing more may be sent for until then. */
export interface Block {
  channelId: string;
  platform: string;
  practice: boolean;
  scope: Quota['scope'];
  until: Date;
}

/** A used-up quota: why a segment may not be sent, and when it may. */
export interface QuotaBlock extends Block {
  blockedUntil: Date;
  /** What the quota counts, as in the manifest. */
  what: string;
  /** For the publishing log, a sentence. */
  why: string;
}

/** How much of a platform may be invited in this round. */
export interface Limit {
  platform: string;
  practice: boolean;
  /** Null = all of its servers. */
  server: string | null;
  allowed: number;
}

/** What the engine respects across processes beside the gates: quotas, limits of a whole app, and outages. */
@Injectable()
export class FlowControl {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
  ) {}

  /**
   * Counts segments that are about to be sent against the quotas of their platforms, in their order. Those in the result have
   * no room and counted nothing; all others passed. In the fence's transaction, last before the update that fences: others
   * who use the same quotas wait until it ends. Nothing is asked of the database where the platforms have no quotas.
   */
  async useQuotas(tx: Transaction, uses: readonly QuotaUse[]): Promise<Map<string, QuotaBlock>> {
    const users = uses.map((use) => ({ id: use.segmentId, counters: this.countersOf(use) }));
    const refused = await useCounters(tx, users);
    const blocks = new Map<string, QuotaBlock>();
    for (const { segmentId, channelId, platform, practice } of uses) {
      const full = refused.get(segmentId);
      if (!full) continue;
      const { counter, until } = full;
      const { scope, what } = counter.quota;
      const why = usedUp(this.manifestOf(platform).name, counter.quota, until);
      blocks.set(segmentId, { channelId, platform, practice, scope, until, blockedUntil: until, what, why });
    }
    return blocks;
  }

  /**
   * Has the dispatcher invite nothing of these channels, or of everything that their apps publish, until then: what is used
   * up is met by one publication, and not by each that waits behind it. Before publications are locked in the transaction.
   */
  async block(tx: Transaction, blocks: readonly Block[]): Promise<void> {
    await blockChannels(
      tx,
      blocks.filter(({ scope }) => scope === 'channel'),
    );
    const ofApps = blocks.filter(({ scope }) => scope === 'app');
    await blockApps(
      tx,
      ofApps.map(({ platform, practice, until }) => ({ ...this.appOf(platform, practice), until })),
    );
  }

  /** The block that a failure asks for: a rate limit concerns the channel, or the whole app where the platform says so. */
  blockOf(channel: Omit<Block, 'scope' | 'until'>, failure: Failure, until: Date): Block | undefined {
    if (failure.kind !== 'rate-limit') return undefined;
    return { ...channel, scope: failure.scope ?? 'channel', until };
  }

  /** What limits a dispatcher's round. Breakers that are not closed stay locked until its transaction ends. */
  async limits(tx: Transaction): Promise<Limit[]> {
    await this.access.readApps(tx);
    const blocked = await blockedApps(tx, this.apps());
    const apps = blocked.map(({ platform, practice }) => ({ platform, practice, server: null, allowed: 0 }));
    return [...apps, ...(await breakerLimits(tx))];
  }

  /** Writes down whom a round invited, as far as breakers count it. */
  async noteInvited(
    tx: Transaction,
    limits: readonly Limit[],
    invited: readonly (ServerKey & { id: string })[],
  ): Promise<void> {
    await noteInvited(
      tx,
      limits.filter((limit): limit is ServerLimit => limit.server !== null),
      invited,
    );
  }

  /** The apps that this installation publishes with. The ways to connect a network are limited together, as its first one. */
  apps(): AppKey[] {
    return this.platforms.manifests().flatMap(({ id }) => [this.appOf(id, true), this.appOf(id, false)]);
  }

  private countersOf({ platform, practice, account }: QuotaUse) {
    const quotas = this.platforms.find(platform)?.adapter.manifest.quotas;
    return quotas ? countersOf(quotas, { ...this.appOf(platform, practice), account }) : [];
  }

  private appOf(platform: string, practice: boolean): AppKey {
    return { platform, practice, app: this.access.app(this.manifestOf(platform), practice)?.clientId ?? '' };
  }

  private manifestOf(platform: string) {
    return this.platforms.get(platform).adapter.manifest;
  }
}
