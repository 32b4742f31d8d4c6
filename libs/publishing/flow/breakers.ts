import { rows, type Transaction } from '#kernel';
import { ACTIVE } from './active.js';
import { afterReached, afterUnavailable, allowance, type Breaker, isOver } from './breaker.js';
import { type Contact } from './contact.js';

/** Which outside server a breaker stands for. */
export interface ServerKey {
  platform: string;
  practice: boolean;
  server: string;
}

/** How many publications of a server may be invited in this round, beside what only has to be looked up. */
export interface ServerLimit extends ServerKey {
  allowed: number;
}

/** A breaker as stored, with the database's time. */
interface BreakerRow extends ServerKey {
  failed: string[];
  failed_at: Date;
  opened: number;
  opened_at: Date | null;
  open_until: Date | null;
  drain_from: Date | null;
  drained: number;
  changed_at: Date;
  now: Date;
}

const COLUMNS = `platform, practice, server, failed, failed_at, opened, opened_at, open_until, drain_from, drained, changed_at,
  clock_timestamp() as now`;

/** $1 servers. */
const OF_SERVERS = `
  (platform, practice, server) in (
    select k.platform, k.practice, k.server from jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, server text))`;

const FIND = `select ${COLUMNS} from breakers where ${OF_SERVERS}`;

/**
 * $1 servers. Locks their rows, made where there are none, so that there is something to lock. In one order and one statement,
 * so that two who need several never wait for each other.
 */
const LOCK = `
  insert into breakers as b (platform, practice, server, failed_at, changed_at)
  select k.platform, k.practice, k.server, clock_timestamp(), clock_timestamp()
    from jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, server text)
   order by k.platform, k.practice, k.server
  on conflict (platform, practice, server) do update set changed_at = b.changed_at
  returning ${COLUMNS}`;

/** $1 breakers, whole. */
const WRITE = `
  update breakers b
     set failed = (select coalesce(array_agg(f::uuid), '{}') from jsonb_array_elements_text(n.failed) as f),
         failed_at = n."failedAt", opened = n.opened, opened_at = n."openedAt", open_until = n."openUntil",
         drain_from = n."drainFrom", drained = n.drained, changed_at = n."changedAt"
    from jsonb_to_recordset($1::jsonb) as n(platform text, practice boolean, server text, failed jsonb,
           "failedAt" timestamptz, opened int, "openedAt" timestamptz, "openUntil" timestamptz, "drainFrom" timestamptz,
           drained int, "changedAt" timestamptz)
   where (b.platform, b.practice, b.server) = (n.platform, n.practice, n.server)`;

const REMOVE = `delete from breakers where ${OF_SERVERS}`;

/**
 * Where a channel is may have changed, or was never found out. A channel that somebody else holds is left for the next time:
 * whoever waits for one while holding publications may be waited for. $1 channels.
 */
const LEARN = `
  update channels c set server = k.server
    from (select c.id, k.server
            from channels c join (
              select distinct on ("channelId") "channelId" as id, server
                from jsonb_to_recordset($1::jsonb) as k("channelId" uuid, server text) order by 1) k
              on k.id = c.id and c.server is distinct from k.server
             for no key update of c skip locked) k
   where c.id = k.id returning c.id`;

/** What was met at an outside server: an answer, whatever it said, or that it is away. */
export interface Met {
  contact: Contact;
  away: boolean;
}

/**
 * Tells what was met at outside servers. In the transaction that writes what becomes of the publications, after everything
 * else in it, and once. Servers that are well, and stay so, cost one look at an index; nothing is written about one that is
 * known to be away.
 */
export async function noteMet(tx: Transaction, met: readonly Met[]): Promise<void> {
  if (met.length === 0) return;
  const known = byServer(await find(tx, FIND, met.map(serverOfMet)));
  const news = met.filter((one) => isNews(known.get(keyOf(one.contact)), one));
  if (news.length === 0) return;
  await learnServers(
    tx,
    news.flatMap(({ contact, away }) => (away ? contact : [])),
  );
  const over: ServerKey[] = [];
  const changed: StoredBreaker[] = [];
  for (const row of await find(tx, LOCK, news.map(serverOfMet))) {
    const before = fresh(row) ? undefined : breakerOf(row);
    const after = afterAll(
      before,
      met.filter(({ contact }) => keyOf(contact) === keyOf(row)),
      row.now,
    );
    if (!after) over.push(row);
    else if (after !== before) changed.push(stored(row, after));
  }
  if (over.length > 0) await tx.query(REMOVE, [serversOf(over)]);
  if (changed.length > 0) await tx.query(WRITE, [JSON.stringify(changed)]);
}

/** Writes down on which servers channels are. Returns how many were not known, or elsewhere. */
export async function learnServers(
  tx: Transaction,
  known: readonly Pick<Contact, 'channelId' | 'server'>[],
): Promise<number> {
  if (known.length === 0) return 0;
  return (await rows(tx, LEARN, [JSON.stringify(known)])).length;
}

/** Those that are not closed. Locked until the round is written, so that no two rounds let out the same probe. */
const LOCK_OPEN = `
  select 1 from breakers where open_until is not null or drain_from is not null
   order by platform, practice, server for update`;

/** In a statement of its own after the lock, so that it sees what the round before it invited. */
const OPEN = `
  select ${COLUMNS}, exists (
           select 1 from publications p
            where p.id = probe and ${ACTIVE} and (p.invited_until > now() or p.leased_until > now())) as probing
    from breakers where open_until is not null or drain_from is not null`;

/** What the breakers allow in this round; servers that are not named are not limited. */
export async function breakerLimits(tx: Transaction): Promise<ServerLimit[]> {
  if ((await rows(tx, LOCK_OPEN)).length === 0) return [];
  const open = await rows<BreakerRow & { probing: boolean }>(tx, OPEN);
  return open.flatMap((row) => {
    const { platform, practice, server } = row;
    const allowed = allowance(breakerOf(row), row.now, row.probing);
    return allowed === undefined ? [] : [{ platform, practice, server, allowed }];
  });
}

/** $1 invited publications with their servers: the probe of a server that is away, one more of a server that comes back. */
const NOTE_INVITED = `
  update breakers b
     set drained = b.drained + case when b.drain_from is null then 0 else n.invited end,
         probe = case when b.drain_from is null then n.probe else b.probe end
    from (select k.platform, k.practice, k.server, count(*)::int as invited, min(k.id::text)::uuid as probe
            from jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, server text, id uuid)
           group by k.platform, k.practice, k.server) n
   where (b.platform, b.practice, b.server) = (n.platform, n.practice, n.server)
     and (b.open_until is not null or b.drain_from is not null)`;

/** Writes down whom a round invited of servers that `breakerLimits` limited, in the same transaction. */
export async function noteInvited(
  tx: Transaction,
  limits: readonly ServerLimit[],
  invited: readonly (ServerKey & { id: string })[],
): Promise<void> {
  const limited = new Set(limits.map(keyOf));
  const counted = invited.filter((one) => limited.has(keyOf(one)));
  if (counted.length > 0) await tx.query(NOTE_INVITED, [JSON.stringify(counted)]);
}

/** Forgets breakers about which there is nothing left to know. */
export async function forgetBreakers(tx: Transaction): Promise<void> {
  const all = await rows<BreakerRow>(tx, `select ${COLUMNS} from breakers for update skip locked`);
  const over = all.filter((row) => isOver(breakerOf(row), row.now));
  if (over.length > 0) await tx.query(REMOVE, [serversOf(over)]);
}

type StoredBreaker = ServerKey & Breaker;

function isNews(row: BreakerRow | undefined, { contact, away }: Met): boolean {
  if (!row) return away;
  const breaker = breakerOf(row);
  return (away ? afterUnavailable(breaker, contact, row.now) : afterReached(breaker, contact, row.now)) !== breaker;
}

function afterAll(breaker: Breaker | undefined, met: readonly Met[], now: Date): Breaker | undefined {
  const inOrder = [...met].sort((a, b) => a.contact.startedAt.getTime() - b.contact.startedAt.getTime());
  return inOrder.reduce<Breaker | undefined>(
    (sofar, { contact, away }) => (away ? afterUnavailable(sofar, contact, now) : afterReached(sofar, contact, now)),
    breaker,
  );
}

function serverOfMet({ contact }: Met): ServerKey {
  return contact;
}

function byServer(found: readonly BreakerRow[]): Map<string, BreakerRow> {
  return new Map(found.map((row) => [keyOf(row), row]));
}

async function find(tx: Transaction, sql: string, servers: readonly ServerKey[]): Promise<BreakerRow[]> {
  return rows<BreakerRow>(tx, sql, [serversOf(servers)]);
}

/** A row that was made a moment ago to be locked, and says nothing yet. */
function fresh(row: BreakerRow): boolean {
  return row.failed.length === 0 && row.opened === 0;
}

function breakerOf(row: BreakerRow): Breaker {
  return {
    failed: row.failed,
    failedAt: row.failed_at,
    opened: row.opened,
    openedAt: row.opened_at,
    openUntil: row.open_until,
    drainFrom: row.drain_from,
    drained: row.drained,
    changedAt: row.changed_at,
  };
}

function stored({ platform, practice, server }: ServerKey, breaker: Breaker): StoredBreaker {
  return { platform, practice, server, ...breaker };
}

function serversOf(servers: readonly ServerKey[]): string {
  const distinct = new Map(servers.map((one) => [keyOf(one), one]));
  return JSON.stringify(
    [...distinct.values()].map(({ platform, practice, server }) => ({ platform, practice, server })),
  );
}

function keyOf({ platform, practice, server }: ServerKey): string {
  return JSON.stringify([platform, practice, server]);
}
