import { rows, type Transaction } from '#kernel';
import { type MediaKind } from '#media';
import { type PostContent, mediaLists } from '../post-content.js';
import { type ApprovalRecord } from './approval-store.js';
import { OPEN } from './approvals.service.js';

/** Where a page of the inbox ended. */
export interface InboxPosition {
  /** Whether it has no time at which it is due. */
  timeless: boolean;
  /** When it is due, or since when it waits; to the microsecond: `2026-05-04T09:00:00.123456Z`. */
  at: string;
  postId: string;
}

/** An approval that may wait, as the search finds it. */
export interface InboxCandidate extends ApprovalRecord {
  workspace_name: string;
  revision: number;
  /** The first time at which something of it is still to go out. */
  due_at: Date | null;
  time_zone: string;
  overdue: boolean;
  timeless: boolean;
  /** `InboxPosition.at` of this one. */
  position: string;
}

/**
 * Posts whose approval may wait, in the order of when they are due; those without a time come last, in the order of how long
 * they wait. What is deleted, out, or given up is not there: all of it was cancelled, and nobody changed it or asked for
 * approval since. $1 workspace, $2 states of what is still to go out, $3 to $5 the position to go on behind, $6 how many.
 */
export const INBOX = `
select a.*, w.name as workspace_name, p.revision, due.at as due_at, coalesce(due.zone, w.time_zone) as time_zone,
       coalesce(due.at < now(), false) as overdue, due.at is null as timeless,
       to_char(coalesce(due.at, a.since) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
  from approvals a
  join posts p on p.id = a.post_id and p.deleted_at is null
  join workspaces w on w.id = a.workspace_id
  join approval_workflows f on f.workspace_id = a.workspace_id and f.mode <> 'none'
 cross join lateral (
   select min(q.due_at) filter (where q.state = any($2::text[])) as at,
          (array_agg(q.time_zone order by q.due_at) filter (where q.state = any($2::text[])))[1] as zone,
          count(*) filter (where q.state <> 'cancelled') as living, max(q.updated_at) as changed_at
     from publications q where q.post_id = a.post_id) due
 where a.organization_id = current_organization() and a.state = 'pending' and ($1::uuid is null or a.workspace_id = $1)
   and (due.at is not null
        or (due.living = 0 and coalesce(due.changed_at <= greatest(p.updated_at, a.requested_at), true)))
   and ($3::boolean is null or (due.at is null, coalesce(due.at, a.since), a.post_id) > ($3, $4::timestamptz, $5::uuid))
 order by due.at is null, coalesce(due.at, a.since), a.post_id limit $6`;

/** Which part of the inbox to search. */
export interface InboxSearch {
  workspaceId?: string | undefined;
  after?: InboxPosition | undefined;
  limit: number;
}

/** The parameters of `INBOX`. */
export function inboxParameters({ workspaceId, after, limit }: InboxSearch): unknown[] {
  return [workspaceId ?? null, OPEN, after?.timeless ?? null, after?.at ?? null, after?.postId ?? null, limit];
}

/** What may wait, in the order of the inbox. */
export function candidatesOf(tx: Transaction, search: InboxSearch): Promise<InboxCandidate[]> {
  return rows<InboxCandidate>(tx, INBOX, inboxParameters(search));
}

/** A channel as the inbox names it. */
export interface InboxChannel {
  id: string;
  platform: string;
  name: string;
  practice: boolean;
}

/** A file as the inbox names it. */
export interface InboxMedia {
  id: string;
  kind: MediaKind;
  altText: string | null;
}

/** What some posts say in the revisions that are asked about, with what they name. */
export interface InboxContents {
  contents: Map<string, PostContent>;
  channels: Map<string, InboxChannel>;
  media: Map<string, InboxMedia>;
}

/** Reads contents, channels and files of some posts; as many queries as for one. */
export async function contentsOf(
  tx: Transaction,
  posts: readonly Pick<InboxCandidate, 'post_id' | 'revision'>[],
): Promise<InboxContents> {
  // Revisions never change: this is what belongs to the hash, whatever was written since.
  const found = await rows<{ post_id: string; content: PostContent }>(
    tx,
    `select r.post_id, r.content from unnest($1::uuid[], $2::int[]) as k (post_id, number)
       join post_revisions r on r.post_id = k.post_id and r.number = k.number`,
    [posts.map(({ post_id: id }) => id), posts.map(({ revision }) => revision)],
  );
  const contents = new Map(found.map(({ post_id: id, content }) => [id, content]));
  const all = [...contents.values()];
  const channels = await rows<InboxChannel>(
    tx,
    'select id, platform, name, practice from channels where id = any($1::uuid[])',
    [all.flatMap((content) => content.channels.map(({ id }) => id))],
  );
  const media = await rows<InboxMedia>(
    tx,
    'select id, kind, alt_text as "altText" from media_assets where id = any($1::uuid[])',
    [all.flatMap((content) => mediaIn(content).map(({ id }) => id))],
  );
  return {
    contents,
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    media: new Map(media.map((asset) => [asset.id, asset])),
  };
}

/** Every file of a post once, in the order in which they are met, with its description in the post. */
export function mediaIn(content: PostContent): { id: string; altText?: string }[] {
  const all = mediaLists(content).flatMap(({ media }) => media);
  return [...new Map(all.toReversed().map((item) => [item.id, item])).values()].toReversed();
}
