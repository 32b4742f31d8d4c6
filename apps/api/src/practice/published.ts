import { row, rows, type Transaction } from '#kernel';

/** What ClickPost published on a practice channel: the receipt, and whose it is. */
export interface Published {
  segment: string;
  platform: string;
  /** What the practice network calls it. */
  object: string;
  channelId: string;
  channelName: string;
  publicationId: string;
  postId: string;
  workspaceId: string;
  /** Microseconds since 1970. */
  at: string;
}

/** Whose account a receipt is from, as it is stored with it. */
const ACCOUNT = `concat_ws(':', c.platform, 'practice', c.external_id)`;

/**
 * The organization's receipts from its practice channels, newest first. By receipts and not by accounts, since the practice
 * account that everybody is offered is the same for all organizations.
 * @param behind the last one of the page before
 */
export function listPublished(
  tx: Transaction,
  limit: number,
  behind?: { at: string; segment: string },
): Promise<Published[]> {
  return rows<Published>(
    tx,
    `select s.id as segment, c.platform, s.platform_object_id as object, c.id as "channelId", c.name as "channelName",
            p.id as "publicationId", p.post_id as "postId", p.workspace_id as "workspaceId",
            (extract(epoch from s.published_at) * 1000000)::bigint::text as at
       from channels c
      cross join lateral (
        select * from segments o
         where o.platform_account = ${ACCOUNT} and o.channel_id = c.id and o.platform_object_id is not null
           and ($2::bigint is null
             or (o.published_at, o.id) < (timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3::uuid))
         order by o.published_at desc, o.id desc limit $1) s
       join publications p on p.id = s.publication_id
      where c.practice and c.removed_at is null
      order by s.published_at desc, s.id desc limit $1`,
    [limit, behind?.at ?? null, behind?.segment ?? null],
  );
}

/** Whether one of these objects was published by the organization on one of its practice channels. */
export async function publishedAny(
  tx: Transaction,
  posts: readonly { platform: string; id: string }[],
): Promise<boolean> {
  const found = await row(
    tx,
    `select 1 from unnest($1::text[], $2::text[]) as v (platform, id)
       join channels c on c.platform = v.platform and c.practice and c.removed_at is null
       join segments s on s.platform_account = ${ACCOUNT} and s.platform_object_id = v.id and s.channel_id = c.id
      limit 1`,
    [posts.map(({ platform }) => platform), posts.map(({ id }) => id)],
  );
  return found !== undefined;
}
