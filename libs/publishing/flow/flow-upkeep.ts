import { Injectable, Logger } from '@nestjs/common';
import { forgetBudgetUses, type OpenChannel, PlatformAccess } from '#channels';
import { Database, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { forgetBlocks } from './blocks.js';
import { forgetBreakers, learnServers } from './breakers.js';
import { serverOf } from './contact.js';
import { forgetUses } from './quotas.js';

const BATCH = 200;

/** Channels of which nobody looked yet where they are. */
const NEW_CHANNELS = `
  select id, platform from channels where server is null and health = 'healthy' and removed_at is null
   order by id limit ${BATCH}`;

interface NewChannel {
  id: string;
  platform: string;
}

/** Finds out on which outside servers channels are, and removes what flow control needs no more. */
@Injectable()
export class FlowUpkeep {
  private readonly logger = new Logger(FlowUpkeep.name);

  constructor(
    private readonly database: Database,
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
  ) {}

  /** One round. Any number of workers may do it at once. */
  async tend(): Promise<void> {
    while ((await this.database.engine((tx) => this.learn(tx))) === BATCH);
    await this.database.engine(async (tx) => {
      await forgetUses(tx);
      await forgetBlocks(tx);
      await forgetBudgetUses(tx);
      await forgetBreakers(tx);
    });
  }

  /** Nothing is locked while credentials are opened: nobody who publishes waits for it. */
  private async learn(tx: Transaction): Promise<number> {
    const learned: { channelId: string; server: string }[] = [];
    for (const channel of await rows<NewChannel>(tx, NEW_CHANNELS)) {
      learned.push({ channelId: channel.id, server: await this.serverOf(tx, channel) });
    }
    return learnServers(tx, learned);
  }

  /** Where it cannot be told, a channel is alone: nobody else is stopped with it. */
  private async serverOf(tx: Transaction, { id, platform }: NewChannel): Promise<string> {
    const manifest = this.platforms.find(platform)?.adapter.manifest;
    if (!manifest) return id;
    if (manifest.outage?.together !== 'host') return serverOf(manifest, id, {});
    const open = await this.open(tx, id);
    return open ? serverOf(manifest, id, open.context({ timeoutMs: 1 }).credentials) : id;
  }

  private async open(tx: Transaction, channelId: string): Promise<OpenChannel | undefined> {
    try {
      return await this.access.open(tx, channelId);
    } catch (error) {
      this.logger.warn({ err: error, channelId }, 'The server of a channel could not be found out.');
      return undefined;
    }
  }
}
