import { v4 as uuid, v7 as entryId } from 'uuid';
import { type PlatformAccess, type StoredChannel } from '#channels';
import { rows, type Transaction } from '#kernel';
import { type Actor, type Locked, type PublicationRecord, type SegmentRecord } from '../store/index.js';
import { type Gates, readGates } from './gates.js';

/** What travels in a job: good for one use, and only while nobody changed the publication. */
export interface Invitation {
  publicationId: string;
  invitation: string;
}

/** An invitation that is to be swapped for a lease. */
export interface TakeAsk extends Invitation {
  actor: Actor;
  leaseMs: number;
}

/** A publication under a lease of ours. */
type Held = PublicationRecord & { lease: string };

/** A publication that was taken, with what its runner needs to know first. */
export interface Taken {
  record: Held;
  segments: SegmentRecord[];
  /** Whether taking it was counted as an attempt. */
  counted: boolean;
  /** The database's time, in milliseconds. */
  now: number;
  /** As they were read with it, without a lock: only the fence decides. */
  gates: Gates;
  channel: StoredChannel;
}

type TakenRow = Held & { counted: boolean; now: Date };

/** `gone` = the invitation was used, withdrawn or overtaken. `locked` = somebody else has the row for the moment. */
export type TakeResult = Taken | 'gone' | 'locked';

/** Swaps invitations for leases of our own, many at once. With `wait` none is `locked`. */
export async function takeInvitations(
  tx: Transaction,
  access: PlatformAccess,
  asks: readonly TakeAsk[],
  locked: Locked,
): Promise<TakeResult[]> {
  const asked = asks.map(({ publicationId, invitation, actor, leaseMs }) => ({
    ...{ id: publicationId, invitation, actor, lease: uuid(), lasts: leaseMs / 1000, entry: entryId() },
  }));
  const records = await rows<TakenRow>(tx, TAKE[locked], [JSON.stringify(asked), asked.length]);
  const taken = records.length === 0 ? new Map<string, Taken>() : await complete(tx, access, records);
  const inTheWay =
    locked === 'skip'
      ? await open(
          tx,
          asks.filter(({ publicationId }) => !taken.has(publicationId)),
        )
      : none;
  return asks.map(({ publicationId }) => taken.get(publicationId) ?? (inTheWay.has(publicationId) ? 'locked' : 'gone'));
}

/** With all that their runner needs to know first, by id. */
async function complete(
  tx: Transaction,
  access: PlatformAccess,
  records: readonly TakenRow[],
): Promise<Map<string, Taken>> {
  const segments = await rows<SegmentRecord>(
    tx,
    'select * from segments where publication_id = any($1) order by publication_id, position',
    [records.map(({ id }) => id)],
  );
  const gates = await readGates(tx, records, 'none');
  const channels = await access.find(tx, [...new Set(records.map((record) => record.channel_id))]);
  return new Map(
    records.map(({ counted, now, ...record }) => {
      const own = { gates: gates.get(record.id), channel: channels.get(record.channel_id) };
      if (!own.gates || !own.channel) throw new Error(`The channel of publication ${record.id} is gone.`);
      const parts = segments
        .filter((segment) => segment.publication_id === record.id)
        .slice(0, record.content.segments.length);
      const complete = { record, segments: parts, counted, now: now.getTime(), gates: own.gates, channel: own.channel };
      return [record.id, complete];
    }),
  );
}

const none: ReadonlySet<string> = new Set();

/** Those whose invitation is still open, though it could not be taken: a queue that repeats itself makes none of them. */
async function open(tx: Transaction, asks: readonly TakeAsk[]): Promise<ReadonlySet<string>> {
  if (asks.length === 0) return none;
  const found = await rows<{ id: string }>(
    tx,
    `select p.id from unnest($1::uuid[], $2::uuid[]) as a(id, invitation)
       join publications p on p.id = a.id and p.invitation = a.invitation
      where p.invited_until > now()`,
    [asks.map(({ publicationId }) => publicationId), asks.map(({ invitation }) => invitation)],
  );
  return new Set(found.map(({ id }) => id));
}

/** A fresh attempt counts, and is told; a look after an unknown outcome is none. */
const take = (locked: Locked): string => `
with asked as materialized (
  select * from jsonb_to_recordset($1::jsonb) as a(
    id uuid, invitation uuid, actor jsonb, lease uuid, lasts double precision, entry uuid)
   limit $2),
invited as materialized (
  select p.id, p.state <> 'committing' as counted from publications p join asked a on a.id = p.id
   where p.invitation = a.invitation and p.invited_until > now()
     and p.state in ('scheduled', 'preparing', 'ready', 'committing')
     and (p.leased_until is null or p.leased_until < now())
   order by p.id for update of p ${locked === 'skip' ? 'skip locked' : ''}),
taken as (
  update publications p
     set state = case when i.counted then 'preparing' else p.state end,
         version = p.version + i.counted::integer, attempts = p.attempts + i.counted::integer,
         lease = a.lease, leased_until = clock_timestamp() + make_interval(secs => a.lasts),
         invitation = null, invited_until = null
    from asked a join invited i on i.id = a.id
   where p.id = a.id
  returning p.*),
logged as (
  insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, evidence)
  select a.entry, t.id, t.organization_id, t.version, 'attempt-started', a.actor, t.attempts, t.state,
         jsonb_build_object('attempt', t.attempts)
    from taken t join asked a on a.id = t.id join invited i on i.id = t.id where i.counted)
select t.*, i.counted, clock_timestamp() as now from taken t join invited i on i.id = t.id`;

const TAKE: Readonly<Record<Locked, string>> = { wait: take('wait'), skip: take('skip') };
