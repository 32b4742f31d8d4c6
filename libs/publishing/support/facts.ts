import { rows, type Transaction } from '#kernel';
import { excerptOf } from '../excerpt.js';
import { type HeldReason } from '../rules/index.js';
import { CLOSED, GATES, storedMediaGate } from '../runner/gates.js';
import { type PublicationRecord } from '../store/index.js';
import { ASKED_LATELY } from './by-hand.js';

/** A publication with everything that what a person can do about it depends on. */
export interface PublicationFacts extends PublicationRecord {
  platform: string;
  channel_name: string;
  workspace_name: string;
  /** The beginning of what the channel gets. */
  text: string;
  /** Why nothing may go out on its channel, or why its media keeps it back, if anything does. */
  closed: HeldReason | null;
  /** How many of its segments are out. */
  published: number;
  /** A request of it was sent whose effect is looked for before another one. */
  sent_before: boolean;
  /** A look was asked for not a minute ago. */
  asked_lately: boolean;
  /** Its time has passed. */
  past: boolean;
}

const FACTS = `
select p.*, c.platform, c.name as channel_name, w.name as workspace_name, ${excerptOf('p')} as text,
       coalesce(${CLOSED}, made.reason) as closed, ${ASKED_LATELY} as asked_lately, p.due_at < now() as past,
       coalesce(s.published, 0)::int as published, coalesce(s.sent_before, false) as sent_before
  from ${GATES} join publications p on p.channel_id = c.id
  left join lateral (
    select count(*) filter (where outcome = 'published') as published,
           bool_or(fences > 0 and prepared is not null and outcome is distinct from 'published') as sent_before
      from segments where publication_id = p.id) s on true
  ${storedMediaGate('p.id', 'p.organization_id')}
 where p.id = any($1) order by p.id`;

/** The publications of the tenant among these ids, in the order of the ids. */
export function factsOf(tx: Transaction, ids: readonly string[]): Promise<PublicationFacts[]> {
  return rows<PublicationFacts>(tx, FACTS, [ids]);
}

/**
 * The same, locked until the transaction ends, after their gates and in the order of their ids: whoever locks several does
 * it in this order, so that no two wait for each other.
 */
export async function lockFacts(tx: Transaction, ids: readonly string[]): Promise<PublicationFacts[]> {
  await tx.query(
    `select 1 from ${GATES} where c.id in (select channel_id from publications where id = any($1))
      order by c.id for share of c, w, o, i`,
    [ids],
  );
  await tx.query('select 1 from publications where id = any($1) order by id for update', [ids]);
  return factsOf(tx, ids);
}
