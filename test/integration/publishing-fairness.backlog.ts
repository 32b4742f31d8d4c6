import { type TestEngine } from '../support/engine.js';

/** So many publications, all like one that is there. */
export interface Backlog {
  /** What they are copies of, another channel of the same organization and workspace for each. */
  like: string;
  channels: number;
  /** On each of the channels. */
  each: number;
  /** The first one's due time, in seconds from now; the others of its channel follow a millisecond apart. */
  dueIn: number;
}

/** Schedules a backlog by one statement, past the services. Returns its channels. */
export async function schedule(engine: TestEngine, { like, channels, each, dueIn }: Backlog): Promise<string[]> {
  const { rows } = await engine.owner.query<{ id: string }>(
    `with places as (
       insert into channels (id, organization_id, workspace_id, connection_id, platform, practice, external_id, name)
       select gen_random_uuid(), c.organization_id, c.workspace_id, c.connection_id, c.platform, c.practice,
              c.external_id || gen_random_uuid(), c.name
         from publications p join channels c on c.id = p.channel_id, generate_series(1, $2::int) where p.id = $1 returning id),
     scheduled as (
       insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, version, next_check_at)
       select gen_random_uuid(), p.organization_id, p.workspace_id, places.id, p.post_id, 1, p.content, p.content_hash,
              p.cleared_hash, due.at, p.time_zone, p.local_due, 'scheduled', 1, due.at - interval '3 s'
         from publications p, places, generate_series(1, $3::int) as k,
              lateral (select now() + make_interval(secs => $4::float8 + k / 1000.0) as at) as due
        where p.id = $1)
     select id from places`,
    [like, channels, each, dueIn],
  );
  return rows.map((row) => row.id);
}
