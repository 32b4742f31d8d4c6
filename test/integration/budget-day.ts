import { type BudgetOwner, Budgets } from '#channels';
import { type TestEngine } from '../support/engine.js';
import { BUDGETS } from './film-network.platform.js';

/** The practice app of the film network. */
export const OWNER: BudgetOwner = { platform: 'cinema', practice: true, app: '' };

/** So long after midnight the next day counts: the network's clock may be behind. */
const CLOCKS_DIFFER_MS = 30_000;

/** What everybody uses of the film network's budgets today. */
export class BudgetDay {
  constructor(private readonly engine: TestEngine) {}

  /** A day of which nothing is used, and nothing kept. */
  async begin(): Promise<void> {
    await this.engine.service(Budgets).flush();
    await this.engine.owner.query('delete from budget_uses');
    await this.engine.owner.query('delete from budget_reservations');
  }

  /** Says that so much of a budget is used by now. */
  async use(budget: string, used: number): Promise<void> {
    await this.engine.owner.query(
      `insert into budget_uses (platform, practice, app, budget, day, used)
       values ('cinema', true, '', $1, (now() at time zone 'America/Los_Angeles')::date, $2)
       on conflict (platform, practice, app, budget, day) do update set used = excluded.used`,
      [budget, used],
    );
  }

  /** How much is used of each, by its id. */
  async used(): Promise<Record<string, number>> {
    const standings = await this.engine.service(Budgets).standings(OWNER, BUDGETS);
    return Object.fromEntries(standings.map((standing) => [standing.id, standing.used]));
  }

  /** Waits until so much is used: what another process counted is there a moment later. */
  counted(expected: Record<string, number>): Promise<true> {
    return this.engine.eventually(
      async () => {
        const now = await this.used();
        return Object.keys(expected).every((id) => now[id] === expected[id]) ? true : undefined;
      },
      async () => `It is ${JSON.stringify(await this.used())}, not ${JSON.stringify(expected)}.`,
    );
  }

  /** The next midnight there. */
  async resetsAt(): Promise<Date> {
    const { rows } = await this.engine.owner.query<{ at: Date }>(
      `select ((now() at time zone 'America/Los_Angeles')::date + 1)::timestamp at time zone 'America/Los_Angeles' as at`,
    );
    return rows[0]!.at;
  }

  /** When what waits for the next day goes on. */
  async goesOnAt(): Promise<Date> {
    return new Date((await this.resetsAt()).getTime() + CLOCKS_DIFFER_MS);
  }

  /** Lets the day pass: what was used today was used yesterday. */
  async pass(): Promise<void> {
    await this.engine.owner.query('update budget_uses set day = day - 1');
  }
}
