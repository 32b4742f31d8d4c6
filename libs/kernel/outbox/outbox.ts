import { v7 as uuid } from 'uuid';
import { row, rows, type Database, type Transaction } from '../database/index.js';

/** Something that happened and that somebody above, or later, must act upon. Named `<thing>.<what happened>`. */
export interface OutboxMessage<P = Record<string, unknown>> {
  id: string;
  organizationId: string;
  topic: string;
  payload: P;
}

/** Writes a message in the transaction of the change that causes it: both are there afterwards, or neither. */
export async function publish(
  tx: Transaction,
  message: { organizationId: string; topic: string; payload: Record<string, unknown>; notBefore?: Date },
): Promise<void> {
  await tx.query(
    `insert into outbox (id, organization_id, topic, payload, available_at) values ($1, $2, $3, $4, coalesce($5, now()))`,
    [uuid(), message.organizationId, message.topic, JSON.stringify(message.payload), message.notBefore ?? null],
  );
}

/**
 * Handles one topic. It may run again after a crash, so doing it twice must do no harm; it may speak HTTP, so it runs
 * outside of any transaction and opens its own.
 */
export interface OutboxHandler {
  topic: string;
  handle(message: OutboxMessage): Promise<void>;
}

/** How long a relayed message may stay unfinished before it is relayed again. */
const LEASE_SECONDS = 60;
/** Back-off between tries of one message, capped at an hour. */
const RETRY_SECONDS = [5, 30, 120, 600, 3600];

/** Takes messages that nobody works on, a batch at a time, never by an id cursor. */
export async function leaseMessages(db: Database, limit: number): Promise<OutboxMessage[]> {
  return db.engine((tx) =>
    rows<OutboxMessage>(
      tx,
      `with free as (
         select id from outbox where available_at <= now() and (leased_until is null or leased_until < now())
          order by available_at limit $1 for update skip locked)
       update outbox o set lease = $2, leased_until = now() + make_interval(secs => $3), attempts = attempts + 1
         from free where o.id = free.id
       returning o.id, o.organization_id as "organizationId", o.topic, o.payload`,
      [limit, uuid(), LEASE_SECONDS],
    ),
  );
}

/** Reads a message that was relayed. Undefined when it is done already. */
export async function findMessage(db: Database, id: string): Promise<OutboxMessage | undefined> {
  return db.engine((tx) =>
    row<OutboxMessage>(tx, 'select id, organization_id as "organizationId", topic, payload from outbox where id = $1', [
      id,
    ]),
  );
}

/** Ends a message. */
export async function complete(db: Database, message: OutboxMessage): Promise<void> {
  await db.tenant(message.organizationId, (tx) => tx.query('delete from outbox where id = $1', [message.id]));
}

/** Puts a message back after a failure, to be tried again later. */
export async function postpone(db: Database, messageId: string): Promise<void> {
  await db.engine((tx) =>
    tx.query(
      `update outbox set lease = null, leased_until = null,
              available_at = now() + make_interval(secs => ($2::int[])[least(attempts, cardinality($2::int[]))])
        where id = $1`,
      [messageId, RETRY_SECONDS],
    ),
  );
}
