import { type Installation } from './installation.js';
import { type PublicationRow } from './judge/evidence.js';

/** Every publication with its segments and its log, read as the database's owner. */
export async function readPublications(installation: Installation): Promise<PublicationRow[]> {
  const rows = await installation.query<{ publication: PublicationRow }>(`
    select jsonb_build_object(
      'id', p.id, 'postId', p.post_id, 'channelId', p.channel_id, 'state', p.state, 'heldReason', p.held_reason,
      'version', p.version, 'texts', jsonb_path_query_array(p.content, '$.segments[*].text'),
      'segments', (select coalesce(jsonb_agg(jsonb_build_object('position', s.position, 'outcome', s.outcome,
          'objectId', s.platform_object_id, 'fences', s.fences) order by s.position), '[]')
        from segments s where s.publication_id = p.id),
      'log', (select coalesce(jsonb_agg(jsonb_build_object('version', l.version, 'kind', l.kind, 'state', l.state,
          'at', round(extract(epoch from l.at) * 1000),
          'failure', concat_ws(': ', l.failure ->> 'kind', l.failure ->> 'platformMessage', l.failure ->> 'message'), 'exchanges', coalesce(l.evidence -> 'exchanges', '[]')) order by l.version), '[]')
        from publishing_log l where l.publication_id = p.id)) as publication
      from publications p order by p.created_at, p.id`);
  return rows.map(({ publication }) => publication);
}
