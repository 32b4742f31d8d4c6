import { v7 as uuid } from 'uuid';
import { rows, type Transaction } from '#kernel';
import { type ApprovalRecord, type ApproverKey } from '#planning';
import { BEFORE_FENCE } from '#publishing';
import { DEFAULT_EMAIL, mailAt } from '../preferences.js';
import { type Told } from './asks.js';
import { type NoticeAbout, type NoticeCause } from './notice-causes.js';

/** Something that happened to a post and was not told yet. */
export interface NoticeEvent {
  post_id: string;
  type: string;
  data: Record<string, unknown>;
}

/** A post about which something may have to be told. */
export interface NoticePost {
  id: string;
  organization_id: string;
  workspace_id: string;
  workspace_name: string;
  organization_name: string;
  /** The beginning of what it says. */
  text: string;
  /** IANA: of its schedule, or of the workspace. */
  time_zone: string;
  /** Whether an approval of it would still change anything: it is not deleted, nor out, nor given up. */
  waits: boolean;
}

/** Of a post, by which people know it, in characters. */
const TEXT_LENGTH = 80;

/** SQL for the beginning of what a post says, by which people know it. @param revision alias of its revision */
export function postText(revision: string): string {
  const text = `coalesce(${revision}.content #>> '{content,text}', '')`;
  return `case when length(${text}) > ${TEXT_LENGTH} then left(${text}, ${TEXT_LENGTH - 1}) || '…' else ${text} end`;
}

/** Posts that one round takes of an organization; the others come with the next. */
const POSTS = 200;
/** What may still go out. */
const OPEN = [...BEFORE_FENCE, 'failed'];

/** Those whose time has come, until the transaction ends nobody else's. Those of archived workspaces wait for nobody. */
export async function takePosts(tx: Transaction): Promise<NoticePost[]> {
  return rows<NoticePost>(
    tx,
    `select n.post_id as id, n.organization_id, n.workspace_id, w.name as workspace_name, o.name as organization_name,
            ${postText('r')} as text, coalesce(due.zone, w.time_zone) as time_zone,
            coalesce(p.deleted_at is null and w.archived_at is null and f.mode <> 'none' and (due.open
              or (due.living = 0 and coalesce(due.changed_at <= greatest(p.updated_at, a.requested_at), true))), false) as waits
       from notice_posts n join posts p on p.id = n.post_id
       join post_revisions r on r.post_id = p.id and r.number = p.revision
       join workspaces w on w.id = n.workspace_id join organizations o on o.id = n.organization_id
       left join approvals a on a.post_id = n.post_id
       left join approval_workflows f on f.workspace_id = n.workspace_id
      cross join lateral (
        select coalesce(bool_or(q.state = any($1::text[])), false) as open,
               (array_agg(q.time_zone order by q.due_at) filter (where q.state = any($1::text[])))[1] as zone,
               count(*) filter (where q.state <> 'cancelled') as living, max(q.updated_at) as changed_at
          from publications q where q.post_id = n.post_id) due
      where n.organization_id = current_organization() and n.look_at <= now()
      order by n.look_at, n.post_id limit ${POSTS} for update of n skip locked`,
    [OPEN],
  );
}

/** What happened to some posts since they were looked at last, in order. It is gone afterwards. */
export function takeEvents(tx: Transaction, postIds: readonly string[]): Promise<NoticeEvent[]> {
  return rows<NoticeEvent>(
    tx,
    `with taken as (delete from notice_events where post_id = any($1::uuid[]) returning id, post_id, type, data)
     select post_id, type, data from taken order by id`,
    [postIds],
  );
}

export function approvalsOf(tx: Transaction, postIds: readonly string[]): Promise<ApprovalRecord[]> {
  return rows<ApprovalRecord>(tx, 'select * from approvals where post_id = any($1::uuid[])', [postIds]);
}

/** What people were told of some approvals. */
export function toldOf(tx: Transaction, postIds: readonly string[]): Promise<(Told & { post_id: string })[]> {
  return rows(
    tx,
    `select post_id, asked, round, step, content_hash as hash, told_at as at, closed_at as "closedAt"
       from approval_asks where post_id = any($1::uuid[])`,
    [postIds],
  );
}

/** Whom is told of which approval that it waits for them. */
export type NewAsk = Pick<ApprovalRecord, 'post_id' | 'organization_id' | 'workspace_id' | 'round' | 'content_hash'> & {
  asked: ApproverKey;
  step: number;
};

export async function keepAsks(tx: Transaction, asks: readonly NewAsk[], now: Date): Promise<void> {
  if (asks.length === 0) return;
  await tx.query(
    `insert into approval_asks (post_id, asked, organization_id, workspace_id, round, step, content_hash, told_at)
     select *, $8::timestamptz
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::text[])
     on conflict (post_id, asked) do update set round = excluded.round, step = excluded.step,
       content_hash = excluded.content_hash, told_at = excluded.told_at, closed_at = null`,
    [
      asks.map((one) => one.post_id),
      asks.map((one) => one.asked),
      asks.map((one) => one.organization_id),
      asks.map((one) => one.workspace_id),
      asks.map((one) => one.round),
      asks.map((one) => one.step),
      asks.map((one) => one.content_hash),
      now,
    ],
  );
}

/** They are waited for no more: what they were told of it is over. */
export async function closeAsks(
  tx: Transaction,
  asks: readonly { post_id: string; asked: ApproverKey }[],
): Promise<void> {
  if (asks.length === 0) return;
  await tx.query(
    `with closed as (
       update approval_asks a set closed_at = now() from unnest($1::uuid[], $2::text[]) as g (post_id, asked)
        where a.post_id = g.post_id and a.asked = g.asked returning a.post_id, a.asked)
     update notifications n set closed_at = now(), mail_at = null, xid = pg_current_xact_id() from closed c
      where n.post_id = c.post_id and n.cause = 'approval:waiting' and n.closed_at is null
        and c.asked = 'member:' || n.user_id::text`,
    [asks.map((one) => one.post_id), asks.map((one) => one.asked)],
  );
}

/** What one member is told of a post. */
export interface NewNotice {
  userId: string;
  cause: NoticeCause;
  postId: string;
  /** The comment or thread that it is about. */
  commentId?: string | undefined;
  about: NoticeAbout;
}

/** Tells members: in the app, and by mail as each of them wants it. What they were told of the same thing before is replaced. */
export async function keepNotices(tx: Transaction, notices: readonly NewNotice[]): Promise<void> {
  // Of two about the same thing the later one holds.
  const last = new Map(notices.map((one) => [`${one.userId} ${one.cause} ${one.postId} ${one.commentId ?? ''}`, one]));
  const all = [...last.values()];
  if (all.length === 0) return;
  await tx.query(
    `insert into notifications as n
       (id, organization_id, workspace_id, post_id, cause, comment_id, about, user_id, mail_at)
     select g.id, p.organization_id, p.workspace_id, p.id, g.cause, g.comment_id, g.about, g.user_id,
            ${mailAt(`coalesce(f.email, '${DEFAULT_EMAIL}')`, 'g.user_id', 'w.time_zone')}
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::jsonb[])
         as g (id, post_id, cause, comment_id, user_id, about)
       join posts p on p.id = g.post_id join workspaces w on w.id = p.workspace_id
       left join notification_preferences f on f.organization_id = p.organization_id and f.user_id = g.user_id
     on conflict (post_id, user_id, cause, coalesce(comment_id, '00000000-0000-0000-0000-000000000000'))
       where post_id is not null
       do update set at = now(), read_at = null, closed_at = null, about = excluded.about, mail_at = excluded.mail_at,
         xid = pg_current_xact_id()`,
    [
      all.map(() => uuid()),
      all.map(({ postId }) => postId),
      all.map(({ cause }) => cause),
      all.map(({ commentId }) => commentId ?? null),
      all.map(({ userId }) => userId),
      all.map(({ about }) => JSON.stringify(about)),
    ],
  );
}

/** Ends what is over: what it asked for has happened, or nothing of the post is to be decided about any more. */
export async function closeNotices(tx: Transaction, posts: readonly NoticePost[]): Promise<void> {
  await tx.query(
    `update notifications n set closed_at = now(), mail_at = null, xid = pg_current_xact_id()
       from unnest($1::uuid[], $2::boolean[]) as g (post_id, waits)
       join posts p on p.id = g.post_id left join approvals a on a.post_id = g.post_id
      where n.post_id = g.post_id and n.closed_at is null and (
        p.deleted_at is not null
        or (n.cause like 'approval:%' and not g.waits)
        or (n.cause = 'approval:changes-requested' and a.state <> 'changes-requested')
        or (n.cause = 'approval:approved' and a.state <> 'approved')
        or (n.cause = 'approval:withdrawn' and a.state = 'approved')
        or exists (select 1 from comments c left join comments t on t.id = c.parent_id
             where c.id = n.comment_id
               and (c.deleted_at is not null or coalesce(t.resolved_at, c.resolved_at) is not null)))`,
    [posts.map(({ id }) => id), posts.map(({ waits }) => waits)],
  );
}

/** When posts are looked at next; null where somebody is still told something, and time alone changes nothing. */
export async function keepNext(
  tx: Transaction,
  next: ReadonlyMap<string, Date | null>,
  seconds: number,
): Promise<void> {
  const ids = [...next.keys()];
  await tx.query(
    `update notice_posts n set look_at = least(coalesce(g.at, 'infinity'), now() + make_interval(secs => $3))
       from unnest($1::uuid[], $2::timestamptz[]) as g (post_id, at) where n.post_id = g.post_id`,
    [ids, [...next.values()], seconds],
  );
  await tx.query(
    `delete from notice_posts n where n.post_id = any($1::uuid[])
        and not exists (select 1 from notice_events e where e.post_id = n.post_id)
        and not exists (select 1 from approval_asks a where a.post_id = n.post_id and a.closed_at is null)
        and not exists (select 1 from notifications m where m.post_id = n.post_id and m.closed_at is null)
        and not exists (select 1 from approvals a where a.post_id = n.post_id and a.state = 'pending')`,
    [ids],
  );
}

/** A member who wrote in a thread, and the first comment that they wrote there. */
export interface Participant {
  user: string;
  /** Comments are in the order of their ids. */
  first: string;
}

/** Which members wrote in some threads, by thread. */
export async function participantsOf(
  tx: Transaction,
  threadIds: readonly string[],
): Promise<Map<string, Participant[]>> {
  const found = await rows<{ thread: string; who: Participant[] }>(
    tx,
    `select thread, jsonb_agg(jsonb_build_object('user', author_id, 'first', first)) as who from (
       select coalesce(parent_id, id) as thread, author_id, min(id::text) as first from comments
        where (id = any($1::uuid[]) or parent_id = any($1::uuid[])) and author_type = 'member' and author_id is not null
          and deleted_at is null
        group by 1, 2) w
      group by 1`,
    [threadIds],
  );
  return new Map(found.map(({ thread, who }) => [thread, who]));
}
