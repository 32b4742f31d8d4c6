import { Injectable } from '@nestjs/common';
import { Budgets, PlatformAccess } from '#channels';
import { Database, row, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Budget } from '#platforms/core';
import { ACTIVE } from '../flow/index.js';

/** What a post would take of its platform's budgets on one channel, by the budget's id. */
export interface ChannelNeeds {
  channelId: string;
  needs: Readonly<Record<string, number>>;
}

/** A channel on which a post may have to wait for another day. */
export interface MayWait {
  channelId: string;
  platform: string;
  /** When the next day begins there. */
  nextDay: Date;
}

interface Sender {
  id: string;
  platform: string;
  practice: boolean;
  way: string | null;
}

interface Day {
  from: Date;
  until: Date;
  is_today: boolean;
}

/** $1 an instant, $2 a time zone. */
const DAY = `
  select d.day::timestamp at time zone $2 as "from", (d.day + 1)::timestamp at time zone $2 as until,
         d.day = (clock_timestamp() at time zone $2)::date as is_today
    from (select ($1::timestamptz at time zone $2)::date as day) d`;

/** How many publications share the budget on that day: $1 platform, $2 practice, $3 way, $4 and $5 the day, $6 at the most. */
const PLANNED = `
  select count(*)::int as planned from (
    select 1 from channels c
      join connections n on n.id = c.connection_id and n.way is not distinct from $3
      join publications p on p.channel_id = c.id and ${ACTIVE} and p.due_at >= $4 and p.due_at < $5
     where c.platform = $1 and c.practice = $2 limit $6) planned`;

/** Foresees whether a platform's daily budget will do for a post on the day that it is planned for. */
@Injectable()
export class BudgetOutlook {
  constructor(
    private readonly database: Database,
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly budgets: Budgets,
  ) {}

  /**
   * On which of these channels a post may have to wait, by what is planned for that day in the whole installation and, of
   * today, by what is used already. Each of the others is taken to need as much as this one. Nothing of them is told.
   * @param channels those that the caller may see
   */
  async mayWait(channels: readonly ChannelNeeds[], due: Date): Promise<MayWait[]> {
    const asking = channels.filter(({ needs }) => Object.values(needs).some((amount) => amount > 0));
    if (asking.length === 0) return [];
    await this.budgets.flush();
    return this.database.engine(async (tx) => {
      await this.access.readApps(tx);
      const senders = await rows<Sender>(
        tx,
        `select c.id, c.platform, c.practice, n.way from channels c join connections n on n.id = c.connection_id
          where c.id = any($1)`,
        [asking.map(({ channelId }) => channelId)],
      );
      const found: MayWait[] = [];
      for (const sender of senders) {
        const needs = asking.find(({ channelId }) => channelId === sender.id)?.needs ?? {};
        const nextDay = await this.nextDay(tx, sender, needs, due);
        if (nextDay) found.push({ channelId: sender.id, platform: sender.platform, nextDay });
      }
      return found;
    });
  }

  private async nextDay(tx: Transaction, sender: Sender, needs: ChannelNeeds['needs'], due: Date) {
    const { manifest } = this.platforms.get(sender.platform).adapter;
    for (const budget of manifest.budgets ?? []) {
      const need = needs[budget.id] ?? 0;
      if (need <= 0) continue;
      const day = await row<Day>(tx, DAY, [due, budget.timeZone]);
      if (day && !(await this.fits(tx, sender, budget, need, day))) return day.until;
    }
    return undefined;
  }

  private async fits(tx: Transaction, sender: Sender, budget: Budget, need: number, day: Day): Promise<boolean> {
    const { manifest } = this.platforms.get(sender.platform).adapter;
    const { platform, practice, way } = sender;
    const most = Math.floor(budget.limit / need) + 1;
    const counted = await row<{ planned: number }>(tx, PLANNED, [platform, practice, way, day.from, day.until, most]);
    const owner = this.access.budgetOwner(manifest, practice, way);
    const [today] = day.is_today ? await this.budgets.standingsIn(tx, owner, [budget]) : [];
    return (today?.used ?? 0) + ((counted?.planned ?? 0) + 1) * need <= budget.limit;
  }
}
