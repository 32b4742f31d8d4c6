import { v4 as uuid } from 'uuid';
import { rows, type Transaction } from '#kernel';
import { TEST_EVENT } from './catalogue.js';

/** Longer than a try takes; whoever holds an expired lease has died. */
const LEASE_SECONDS = 60;
/** One webhook is sent so much at the same time, so that a slow one keeps nothing from the others. */
export const PER_WEBHOOK = 4;

/** A delivery that is ours to try. */
export interface LeasedDelivery {
  id: string;
  organizationId: string;
  webhookId: string;
  messageId: string;
  url: string;
  payload: string;
  /** Encrypted. */
  secret: string;
  /** Encrypted; null where it signs no more. */
  formerSecret: string | null;
  /** Before this one. */
  tries: number;
  lease: string;
  /** Now, by the clock of the database. */
  now: Date;
  isTest: boolean;
}

/** Of what `taken` holds: all that a try needs. */
const TAKEN = `
select t.id, t.organization_id as "organizationId", t.webhook_id as "webhookId", t.message_id as "messageId", w.url, m.payload,
       w.secret, case when w.former_secret_until > now() then w.former_secret end as "formerSecret", t.tries, t.lease,
       clock_timestamp() as now, t.type = '${TEST_EVENT}' as "isTest"
  from taken t join webhook_messages m on m.id = t.message_id join webhooks w on w.id = t.webhook_id
 order by t.position`;

const LEASE = `lease = $1, leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`;

/**
 * What is due, of each webhook that is on and may be asked, up to its share. Which webhooks have something waiting is found by leaps through the
 * index. A first try waits for the first tries of what happened before to the same thing; a repeated try keeps nobody waiting.
 */
const DUE = `
with recursive listeners as (
  (select webhook_id as id from webhook_deliveries where state = 'waiting' order by webhook_id limit 1)
  union all
  select (select d.webhook_id from webhook_deliveries d
           where d.state = 'waiting' and d.webhook_id > l.id order by d.webhook_id limit 1)
    from listeners l where l.id is not null),
due as (
  select x.id from listeners l
    join webhooks w on w.id = l.id and w.disabled_at is null and coalesce(w.blocked_until <= clock_timestamp(), true)
   cross join lateral (
     select d.id from webhook_deliveries d
      where d.webhook_id = w.id and d.state = 'waiting' and d.next_try_at <= clock_timestamp()
        and (d.leased_until is null or d.leased_until < clock_timestamp())
        and not exists (
          select 1 from webhook_deliveries e
           where e.webhook_id = d.webhook_id and e.subject = d.subject and e.position < d.position and e.state = 'waiting'
             and (e.tries = 0 or e.leased_until > clock_timestamp()))
      order by d.next_try_at, d.position
      limit greatest(0, ${PER_WEBHOOK} - (
        select count(*) from webhook_deliveries h
         where h.webhook_id = w.id and h.state = 'waiting' and h.leased_until > clock_timestamp()))
        for update of d skip locked) x
   order by random() limit $2),
taken as (
  update webhook_deliveries d set ${LEASE} from due where d.id = due.id returning d.*)
${TAKEN}`;

/** Takes what is due, at most so many. Nobody else tries it until the lease ends. */
export function leaseDue(tx: Transaction, limit: number): Promise<LeasedDelivery[]> {
  return rows<LeasedDelivery>(tx, DUE, [uuid(), limit]);
}

/** Takes one delivery, due or not, of a webhook that is on or not. Undefined when somebody else has it. */
export async function leaseOne(tx: Transaction, id: string): Promise<LeasedDelivery | undefined> {
  const [leased] = await rows<LeasedDelivery>(
    tx,
    `with taken as (
       update webhook_deliveries d set ${LEASE}
        where d.id = $2 and d.state = 'waiting' and (d.leased_until is null or d.leased_until < clock_timestamp())
       returning d.*)
     ${TAKEN}`,
    [uuid(), id],
  );
  return leased;
}
