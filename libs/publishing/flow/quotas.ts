import { rows, type Transaction } from '#kernel';
import { bucketMs, type Counter, lifeMs, roomAt, type Used } from './quota.js';

/** Serializes those who use the same quotas until their transactions end. In one order, so that nobody waits in a circle. $1 keys. */
const LOCK = `
  select pg_advisory_xact_lock(lock) from (
    select distinct hashtextextended('quota:' || key, 0) as lock from unnest($1::text[]) as key order by 1) as locks`;

/** $1 counters. In a statement of its own after the lock, so that it sees what others used before it. */
const READ = `
  select k.key, q.bucket, q.used, clock_timestamp() as now
    from jsonb_to_recordset($1::jsonb) as k(key text, life float8)
    left join quota_uses q
      on q.key = k.key and q.bucket > clock_timestamp() - make_interval(secs => k.life)
   order by k.key, q.bucket`;

/** $1 counters with what is used of them now. */
const USE = `
  insert into quota_uses as q (key, bucket, used, expires_at)
  select k.key, b.bucket, k.used, b.bucket + make_interval(secs => k.life)
    from jsonb_to_recordset($1::jsonb) as k(key text, width float8, life float8, used int),
         lateral (select date_bin(make_interval(secs => k.width), clock_timestamp(), timestamptz '2000-01-01') as bucket) b
   order by k.key
  on conflict (key, bucket) do update set used = q.used + excluded.used`;

interface ReadRow {
  key: string;
  bucket: Date | null;
  used: number | null;
  now: Date;
}

/** A quota that has no room. */
export interface NoRoom {
  counter: Counter;
  until: Date;
}

/**
 * Counts one for each of several users against all their quotas, in their order, or none of it for a user who has no room
 * in one of them: the result names those, with the quota that has room last. Exact across processes; until the transaction
 * ends, others wait who use the same quotas.
 */
export async function useCounters<Id>(
  tx: Transaction,
  users: readonly { id: Id; counters: readonly Counter[] }[],
): Promise<Map<Id, NoRoom>> {
  const refused = new Map<Id, NoRoom>();
  const counters = new Map(users.flatMap((user) => user.counters).map((counter) => [counter.key, counter]));
  if (counters.size === 0) return refused;
  await tx.query(LOCK, [[...counters.keys()]]);
  const found = await rows<ReadRow>(tx, READ, [JSON.stringify([...counters.values()].map(timesOf))]);
  const windows = windowsOf(found);
  const now = found[0]?.now ?? new Date();
  const planned = new Map<string, number>();
  for (const user of users) {
    const full = user.counters.flatMap((counter) => {
      const { key, quota } = counter;
      const until = roomAt(quota, windows.get(key) ?? [], planned.get(key) ?? 0, now);
      return until ? [{ counter, until }] : [];
    });
    const [last] = full.sort((a, b) => b.until.getTime() - a.until.getTime());
    if (last) refused.set(user.id, last);
    else for (const { key } of user.counters) planned.set(key, (planned.get(key) ?? 0) + 1);
  }
  const used = [...planned].flatMap(([key, count]) => {
    const counter = counters.get(key);
    return counter ? [{ ...timesOf(counter), used: count }] : [];
  });
  if (used.length > 0) await tx.query(USE, [JSON.stringify(used)]);
  return refused;
}

/** Removes what no window holds any more. */
export async function forgetUses(tx: Transaction): Promise<void> {
  await tx.query(
    `delete from quota_uses where (key, bucket) in (
       select key, bucket from quota_uses where expires_at < now() order by expires_at limit 1000 for update skip locked)`,
  );
}

/** In seconds, as the statements take them. */
function timesOf({ key, quota }: Counter): { key: string; width: number; life: number } {
  return { key, width: bucketMs(quota) / 1000, life: lifeMs(quota) / 1000 };
}

function windowsOf(found: readonly ReadRow[]): Map<string, Used[]> {
  const windows = new Map<string, Used[]>();
  for (const { key, bucket, used } of found) {
    if (bucket === null || used === null) continue;
    const window = windows.get(key) ?? [];
    window.push({ bucket, used });
    windows.set(key, window);
  }
  return windows;
}
