import { type Database, row } from '#kernel';

/** Renditions in numbers, for whoever watches over the installation. */
export interface RenditionCounts {
  waiting: number;
  running: number;
  /** In the last 24 hours, as are the next two. */
  made: number;
  failed: number;
  /** That those which were made took together. */
  seconds: number;
}

/** Counts those of all organizations. */
export async function countRenditions(database: Database): Promise<RenditionCounts> {
  const counted = await database.engine((tx) => row<RenditionCounts>(tx, COUNT));
  if (!counted) throw new Error('Renditions were not counted.');
  return counted;
}

const COUNT = `
select (select count(*) from renditions where state = 'waiting')::int as waiting,
       (select count(*) from renditions where state = 'running')::int as running,
       count(*) filter (where state = 'ready')::int as made,
       count(*) filter (where state = 'failed')::int as failed,
       coalesce(sum(extract(epoch from finished_at - begun_at)) filter (where state = 'ready'), 0)::float8 as seconds
  from renditions where finished_at > now() - interval '24 hours'`;
