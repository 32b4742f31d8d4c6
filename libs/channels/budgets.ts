import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database, rows, type Transaction } from '#kernel';
import { type Budget, type PlatformManifest } from '#platforms/core';

/** What is used is written down so long after it, in milliseconds: what a process that dies has not written down is lost. */
const FLUSH_AFTER_MS = 250;
/** Days are kept for so long after they are over. */
const KEPT_DAYS = 7;

/** Whose budgets: those of an app at a network. */
export interface BudgetOwner {
  /** The network, which may share its app with others. */
  platform: string;
  practice: boolean;
  /** The app's id at the platform; empty where there are no apps. */
  app: string;
}

/** How much of a budget is used today by everybody together. */
export interface BudgetStanding {
  /** `Budget.id`. */
  id: string;
  what: string;
  used: number;
  limit: number;
  /** The next midnight in the budget's time zone. */
  resetsAt: Date;
  docs: string;
}

/** What of one budget is not written down yet. */
interface Pending extends BudgetOwner {
  budget: string;
  zone: string;
  amount: number;
  /** When the first of it was used, by the monotonic clock. */
  since: number;
}

/** $1 what was used, with how many seconds ago. */
const WRITE = `
  insert into budget_uses as u (platform, practice, app, budget, day, used)
  select k.platform, k.practice, k.app, k.budget,
         ((clock_timestamp() - make_interval(secs => k.age)) at time zone k.zone)::date as day, sum(k.amount)
    from jsonb_to_recordset($1::jsonb) as k(
      platform text, practice boolean, app text, budget text, zone text, amount bigint, age float8)
   group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (platform, practice, app, budget, day) do update set used = u.used + excluded.used`;

/** $1 budgets. Which day it is there, and when it ends. */
const DAYS = `
  jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, app text, budget text, zone text)
    cross join lateral (select (clock_timestamp() at time zone k.zone)::date as day) d
    left join budget_uses u on u.platform = k.platform and u.practice = k.practice and u.app = k.app
     and u.budget = k.budget and u.day = d.day`;

const READ = `
  select k.budget, coalesce(u.used, 0)::float8 as used, (d.day + 1)::timestamp at time zone k.zone as resets_at
    from ${DAYS}`;

/** Something waits for the next day: since when, for as long as it is this day. */
const REFUSE = `
  insert into budget_uses as u (platform, practice, app, budget, day, refused_at)
  select k.platform, k.practice, k.app, k.budget, d.day, clock_timestamp() from ${DAYS}
  on conflict (platform, practice, app, budget, day) do update
    set refused_at = coalesce(u.refused_at, excluded.refused_at)`;

/**
 * Counts what this installation uses of platforms' daily budgets, across all its processes. Counting never ends or delays the
 * call that it is for: it is gathered in memory and written down a moment later.
 */
@Injectable()
export class Budgets implements OnApplicationShutdown {
  private readonly logger = new Logger(Budgets.name);
  private pending = new Map<string, Pending>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** Counts a use. What the manifest knows nothing of is a fault of the adapter's, and no reason to end its call. */
  use(owner: BudgetOwner, manifest: Pick<PlatformManifest, 'budgets'>, id: string, amount: number): void {
    const budget = manifest.budgets?.find((one) => one.id === id);
    if (!budget || !Number.isFinite(amount) || amount < 0) {
      this.logger.error({ platform: owner.platform, budget: id, amount }, 'Something was used that is no budget.');
      return;
    }
    if (amount === 0) return;
    const key = JSON.stringify([owner.platform, owner.practice, owner.app, id]);
    const known = this.pending.get(key);
    const used = (known?.amount ?? 0) + Math.ceil(amount);
    const since = known?.since ?? performance.now();
    this.pending.set(key, { ...owner, budget: id, zone: budget.timeZone, amount: used, since });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Writes down what was used up to now. Never throws: what could not be written is tried again. */
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

  /** Something waits for the next day because of this budget: people are told so until then. */
  async refuse(owner: BudgetOwner, budget: Budget): Promise<void> {
    await this.database.engine((tx) => tx.query(REFUSE, [asked(owner, [budget])]));
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
      await this.database.engine((tx) => tx.query(WRITE, [JSON.stringify(uses)]));
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

/** Removes days that are long over. */
export async function forgetBudgetUses(tx: Transaction): Promise<void> {
  await tx.query('delete from budget_uses where day < current_date - $1::int', [KEPT_DAYS]);
}

async function standingsOf(tx: Transaction, owner: BudgetOwner, budgets: readonly Budget[]): Promise<BudgetStanding[]> {
  const found = await rows<{ budget: string; used: number; resets_at: Date }>(tx, READ, [asked(owner, budgets)]);
  return budgets.map(({ id, what, limit, docs }) => {
    const row = found.find(({ budget }) => budget === id);
    if (!row) throw new Error(`The budget ${id} has no day.`);
    return { id, what, used: row.used, limit, resetsAt: row.resets_at, docs };
  });
}

function asked(owner: BudgetOwner, budgets: readonly Budget[]): string {
  return JSON.stringify(budgets.map(({ id, timeZone }) => ({ ...owner, budget: id, zone: timeZone })));
}
