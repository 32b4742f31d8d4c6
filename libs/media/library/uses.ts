import { Problem, rows, type Transaction } from '#kernel';

/** What lists show of a text, in characters. */
const EXCERPT_LENGTH = 120;

/** How a post stands that uses a file, all its channels together: what needs the file most comes first. */
export const USE_STATES = ['failed', 'unconfirmed', 'held', 'publishing', 'scheduled', 'draft', 'published'] as const;
export type UseState = (typeof USE_STATES)[number];

/** A post whose present revision uses a file. */
export interface MediaUse {
  postId: string;
  /** The beginning of its text. */
  excerpt: string;
  state: UseState;
  /** When the next of its publications is due, else the last was; null for drafts. */
  dueAt: Date | null;
  /** It still needs the file: as long as it does, the file cannot be deleted. */
  needed: boolean;
}

/** The post that is saved. */
export interface SavedPost {
  id: string;
  organizationId: string;
  workspaceId: string;
}

/**
 * Keeps in mind which files the present revision of a post names; called in every transaction that saves or schedules one.
 * From here on until the transaction ends none of them can be deleted, and afterwards none can that the post still needs.
 * @param assetIds each once or more; files of other workspaces are no files
 * @throws Problem 404 for one that was deleted meanwhile
 */
export async function keepMediaOfPost(tx: Transaction, post: SavedPost, assetIds: readonly string[]): Promise<void> {
  const ids = [...new Set(assetIds)].toSorted();
  if (ids.length > 0) {
    const there = await rows<{ id: string }>(
      tx,
      `select id from media_assets where id = any($1) and workspace_id = $2 and deleted_at is null
        order by id for key share`,
      [ids, post.workspaceId],
    );
    if (there.length < ids.length) throw Problem.notFound('A file of the post was deleted meanwhile. Choose another.');
  }
  await tx.query(
    `with gone as (update post_media set current = false where post_id = $1 and current and asset_id <> all($4::uuid[]))
     insert into post_media (post_id, asset_id, organization_id, workspace_id, current)
     select $1, id, $2, $3, true from unnest($4::uuid[]) id
     on conflict (post_id, asset_id) do update set current = true where not post_media.current`,
    [post.id, post.organizationId, post.workspaceId, ids],
  );
}

/** The posts that use some files. */
export interface MediaUses {
  /** Those that still need them first; perhaps not all. */
  data: MediaUse[];
  /** All of them. */
  count: number;
  /** Those that still need them. */
  needing: number;
}

/**
 * The posts that use any of these files in their present revision.
 * @param assetIds in one workspace
 * @param limit of those that are told one by one
 */
export async function usesOf(tx: Transaction, assetIds: readonly string[], limit: number): Promise<MediaUses> {
  const found = await rows<Omit<MediaUse, 'needed'> & Pick<MediaUses, 'count' | 'needing'>>(
    tx,
    `select used.post_id as "postId", left(r.content #>> '{content,text}', ${EXCERPT_LENGTH}) as excerpt, s.state,
            coalesce(s.next_due, s.last_due) as "dueAt", (count(*) over ())::int as count,
            (count(*) filter (where s.state <> 'published') over ())::int as needing
       from (select distinct post_id from post_media where asset_id = any($1) and current) used
       join posts p on p.id = used.post_id and p.deleted_at is null
       join post_revisions r on r.post_id = p.id and r.number = p.revision
       cross join lateral (
         select min(q.due_at) filter (where q.state <> 'published') as next_due, max(q.due_at) as last_due,
                case when bool_or(q.state = 'failed') then 'failed'
                     when bool_or(q.state = 'unconfirmed') then 'unconfirmed'
                     when bool_or(q.state = 'held') then 'held'
                     when bool_or(q.state = 'committing') then 'publishing'
                     when bool_or(q.state in ('scheduled', 'preparing', 'ready')) then 'scheduled'
                     when bool_or(q.state = 'published') then 'published'
                     else 'draft' end as state
           from publications q where q.post_id = p.id and q.state <> 'cancelled') s
      order by s.state = 'published', coalesce(s.next_due, s.last_due) nulls last, used.post_id
      limit $2`,
    [assetIds, limit],
  );
  const data = found.map(({ postId, excerpt, state, dueAt }) => {
    return { postId, excerpt, state, dueAt, needed: state !== 'published' };
  });
  return { data, count: found[0]?.count ?? 0, needing: found[0]?.needing ?? 0 };
}
