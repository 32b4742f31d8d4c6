import { rows, type Transaction } from '#kernel';
import { type Budget } from '#platforms/core';

/** Days are kept for so long after they are over. */
const KEPT_DAYS = 7;
/**
 * By so many seconds the platform's clock may differ from the database's. What is used so shortly before midnight may count
 * there for the next day, so it counts for both here; what is used so shortly after it may count for the day before, so that
 * has to have room as well.
 */
const CLOCKS_DIFFER_S = 30;

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

/** For whom room is kept: a publication, for as long as this lease of it lasts. */
export interface RoomHolder {
  publicationId: string;
  lease: string;
}

/** How much room is asked for in a budget; 0 where it is needed no more. */
export interface RoomAsked {
  budget: Budget;
  need: number;
}

/** Of several budgets without room, the one that has it last. */
export interface NoRoom extends RoomAsked {
  /** `used` = it is used up for the day. `kept` = others in hand are about to use what is left. */
  why: 'used' | 'kept';
  used: number;
  /** From when on the next day counts, wherever the platform's clock is. */
  freeAt: Date;
}

/** What was used of a budget, as it is written down. */
export interface Use extends BudgetOwner {
  budget: string;
  zone: string;
  amount: number;
  /** How many seconds ago. */
  age: number;
  /** Whose room it uses up; null where none was kept. */
  publication: string | null;
  lease: string | null;
}

/**
 * Until its transaction ends, nobody else counts or keeps anything in the same budgets. All are asked for in one order and before
 * any row, so that nobody waits in a circle. $1 keys.
 */
const LOCK = `
  select pg_advisory_xact_lock(lock) from (
    select distinct hashtextextended('budget:' || key, 0) as lock from unnest($1::text[]) as key order by 1) as locks`;

const USES = `
  jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, app text, budget text, zone text, amount bigint,
    age float8, publication uuid, lease uuid)`;

/** $1 what was used. */
const WRITE = `
  insert into budget_uses as u (platform, practice, app, budget, day, used)
  select k.platform, k.practice, k.app, k.budget, d.day, sum(k.amount)
    from ${USES} cross join lateral (
      select distinct ((clock_timestamp() - make_interval(secs => k.age - later)) at time zone k.zone)::date as day
        from unnest(array[0, ${CLOCKS_DIFFER_S}]) as later) d
   group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (platform, practice, app, budget, day) do update set used = u.used + excluded.used`;

/** $1 what was used: what counts as used is kept no more. */
const USE_UP = `
  update budget_reservations r set amount = greatest(0, r.amount - k.amount)
    from (select k.platform, k.practice, k.app, k.budget, k.publication, k.lease, sum(k.amount) as amount
            from ${USES} group by 1, 2, 3, 4, 5, 6) k
   where r.platform = k.platform and r.practice = k.practice and r.app = k.app and r.budget = k.budget
     and r.publication_id = k.publication and r.lease = k.lease`;

/** $1 budgets. */
const BUDGETS = `
  jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, app text, budget text, zone text, need bigint)`;

const READ = `
  select k.budget, coalesce(u.used, 0)::float8 as used, (d.day + 1)::timestamp at time zone k.zone as resets_at
    from ${BUDGETS}
    cross join lateral (select (clock_timestamp() at time zone k.zone)::date as day) d
    left join budget_uses u on u.platform = k.platform and u.practice = k.practice and u.app = k.app
     and u.budget = k.budget and u.day = d.day`;

/** Whether a row `r` counts: a worker that died keeps nothing for longer than its lease. */
const KEPT = `exists (
  select 1 from publications p where p.id = r.publication_id and p.lease = r.lease and p.leased_until > clock_timestamp())`;

/** $1 budgets, $2 for which publication. In a statement of its own after the lock, so that it sees what others kept before it. */
const ROOM = `
  select k.budget, coalesce(u.used, 0)::float8 as used, coalesce(r.kept, 0)::float8 as kept,
         ((d.first + 1)::timestamp at time zone k.zone) + make_interval(secs => ${CLOCKS_DIFFER_S}) as free_at
    from ${BUDGETS}
    cross join lateral (
      select ((clock_timestamp() - make_interval(secs => ${CLOCKS_DIFFER_S})) at time zone k.zone)::date as first,
             ((clock_timestamp() + make_interval(secs => ${CLOCKS_DIFFER_S})) at time zone k.zone)::date as last) d
    cross join lateral (
      select max(u.used) as used from budget_uses u
       where u.platform = k.platform and u.practice = k.practice and u.app = k.app and u.budget = k.budget
         and u.day in (d.first, d.last)) u
    cross join lateral (
      select sum(r.amount) as kept from budget_reservations r
       where r.platform = k.platform and r.practice = k.practice and r.app = k.app and r.budget = k.budget
         and r.publication_id <> $2 and ${KEPT}) r`;

/** $1 budgets, $2 publication, $3 lease. */
const KEEP = `
  insert into budget_reservations (platform, practice, app, budget, publication_id, lease, amount)
  select k.platform, k.practice, k.app, k.budget, $2::uuid, $3::uuid, k.need from ${BUDGETS}
  on conflict (platform, practice, app, budget, publication_id) do update
    set lease = excluded.lease, amount = excluded.amount, made_at = clock_timestamp()`;

/** Something waits for the next day: since when, for as long as it is this day. */
const REFUSE = `
  insert into budget_uses as u (platform, practice, app, budget, day, refused_at)
  select k.platform, k.practice, k.app, k.budget,
         ((clock_timestamp() - make_interval(secs => ${CLOCKS_DIFFER_S})) at time zone k.zone)::date, clock_timestamp()
    from ${BUDGETS}
  on conflict (platform, practice, app, budget, day) do update
    set refused_at = coalesce(u.refused_at, excluded.refused_at)`;

/** Counts what was used for its day, and as no longer kept. */
export async function writeUses(tx: Transaction, uses: readonly Use[]): Promise<void> {
  await lock(tx, uses);
  await tx.query(WRITE, [JSON.stringify(uses)]);
  const kept = uses.filter(({ lease }) => lease !== null);
  if (kept.length > 0) await tx.query(USE_UP, [JSON.stringify(kept)]);
}

/** How much is used today of each of these budgets, in their order. */
export async function standingsOf(
  tx: Transaction,
  owner: BudgetOwner,
  budgets: readonly Budget[],
): Promise<BudgetStanding[]> {
  const asked = budgets.map((budget) => ({ budget, need: 0 }));
  const found = await rows<{ budget: string; used: number; resets_at: Date }>(tx, READ, [rowsOf(owner, asked)]);
  return budgets.map(({ id, what, limit, docs }) => {
    const row = found.find(({ budget }) => budget === id);
    if (!row) throw new Error(`The budget ${id} has no day.`);
    return { id, what, used: row.used, limit, resetsAt: row.resets_at, docs };
  });
}

/** `Budgets.reserve`. Where a day is used up, it is noted that something waits for the next one. */
export async function reserveRoom(
  tx: Transaction,
  owner: BudgetOwner,
  asked: readonly RoomAsked[],
  { publicationId, lease }: RoomHolder,
): Promise<NoRoom | undefined> {
  await lock(
    tx,
    asked.map(({ budget }) => ({ ...owner, budget: budget.id })),
  );
  const budgets = rowsOf(owner, asked);
  const found = await rows<{ budget: string; used: number; kept: number; free_at: Date }>(tx, ROOM, [
    budgets,
    publicationId,
  ]);
  const without = asked.flatMap(({ budget, need }): NoRoom[] => {
    const row = found.find((one) => one.budget === budget.id);
    if (!row) throw new Error(`The budget ${budget.id} has no day.`);
    if (need === 0 || row.used + row.kept + need <= budget.limit) return [];
    const why = row.used + need > budget.limit ? 'used' : 'kept';
    return [{ budget, need, why, used: row.used, freeAt: row.free_at }];
  });
  const [last] = without.filter(({ why }) => why === 'used').sort((a, b) => b.freeAt.getTime() - a.freeAt.getTime());
  if (last) await tx.query(REFUSE, [rowsOf(owner, [last])]);
  if (without.length === 0) await tx.query(KEEP, [budgets, publicationId, lease]);
  return last ?? without[0];
}

/** Removes days that are long over, and what was kept by leases that are. */
export async function forgetBudgetUses(tx: Transaction): Promise<void> {
  await tx.query('delete from budget_uses where day < current_date - $1::int', [KEPT_DAYS]);
  // No lease is renewed for days without asking for room again: whoever does at this moment has made it a moment ago.
  await tx.query(`delete from budget_reservations r where r.made_at < now() - interval '1 day' and not ${KEPT}`);
}

async function lock(tx: Transaction, of: readonly (BudgetOwner & { budget: string })[]): Promise<void> {
  const keys = of.map(({ platform, practice, app, budget }) => JSON.stringify([platform, practice, app, budget]));
  await tx.query(LOCK, [keys]);
}

function rowsOf(owner: BudgetOwner, asked: readonly RoomAsked[]): string {
  return JSON.stringify(
    asked.map(({ budget: { id, timeZone }, need }) => ({ ...owner, budget: id, zone: timeZone, need })),
  );
}
