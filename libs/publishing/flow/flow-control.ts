import { Injectable } from '@nestjs/common';
import { appNameOf, PlatformAccess, waysOf } from '#channels';
import { type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Failure, type Quota } from '#platforms/core';
import { type AppKey, blockApps, blockChannels, blockedApps } from './blocks.js';
import { breakerLimits, noteInvited, type ServerKey, type ServerLimit } from './breakers.js';
import { countersOf, usedUp } from './quota.js';
import { useCounters } from './quotas.js';

/** By which app a channel publishes. */
interface Sender {
  platform: string;
  practice: boolean;
  /** How its account was connected: `connections.way`. Null where there is one way only. */
  way: string | null;
}

/** A segment that is about to be sent. */
export interface QuotaUse extends Sender {
  segmentId: string;
  channelId: string;
  /** The platform's id of the account: `channels.external_id`. */
  account: string;
}

/** Whom nothing more may be sent for until then. */
export interface Block extends Sender {
  channelId: string;
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

/** Nothing of what was connected this way may be invited in this round, on whichever server. */
export interface AppLimit extends Sender {
  server: null;
  allowed: 0;
}

/** How much of a platform may be invited in this round. */
export type Limit = ServerLimit | AppLimit;

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
    for (const { segmentId, channelId, platform, practice, way } of uses) {
      const full = refused.get(segmentId);
      if (!full) continue;
      const { counter, until } = full;
      const { scope, what } = counter.quota;
      const why = usedUp(this.manifestOf(platform).name, counter.quota, until);
      blocks.set(segmentId, { channelId, platform, practice, way, scope, until, blockedUntil: until, what, why });
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
      ofApps.map(({ until, ...sender }) => ({ ...this.appOf(sender), until })),
    );
  }

  /** The block that a failure asks for: a rate limit concerns the channel, unless the platform says whom else it concerns. */
  blockOf(channel: Omit<Block, 'scope' | 'until'>, failure: Failure, until: Date): Block | undefined {
    const { kind, scope = 'channel' } = failure;
    return kind === 'rate-limit' && scope !== 'post' ? { ...channel, scope, until } : undefined;
  }

  /** What limits a dispatcher's round. Breakers that are not closed stay locked until its transaction ends. */
  async limits(tx: Transaction): Promise<Limit[]> {
    await this.access.readApps(tx);
    const senders = this.senders();
    const blocked = new Set((await blockedApps(tx, distinct(senders.map(({ app }) => app)))).map(textOf));
    const limited = senders.filter(({ app }) => blocked.has(textOf(app)));
    const apps = limited.map(({ platform, practice, way }): AppLimit => ({
      platform,
      practice,
      way,
      server: null,
      allowed: 0,
    }));
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
      limits.filter((limit) => limit.server !== null),
      invited,
    );
  }

  /** Everything that this installation publishes by, with the app of each: one may serve several networks. */
  senders(): (Sender & { app: AppKey })[] {
    return this.platforms.manifests().flatMap((manifest) => {
      // An account that was connected before there were several ways was connected in the first.
      const ways = [null, ...waysOf(manifest).map(({ id }) => id)];
      const senders = ways.flatMap((way) =>
        [true, false].map((practice) => ({ platform: manifest.id, practice, way })),
      );
      return senders.map((sender) => ({ ...sender, app: this.appOf(sender) }));
    });
  }

  private countersOf({ account, ...sender }: QuotaUse) {
    const { platform, practice } = sender;
    const quotas = this.platforms.find(platform)?.adapter.manifest.quotas;
    return quotas ? countersOf(quotas, { platform, practice, account, app: this.appOf(sender).app }) : [];
  }

  private appOf({ platform, practice, way }: Sender): AppKey {
    const manifest = this.manifestOf(platform);
    const app = this.access.app(manifest, practice, way)?.clientId;
    // Practice networks have apps of their own, and without an app each network is by itself. Who counts by the day counts
    // for each of its networks: what one of them takes no more of keeps nothing else of the app from going out.
    const alone = practice || app === undefined || manifest.budgets !== undefined;
    const at = alone ? platform : appNameOf(manifest, way);
    return { platform: at, practice, app: app ?? '' };
  }

  private manifestOf(platform: string) {
    return this.platforms.get(platform).adapter.manifest;
  }
}

function distinct(apps: readonly AppKey[]): AppKey[] {
  return [...new Map(apps.map((app) => [textOf(app), app])).values()];
}

function textOf({ platform, practice, app }: AppKey): string {
  return JSON.stringify([platform, practice, app]);
}
