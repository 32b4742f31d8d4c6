import { type Database, rows } from '#kernel';

/** Longer than anybody needs who had opened a post when its file was deleted. */
const AFTER_DAYS = 1;
const AT_ONCE = 500;

/**
 * Forgets assets that were deleted and that no revision of a living post and no publication names any more. Their files are
 * collected as all are that nothing names. Returns how many.
 */
export async function forgetDeletedMedia(database: Database): Promise<number> {
  const gone = await database.retention((tx) =>
    rows(
      tx,
      `delete from media_assets where id in (
         select a.id from media_assets a
          where a.deleted_at < now() - make_interval(days => $1)
            and not exists (select 1 from post_media m join posts p on p.id = m.post_id
                             where m.asset_id = a.id and p.deleted_at is null)
            and not exists (select 1 from publication_media s where s.asset_id = a.id)
          order by a.deleted_at limit $2)
       returning id`,
      [AFTER_DAYS, AT_ONCE],
    ),
  );
  return gone.length;
}
