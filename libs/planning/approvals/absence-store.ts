import { row, rows, type Transaction } from '#kernel';
import { BEFORE_FENCE } from '#publishing';
import { type Absence } from './absence.js';

/** What of a moment decides who may decide about some posts. */
export interface MomentOfPosts {
  /** The database's time. */
  now: Date;
  /** Those of the organization that are not over. */
  absences: Absence[];
  /** By post: when the first of what is still to go out is due. Drafts are missing. */
  dueOf: Map<string, Date>;
}

/** The database's time. */
export async function timeOf(tx: Transaction): Promise<Date> {
  const time = await row<{ now: Date }>(tx, 'select clock_timestamp() as now', []);
  if (!time) throw new Error('PostgreSQL did not say what time it is.');
  return time.now;
}

/** This moment, by the database's clock and not by that of any process. */
export async function momentOf(tx: Transaction, postIds: readonly string[]): Promise<MomentOfPosts> {
  const now = await timeOf(tx);
  const absences = await rows<Absence>(tx, `${SELECT} and until_at > $1`, [now]);
  const dues = await rows<{ id: string; due: Date }>(
    tx,
    `select post_id as id, min(due_at) as due from publications
      where post_id = any($1::uuid[]) and state = any($2::text[]) group by post_id`,
    [postIds, BEFORE_FENCE],
  );
  return { now, absences, dueOf: new Map(dues.map(({ id, due }) => [id, due])) };
}

const SELECT = `select user_id as "userId", from_at as "from", until_at as "until", delegate_id as "delegateId"
  from absences where organization_id = current_organization()`;

/** Those in which somebody is away or decides for somebody who is, and that are not over. */
export function absencesAround(tx: Transaction, userIds: readonly string[]): Promise<Absence[]> {
  const about = '(user_id = any($1::uuid[]) or delegate_id = any($1::uuid[]))';
  return rows<Absence>(tx, `${SELECT} and ${about} and until_at > clock_timestamp()`, [userIds]);
}

/** Keeps it in the place of the one that was there. */
export async function keepAbsence(
  tx: Transaction,
  organizationId: string,
  { userId, from, until, delegateId }: Absence,
): Promise<void> {
  await tx.query(
    `insert into absences (organization_id, user_id, from_at, until_at, delegate_id) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, user_id) do update set from_at = excluded.from_at, until_at = excluded.until_at,
       delegate_id = excluded.delegate_id`,
    [organizationId, userId, from, until, delegateId],
  );
}

export async function endAbsence(tx: Transaction, userId: string): Promise<void> {
  await tx.query('delete from absences where organization_id = current_organization() and user_id = $1', [userId]);
}

/** Who is waited for in the organization may be somebody else now: whoever tells people of it looks again. */
export async function lookAgain(tx: Transaction): Promise<void> {
  // In the order in which others lock them.
  await tx.query(
    `with these as (
       select post_id from notice_posts where organization_id = current_organization() order by post_id for update)
     update notice_posts n set look_at = now() from these where n.post_id = these.post_id`,
  );
}
