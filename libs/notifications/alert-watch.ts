import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, row, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { HELD_FOR_PERSON, HELD_WHEN_DUE, type SubjectType } from './alert-causes.js';

/** Something that needs a person now. */
interface Need {
  organization_id: string;
  workspace_id: string;
  cause: string;
  subject_type: SubjectType;
  subject_id: string;
  count: number;
}

/** Longer than a transaction of ours takes, whose changes bear the time of its beginning. */
const OVERLAP_SECONDS = 30;
/** So often everything is compared, whatever the time of its last change. */
const COMPARE_MINUTES = 60;
/** So often what is open is counted anew. */
const COUNT_SECONDS = 30;
/** What closed and came back sooner is the same trouble, and is not told again. */
const QUIET_MINUTES = 60;
/** Closed alerts are kept for so long, in days. */
const KEEP_DAYS = 90;

/**
 * Compares what needs a person with the alerts that are open: opens those that are missing, closes those that are over.
 * It goes by how things stand and not by events, so nothing that happened meanwhile can be lost.
 */
@Injectable()
export class AlertWatch {
  constructor(
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
  ) {}

  /** One round. False when another worker is at it. @param everything looks also at what has not changed lately */
  async look(everything = false): Promise<boolean> {
    return this.database.engine(async (tx) => {
      const round = await row<{ since: string; whole: boolean; count: boolean }>(tx, ROUND, [everything]);
      if (!round) return false;
      const { since, whole, count } = round;
      await open(tx, await rows<Need>(tx, PUBLICATIONS, [since, HELD_FOR_PERSON, HELD_WHEN_DUE]));
      const renewing = this.registry
        .all()
        .filter(({ adapter }) => adapter.refresh !== undefined)
        .map(({ adapter }) => adapter.manifest.id);
      const connections = await rows<Need>(tx, CONNECTIONS, [renewing]);
      await open(tx, connections);
      await closeConnections(tx, connections);
      if (count) await tx.query(COUNT_AND_CLOSE, [HELD_FOR_PERSON, HELD_WHEN_DUE]);
      else await tx.query(CLOSE, [HELD_FOR_PERSON, HELD_WHEN_DUE]);
      await tx.query(
        `update alert_rounds set seen_until = now(), compared_at = case when $1 then now() else compared_at end,
                counted_at = case when $2 then now() else counted_at end`,
        [whole, count],
      );
      return true;
    });
  }
}

/** Forgets alerts that closed long ago, with what was told of them. Returns how many. */
export async function forgetOldAlerts(db: Database): Promise<number> {
  const forgotten = await db.retention((tx) =>
    rows(tx, 'delete from alerts where closed_at < now() - make_interval(days => $1) returning id', [KEEP_DAYS]),
  );
  return forgotten.length;
}

/** One worker at a time: the row is locked until the round has ended. */
const ROUND = `
select case when $1 or w.whole then '-infinity' else (seen_until - interval '${OVERLAP_SECONDS} seconds')::text end as since,
       $1 or w.whole as whole, $1 or w.whole or counted_at < now() - interval '${COUNT_SECONDS} seconds' as count
  from alert_rounds
 cross join lateral (select compared_at < now() - interval '${COMPARE_MINUTES} minutes' as whole) w
   for update of alert_rounds skip locked`;

const STOPPED = `p.state in ('failed', 'held', 'unconfirmed')`;

const CAUSE = `case p.state when 'unconfirmed' then p.state when 'failed' then 'failed:' || p.failure_kind
  else 'held:' || p.held_reason end`;

/** What the sign-in itself is told of is not told once more for every channel of it. */
const OF_DEAD_CONNECTION = `(p.failure_kind = 'auth' and p.state = 'failed' or p.held_reason = 'channel-disconnected')
  and exists (select 1 from channels c join connections k on k.id = c.connection_id
    where c.id = p.channel_id and k.status = 'disconnected'
      and (k.credentials is not null or k.withdrawn_at is not null))`;

/** What was put away needs nobody. */
const IN_USE = (workspaceId: string) =>
  `exists (select 1 from workspaces w where w.id = ${workspaceId} and w.archived_at is null)`;

/** Whether a stopped publication needs a person. @param at, due places of the two lists of reasons */
function needsPerson(at: string, due: string): string {
  return `(p.state <> 'held' or p.held_reason = any(${at}::text[]) or (p.held_reason = any(${due}::text[]) and p.due_at <= now()))
    and not (${OF_DEAD_CONNECTION}) and ${IN_USE('p.workspace_id')}`;
}

/** By channel and cause, where something changed since $1 or has come to its time. A new sign-in uncovers what it hid. */
const PUBLICATIONS = `
with touched as (
  select p.channel_id from publications p where ${STOPPED} and p.updated_at >= $1::timestamptz
  union
  select p.channel_id from publications p
   where p.state = 'held' and p.due_at between $1::timestamptz and now() and p.held_reason = any($3::text[])
  union
  select c.id from connections k join channels c on c.connection_id = k.id where k.updated_at >= $1::timestamptz)
select p.organization_id, p.workspace_id, ${CAUSE} as cause, 'channel' as subject_type, p.channel_id as subject_id,
       count(*)::int as count
  from touched t join publications p on p.channel_id = t.channel_id and ${STOPPED}
 where ${needsPerson('$2', '$3')}
 group by p.organization_id, p.workspace_id, p.channel_id, ${CAUSE}`;

/**
 * By workspace that hangs on it. One that somebody gave up here has no credentials any more; one whose person took the
 * permission back at the network has none either, and says so. `expiring`: within a week and not
 * renewed by itself, or within a day and its renewal keeps failing.
 */
const CONNECTIONS = `
with troubled as (
  select id, organization_id, 'connection:dead' as cause from connections
   where status = 'disconnected' and (credentials is not null or withdrawn_at is not null)
  union all
  select id, organization_id, 'connection:expiring' from connections
   where status = 'connected' and expires_at < now() + interval '7 days'
     and (renew_at is null or platform <> all($1::text[])
       or (renew_failures >= 3 and expires_at < now() + interval '1 day')))
select k.organization_id, c.workspace_id, k.cause, 'connection' as subject_type, k.id as subject_id,
       (select count(*)::int from publications p join channels h on h.id = p.channel_id
         where h.connection_id = k.id and h.workspace_id = c.workspace_id and ${STOPPED}
           and p.held_reason = 'channel-disconnected') as count
  from troubled k join channels c on c.connection_id = k.id and c.removed_at is null and ${IN_USE('c.workspace_id')}
 group by k.organization_id, c.workspace_id, k.cause, k.id`;

/** Opens what is missing and counts what is open. What comes back after a while is told again. */
async function open(tx: Transaction, needs: readonly Need[]): Promise<void> {
  if (needs.length === 0) return;
  const column = <K extends keyof Need>(name: K) => needs.map((need) => need[name]);
  await tx.query(
    `insert into alerts as a (id, organization_id, workspace_id, cause, subject_type, subject_id, count)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::int[])
     on conflict (workspace_id, cause, subject_id) do update set count = excluded.count, last_seen_at = now(),
       closed_at = null,
       opened_at = case when a.closed_at < now() - interval '${QUIET_MINUTES} minutes' then now() else a.opened_at end,
       told_at = case when a.closed_at < now() - interval '${QUIET_MINUTES} minutes' then null else a.told_at end
     where a.closed_at is not null or a.count <> excluded.count`,
    [
      needs.map(() => uuid()),
      column('organization_id'),
      column('workspace_id'),
      column('cause'),
      column('subject_type'),
      column('subject_id'),
      column('count'),
    ],
  );
}

/** Those whose bell shows a closed alert are told by their live connection. */
const TOUCH = `update notifications n set xid = pg_current_xact_id() from closed where n.alert_id = closed.id`;

async function closeConnections(tx: Transaction, still: readonly Need[]): Promise<void> {
  await tx.query(
    `with closed as (
       update alerts a set closed_at = now()
        where a.subject_type = 'connection' and a.closed_at is null and not exists (
          select 1 from unnest($1::uuid[], $2::uuid[], $3::text[]) as s (workspace_id, subject_id, cause)
           where s.workspace_id = a.workspace_id and s.subject_id = a.subject_id and s.cause = a.cause)
       returning a.id)
     ${TOUCH}`,
    [still.map((need) => need.workspace_id), still.map((need) => need.subject_id), still.map((need) => need.cause)],
  );
}

const SAME = `p.channel_id = a.subject_id and p.workspace_id = a.workspace_id and ${STOPPED} and ${CAUSE} = a.cause
  and ${needsPerson('$1', '$2')}`;

const CLOSE = `
with closed as (
  update alerts a set closed_at = now()
   where a.subject_type = 'channel' and a.closed_at is null and not exists (select 1 from publications p where ${SAME})
  returning a.id)
${TOUCH}`;

const COUNT_AND_CLOSE = `
with counted as (
  select a.id, (select count(*)::int from publications p where ${SAME}) as count
    from alerts a where a.subject_type = 'channel' and a.closed_at is null),
closed as (
  update alerts a set count = case when c.count = 0 then a.count else c.count end, closed_at = case when c.count = 0 then now() end
    from counted c where c.id = a.id and c.count <> a.count
  returning a.id)
${TOUCH}`;
