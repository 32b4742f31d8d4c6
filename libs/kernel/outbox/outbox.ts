import { v7 as uuid } from 'uuid';
import { row, rows, type Database, type Transaction } from '../database/index.js';

/** Something that happened and that somebody above, or later, must act upon. Named `<thing>.<what happened>`. */
export interface OutboxMessage<P = Record<string, unknown>> {
  id: string;
  /** Null where it concerns the whole installation. */
  organizationId: string | null;
  topic: string;
  payload: P;
}

/** Writes a message in the transaction of the change that causes it: both are there afterwards, or neither. */
export async function publish(
  tx: Transaction,
  message: { organizationId: string | null; topic: string; payload: Record<string, unknown>; notBefore?: Date },
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

/** A message in somebody's hand, and the lease that says so. */
export interface LeasedMessage extends OutboxMessage {
  lease: string;
}

/** What a job carries of a message: good for one use, while nobody else was given the message. */
export interface OutboxJob {
  messageId: string;
  lease: string;
}

/** How long a message may stay unfinished before it is relayed again. */
const LEASE_SECONDS = 60;
/** Back-off between tries of one message, capped at an hour. */
const RETRY_SECONDS = [5, 30, 120, 600, 3600];
const COLUMNS = 'o.id, o.organization_id as "organizationId", o.topic, o.payload, o.lease';

/** Takes messages that nobody works on, a batch at a time, never by an id cursor. */
export async function leaseMessages(db: Database, limit: number): Promise<LeasedMessage[]> {
  return db.engine((tx) =>
    rows<LeasedMessage>(
      tx,
      `with free as (
         select id from outbox where available_at <= now() and (leased_until is null or leased_until < now())
          order by available_at limit $1 for update skip locked)
       update outbox o set lease = gen_random_uuid(), leased_until = now() + make_interval(secs => $2),
              attempts = attempts + 1
         from free where o.id = free.id
       returning ${COLUMNS}`,
      [limit, LEASE_SECONDS],
    ),
  );
}

/**
 * Swaps the lease that travelled in a job for the consumer's own. Undefined when the message is done already, or the job is
 * a doubled or late one: then somebody else has it, or it is relayed again.
 */
export async function takeMessage(db: Database, job: OutboxJob): Promise<LeasedMessage | undefined> {
  return db.engine((tx) =>
    row<LeasedMessage>(
      tx,
      `update outbox o set lease = $3, leased_until = now() + make_interval(secs => $4)
        where o.id = $1 and o.lease = $2 and o.leased_until > now() returning ${COLUMNS}`,
      [job.messageId, job.lease, uuid(), LEASE_SECONDS],
    ),
  );
}

/** Ends a message: what it asks for is done, whoever holds it meanwhile. */
export async function complete(db: Database, message: LeasedMessage): Promise<void> {
  await db.engine((tx) => tx.query('delete from outbox where id = $1', [message.id]));
}

/** Puts a message back after a failure, to be tried again later, unless somebody else has it by now. */
export async function postpone(db: Database, message: LeasedMessage): Promise<void> {
  await db.engine((tx) =>
    tx.query(
      `update outbox set lease = null, leased_until = null,
              available_at = now() + make_interval(secs => ($3::int[])[least(attempts, cardinality($3::int[]))])
        where id = $1 and lease = $2`,
      [message.id, message.lease, RETRY_SECONDS],
    ),
  );
}
