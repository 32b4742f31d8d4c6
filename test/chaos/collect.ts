import { type Installation } from './installation.js';
import { type PublicationRow } from './judge/evidence.js';

/** Publications that are read at a time: each comes with its whole log. */
const BATCH = 500;

/** Every publication with its segments and its log, read as the database's owner. Only a failure's entry has its exchanges. */
export async function readPublications(installation: Installation): Promise<PublicationRow[]> {
  const all: PublicationRow[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const batch = await installation.query<{ id: string }>(
      'select id from publications where id > $1 order by id limit $2',
      [after, BATCH],
    );
    const ids = batch.map(({ id }) => id);
    if (ids.length === 0) return all;
    all.push(...(await read(installation, ids, `l.kind = 'failed'`)));
    after = ids.at(-1) ?? after;
  }
}

/** A few publications with all that their logs tell. */
export function readStories(installation: Installation, ids: readonly string[]): Promise<PublicationRow[]> {
  return read(installation, ids, 'true');
}

async function read(
  installation: Installation,
  ids: readonly string[],
  withExchanges: string,
): Promise<PublicationRow[]> {
  const rows = await installation.query<{ publication: PublicationRow }>(
    `select jsonb_build_object(
      'id', p.id, 'postId', p.post_id, 'channelId', p.channel_id, 'state', p.state, 'heldReason', p.held_reason,
      'version', p.version, 'texts', jsonb_path_query_array(p.content, '$.segments[*].text'),
      'segments', (select coalesce(jsonb_agg(jsonb_build_object('position', s.position, 'outcome', s.outcome,
          'objectId', s.platform_object_id, 'fences', s.fences) order by s.position), '[]')
        from segments s where s.publication_id = p.id),
      'log', (select coalesce(jsonb_agg(jsonb_build_object('version', l.version, 'kind', l.kind, 'state', l.state,
          'at', round(extract(epoch from l.at) * 1000),
          'failure', concat_ws(': ', l.failure ->> 'kind', l.failure ->> 'platformMessage', l.failure ->> 'message'),
          'exchanges', case when ${withExchanges} then coalesce(l.evidence -> 'exchanges', '[]') else '[]' end)
          order by l.version), '[]')
        from publishing_log l where l.publication_id = p.id)) as publication
      from publications p where p.id = any($1) order by p.created_at, p.id`,
    [ids],
  );
  return rows.map(({ publication }) => publication);
}
