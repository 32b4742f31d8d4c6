import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Transaction } from '#kernel';
import { type Budget, type PlatformManifest } from '#platforms/core';
import {
  type BudgetOwner,
  type BudgetStanding,
  type NoRoom,
  reserveRoom,
  type RoomAsked,
  type RoomHolder,
  standingsOf,
  type Use,
  writeUses,
} from './budget-book.js';

/** What was used is written down so long after it, in milliseconds, unless a request waits for it. */
const FLUSH_AFTER_MS = 250;

/** What of one budget is not written down yet. */
type Pending = Omit<Use, 'age'> & {
  /** When the first of it was used, by the monotonic clock. */
  since: number;
};

/**
 * Counts what this installation uses of platforms' daily budgets, across all its processes, and keeps room in them. What is
 * used is gathered in memory; whoever sends the request that uses it waits for `flush` first, so that a process that is killed
 * has sent nothing that is not counted.
 */
@Injectable()
export class Budgets implements OnApplicationShutdown {
  private readonly logger = new Logger(Budgets.name);
  private pending = new Map<string, Pending>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /**
   * Counts a use. What the manifest knows nothing of is a fault of the adapter's, and no reason to end its call.
   * @param holder whose room it uses up
   */
  use(
    owner: BudgetOwner,
    manifest: Pick<PlatformManifest, 'budgets'>,
    id: string,
    amount: number,
    holder?: RoomHolder,
  ): void {
    const budget = manifest.budgets?.find((one) => one.id === id);
    if (!budget || !Number.isFinite(amount) || amount < 0) {
      this.logger.error({ platform: owner.platform, budget: id, amount }, 'Something was used that is no budget.');
      return;
    }
    if (amount === 0) return;
    const held = { publication: holder?.publicationId ?? null, lease: holder?.lease ?? null };
    const key = JSON.stringify([owner.platform, owner.practice, owner.app, id, held.lease]);
    const known = this.pending.get(key);
    const used = (known?.amount ?? 0) + Math.ceil(amount);
    const since = known?.since ?? performance.now();
    this.pending.set(key, { ...owner, ...held, budget: id, zone: budget.timeZone, amount: used, since });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Writes down what was used up to now. Never throws: what could not be written is tried again a moment later. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  /** How much is used today of each of these budgets, in their order. */
  async standings(owner: BudgetOwner, budgets: readonly Budget[]): Promise<BudgetStanding[]> {
    if (budgets.length === 0) return [];
    await this.flush();
    return this.database.engine((tx) => standingsOf(tx, owner, budgets));
  }

  /** The same within a transaction of the engine; what this process used in the last moment may be missing. */
  standingsIn(tx: Transaction, owner: BudgetOwner, budgets: readonly Budget[]): Promise<BudgetStanding[]> {
    return standingsOf(tx, owner, budgets);
  }

  /**
   * Keeps room for what a publication still takes, all of it or nothing, in one transaction: of all processes together no more
   * is told to have room than there is. It is kept while that lease lasts, and becomes less by what is used of it; what was
   * kept for the publication before counts no more.
   * @returns what has no room; undefined = it has, and is kept
   */
  async reserve(owner: BudgetOwner, asked: readonly RoomAsked[], holder: RoomHolder): Promise<NoRoom | undefined> {
    await this.flush();
    return this.database.engine((tx) => reserveRoom(tx, owner, asked, holder));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  private async write(): Promise<void> {
    if (this.pending.size === 0) return;
    const taken = this.pending;
    this.pending = new Map();
    const now = performance.now();
    const uses = [...taken.values()].map(({ since, ...use }) => ({ ...use, age: (now - since) / 1000 }));
    try {
      await this.database.engine((tx) => writeUses(tx, uses));
    } catch (error) {
      // Where its answer was lost, it may count twice: rather that than a request too many.
      this.logger.warn({ err: error }, 'What was used of daily budgets could not be written down yet.');
      for (const [key, use] of taken) {
        const later = this.pending.get(key);
        this.pending.set(key, { ...use, amount: use.amount + (later?.amount ?? 0) });
      }
      this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
    }
  }
}
