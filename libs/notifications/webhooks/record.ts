import { v7 as uuid } from 'uuid';
import { PERMISSIONS } from '#accounts';
import { type Database, type MailQueue, row, rows, type Transaction } from '#kernel';
import { disabledLetter } from './disabled-letter.js';
import { type LeasedDelivery } from './lease.js';
import { DISABLE_AFTER_DAYS, type Verdict, verdictOf } from './retry.js';
import { type Try } from './sender.js';

/** Why a webhook is sent nothing. */
export type DisabledReason = 'gone' | 'failing' | 'by-hand';

/** What records what came of deliveries. */
export interface Books {
  database: Database;
  mails: MailQueue;
  publicUrl: string;
}

/** Writes down what came of a try, and what follows from it, in one transaction. */
export async function recordTry(books: Books, delivery: LeasedDelivery, made: Try): Promise<void> {
  const { organizationId, isTest } = delivery;
  await books.database.organization(organizationId, async (tx) => {
    await insertTry(tx, delivery, made);
    const verdict = isTest ? onlyOnce(made) : verdictOf(made, delivery.tries + 1, Math.random());
    await settle(tx, delivery, made, verdict);
    if (isTest) return;
    const why = await keepHealth(tx, delivery, verdict);
    if (why) await disable(tx, books, delivery, why);
  });
}

/** A test is not repeated by itself: whoever asked for it sees what came of it. */
function onlyOnce({ error }: Try): Verdict {
  return error === null ? { state: 'delivered' } : { state: 'failed', gone: false };
}

async function insertTry(tx: Transaction, { id, organizationId }: LeasedDelivery, made: Try): Promise<void> {
  await tx.query(
    `insert into webhook_tries (id, organization_id, delivery_id, at, duration_ms, status, answer, error)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [uuid(), organizationId, id, made.at, made.durationMs, made.status, made.answer, made.error],
  );
}

/** What was taken is delivered, whoever holds it meanwhile; anything else is for the holder of the lease to say. */
async function settle(tx: Transaction, { id, lease }: LeasedDelivery, made: Try, verdict: Verdict): Promise<void> {
  await tx.query(
    `update webhook_deliveries
        set state = $3, tries = tries + 1, last_status = $4, last_error = $5, lease = null, leased_until = null,
            next_try_at = clock_timestamp() + make_interval(secs => $6),
            ended_at = case when $3 = 'waiting' then null else clock_timestamp() end
      where id = $1 and state = 'waiting' and (lease = $2 or $3 = 'delivered')`,
    [id, lease, verdict.state, made.status, made.error, verdict.state === 'waiting' ? verdict.seconds : 0],
  );
}

/** Keeps since when a webhook fails, and until when it is left alone. Returns why it is to be disabled, if it is. */
async function keepHealth(
  tx: Transaction,
  { webhookId }: LeasedDelivery,
  verdict: Verdict,
): Promise<'gone' | 'failing' | undefined> {
  if (verdict.state === 'delivered') {
    // Not at every delivery: a busy webhook would be written again and again.
    await tx.query(
      `update webhooks set failing_since = null, last_delivered_at = clock_timestamp()
        where id = $1 and (failing_since is not null
          or coalesce(last_delivered_at < clock_timestamp() - interval '10 seconds', true))`,
      [webhookId],
    );
    return undefined;
  }
  const failing = await row<{ long: boolean }>(
    tx,
    `update webhooks set failing_since = coalesce(failing_since, clock_timestamp()),
            blocked_until = case when $3 > 0 then clock_timestamp() + make_interval(secs => $3) else blocked_until end
      where id = $1 returning failing_since < clock_timestamp() - make_interval(days => $2) as long`,
    [webhookId, DISABLE_AFTER_DAYS, verdict.state === 'waiting' ? verdict.asked : 0],
  );
  if (verdict.state === 'failed' && verdict.gone) return 'gone';
  return failing?.long ? 'failing' : undefined;
}

/** Disables a webhook that is on, and tells those by mail who can do something about it. */
async function disable(
  tx: Transaction,
  { mails, publicUrl }: Books,
  { organizationId, webhookId }: LeasedDelivery,
  reason: 'gone' | 'failing',
): Promise<void> {
  const disabled = await row<{ url: string; organization: string }>(
    tx,
    `update webhooks w set disabled_at = clock_timestamp(), disabled_reason = $2, version = version + 1, updated_at = now()
       from organizations o
      where w.id = $1 and w.disabled_at is null and o.id = w.organization_id returning w.url, o.name as organization`,
    [webhookId, reason],
  );
  if (!disabled) return;
  const people = await rows<{ address: string; name: string }>(
    tx,
    `select u.email as address, u.name from members m join users u on u.id = m.user_id
      where m.organization_id = $1 and m.role = any($2) order by u.id`,
    [organizationId, [...PERMISSIONS['webhooks.manage'].roles]],
  );
  const letter = disabledLetter({ ...disabled, reason, page: `${publicUrl}/settings/webhooks` });
  for (const to of people) await mails.add(tx, { to, organizationId, kind: 'webhook-disabled', letter });
}
