import { type Database, type RecordedEvent, rows, type Transaction } from '#kernel';
import { type Failure, type JsonObject } from '#platforms/core';
import { type Actor, type HeldReason, type LogKind, type PublicationState } from '#publishing';
import { isWebhookEventType } from './catalogue.js';

/** Entries of one organization, and of all together, that one round reads at most. */
const EACH = 100;
const TOGETHER = 1_000;

/** An entry of the publishing log, with where its publication belongs. */
interface Entry {
  id: string;
  organization_id: string;
  workspace_id: string;
  publication_id: string;
  post_id: string;
  channel_id: string;
  platform: string;
  version: number;
  /** A number too large for JavaScript's. */
  xid: string;
  at: Date;
  kind: LogKind;
  state: PublicationState;
  attempt: number;
  actor: Actor;
  failure: Failure | null;
  evidence: JsonObject | null;
  due_at: Date;
  /** Only where the publication still is as the entry left it. */
  held_reason: HeldReason | null;
  permalink: string | null;
  note: string | null;
}

/**
 * Reads on in the publishing log of every organization that has webhooks, in the order in which its transactions ended, and
 * remembers how far it is in the transaction in which it hands over. Nothing is written where publications are carried out.
 *
 * @param handle given what programs can have of it, in order
 * Returns how many entries; 0 also when another process is at it.
 */
export function followPublications(
  db: Database,
  handle: (tx: Transaction, events: RecordedEvent[]) => Promise<void>,
): Promise<number> {
  return db.engine(async (tx) => {
    const found = await rows<Entry>(tx, NEXT);
    if (found.length === 0) return 0;
    await handle(tx, found.filter(({ kind }) => isWebhookEventType(`publication.${kind}`)).map(eventOf));
    // The last of each organization counts.
    const last = [...new Map(found.map((entry) => [entry.organization_id, entry])).values()];
    await tx.query(
      `update webhook_log_positions p set xid = n.xid, publication_id = n.publication_id, version = n.version
         from unnest($1::uuid[], $2::xid8[], $3::uuid[], $4::int[]) as n (organization_id, xid, publication_id, version)
        where p.organization_id = n.organization_id`,
      [
        last.map((entry) => entry.organization_id),
        last.map(({ xid }) => xid),
        last.map((entry) => entry.publication_id),
        last.map(({ version }) => version),
      ],
    );
    return found.length;
  });
}

/** Only below the oldest transaction that has not ended: one with a smaller number may still write. */
const NEXT = `
with mine as materialized (
  select organization_id as id, xid, publication_id, version from webhook_log_positions for update skip locked)
select l.id, l.organization_id, p.workspace_id, l.publication_id, p.post_id, p.channel_id, c.platform, l.version, l.xid::text,
       l.at, l.kind, l.state, l.attempt, l.actor, l.failure, l.evidence, p.due_at, p.permalink, p.note,
       case when p.version = l.version then p.held_reason end as held_reason
  from mine o
 cross join lateral (
   select * from publishing_log e
    where e.organization_id = o.id and (e.xid, e.publication_id, e.version) > (o.xid, o.publication_id, o.version)
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.publication_id, e.version limit ${EACH}) l
  join publications p on p.id = l.publication_id
  join channels c on c.id = p.channel_id
 order by l.organization_id, l.xid, l.publication_id, l.version limit ${TOGETHER}`;

/** What the log says, and nothing that somebody would have to guess. */
function eventOf(entry: Entry): RecordedEvent {
  const { id, kind, at, state, version, attempt, actor, platform, failure } = entry;
  const evidence = entry.evidence ?? {};
  const heldReason = kind === 'held' ? (evidence['reason'] ?? entry.held_reason) : null;
  return {
    ...{ id, at, type: `publication.${kind}` },
    ...{ organizationId: entry.organization_id, workspaceId: entry.workspace_id },
    data: {
      ...{ publicationId: entry.publication_id, postId: entry.post_id, channelId: entry.channel_id },
      ...{ platform, version, state, attempt, by: actor },
      dueAt: evidence['dueAt'] ?? entry.due_at.toISOString(),
      ...(heldReason !== null && { heldReason }),
      ...(kind === 'published' && { permalink: entry.permalink ?? evidence['permalink'] ?? null }),
      ...(kind === 'published' && entry.note !== null && { note: entry.note }),
      ...(kind === 'retry-planned' && { nextAt: evidence['at'] ?? null }),
      ...(typeof evidence['why'] === 'string' && { why: evidence['why'] }),
      ...(failure && { failure }),
    },
  };
}
