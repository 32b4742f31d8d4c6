import { v7 as uuid } from 'uuid';
import { type Database, row, rows, type Transaction } from '../database/index.js';

/** Something that happened, for whoever tells people and programs of it. Named `<thing>.<what happened>`. */
export interface DomainEvent {
  organizationId: string;
  /** Null where it concerns the organization as a whole. */
  workspaceId: string | null;
  type: string;
  /** What a reader needs to know of it. Never a secret. */
  data: Record<string, unknown>;
}

/** An event as readers find it. */
export interface RecordedEvent extends DomainEvent {
  id: string;
  at: Date;
}

/** Writes an event in the transaction of what happened: both are there afterwards, or neither. */
export async function recordEvents(tx: Transaction, ...events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `insert into events (id, organization_id, workspace_id, type, data)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::jsonb[])`,
    [
      events.map(() => uuid()),
      events.map(({ organizationId }) => organizationId),
      events.map(({ workspaceId }) => workspaceId),
      events.map(({ type }) => type),
      events.map(({ data }) => JSON.stringify(data)),
    ],
  );
}

/** Events that one round takes at most. */
const BATCH = 500;

/**
 * One round of a reader: hands over what happened since its last round, in order, and remembers how far it is in the same
 * transaction. What the handler writes there is written once for each event, whatever dies meanwhile.
 *
 * @param reader one that a migration put into `event_readers`
 * Returns how many; 0 also when another process is at it.
 */
export function followEvents(
  db: Database,
  reader: string,
  handle: (tx: Transaction, events: RecordedEvent[]) => Promise<void>,
): Promise<number> {
  return db.engine(async (tx) => {
    const position = await row<Position>(
      tx,
      'select xid::text, id from event_readers where name = $1 for update skip locked',
      [reader],
    );
    if (!position) return 0;
    const found = await rows<RecordedEvent & Position>(tx, SINCE, [position.xid, position.id, BATCH]);
    const last = found.at(-1);
    if (!last) return 0;
    await handle(tx, found);
    await tx.query('update event_readers set xid = $2::xid8, id = $3 where name = $1', [reader, last.xid, last.id]);
    return found.length;
  });
}

/** A place in the order of events: behind this one. */
interface Position {
  xid: string;
  id: string;
}

/** Below the oldest transaction that has not ended: one with a smaller number may still write. */
const SINCE = `
select id, organization_id as "organizationId", workspace_id as "workspaceId", type, data, at, xid::text
  from events e where (xid, id) > ($1::xid8, $2::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot())
 order by e.xid, e.id limit $3`;

/** Longer than any reader is away. */
const KEEP_DAYS = 30;

/** Forgets what happened long ago. Returns how many events. */
export async function forgetOldEvents(db: Database): Promise<number> {
  const forgotten = await db.retention((tx) =>
    rows(tx, 'delete from events where at < now() - make_interval(days => $1) returning id', [KEEP_DAYS]),
  );
  return forgotten.length;
}
