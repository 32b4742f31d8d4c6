import { row, rows, type Transaction } from '#kernel';
import { type PublicationState } from '../rules/index.js';
import { type LogKind } from '../store/index.js';
import { type Position } from './position.js';

/** An entry of the publishing log, with where its publication belongs. */
export interface FeedEntry {
  organization_id: string;
  publication_id: string;
  post_id: string;
  workspace_id: string;
  channel_id: string;
  state: PublicationState;
  version: number;
  kind: LogKind;
  at: Date;
  /** A number too large for JavaScript's. */
  xid: string;
}

/** With a longer backlog it is cheaper to load everything again than to be told of every step. */
export const MAX_BACKLOG = 1_000;

const COLUMNS = `l.organization_id, l.publication_id, p.post_id, p.workspace_id, p.channel_id, l.state, l.version, l.kind,
  l.at, l.xid::text`;

/**
 * What was written for some organizations since `since`, in order, and up to where that is all: every transaction below
 * `until` has ended, so what it wrote is visible now, and none will write there any more. One entry more than `MAX_BACKLOG`
 * of an organization says that there are more.
 */
export async function readSince(
  tx: Transaction,
  organizationIds: readonly string[],
  since: string,
): Promise<{ until: string; entries: FeedEntry[] }> {
  // In one statement, so that bound and entries are of the same snapshot.
  const found = await rows<{ until: string } & (FeedEntry | { xid: null })>(
    tx,
    `select n.until::text, ${COLUMNS}
       from (select pg_snapshot_xmin(pg_current_snapshot()) as until) n
       left join (unnest($1::uuid[]) as o (id)
         cross join lateral (
           select * from publishing_log e
            where e.organization_id = o.id and e.xid >= $2::xid8
              and e.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by e.xid, e.publication_id, e.version limit ${MAX_BACKLOG + 1}) l
         join publications p on p.id = l.publication_id) on true
      order by l.xid, l.publication_id, l.version`,
    [organizationIds, since],
  );
  const until = found[0]?.until;
  if (until === undefined) throw new Error('The database told no snapshot.');
  return { until, entries: found.filter((entry): entry is { until: string } & FeedEntry => entry.xid !== null) };
}

/** What was written for one organization behind a position and below `until`, in order; at most one more than `MAX_BACKLOG`. */
export function readBehind(
  tx: Transaction,
  organizationId: string,
  position: Position,
  until: string,
): Promise<FeedEntry[]> {
  const { xid, publicationId, version } = position === 'start' ? BEFORE_ALL : position;
  return rows<FeedEntry>(
    tx,
    `select ${COLUMNS} from publishing_log l join publications p on p.id = l.publication_id
      where l.organization_id = $1 and l.xid < $2::xid8 and (l.xid, l.publication_id, l.version) > ($3::xid8, $4::uuid, $5)
      order by l.xid, l.publication_id, l.version limit ${MAX_BACKLOG + 1}`,
    [organizationId, until, xid, publicationId, version],
  );
}

const BEFORE_ALL = { xid: '0', publicationId: '00000000-0000-0000-0000-000000000000', version: 0 };

/** The last position of an organization below `until`. */
export async function lastPosition(tx: Transaction, organizationId: string, until: string): Promise<Position> {
  const last = await row<{ xid: string; publicationId: string; version: number }>(
    tx,
    `select xid::text, publication_id as "publicationId", version from publishing_log l
      where organization_id = $1 and xid < $2::xid8
      order by l.xid desc, publication_id desc, version desc limit 1`,
    [organizationId, until],
  );
  return last ?? 'start';
}

/**
 * Whether a position is one of this organization's log in this database, so that nothing behind it can be missing. It is
 * not when its entry was removed for its age, belongs to somebody else, or comes from another cluster, whose transactions
 * are numbered otherwise: after a restore its entry is here as well, but with a number that is still to come.
 */
export async function isKnown(
  tx: Transaction,
  organizationId: string,
  position: Position,
  until: string,
): Promise<boolean> {
  if (position === 'start') return true;
  const { xid, publicationId, version } = position;
  const found = await row(
    tx,
    `select 1 from publishing_log
      where organization_id = $1 and xid = $2::xid8 and publication_id = $3 and version = $4 and xid < $5::xid8`,
    [organizationId, xid, publicationId, version, until],
  );
  return found !== undefined;
}
