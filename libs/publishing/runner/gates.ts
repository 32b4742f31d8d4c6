import { rows, type Transaction } from '#kernel';
import { type Failure } from '#platforms/core';
import { type HeldReason } from '../rules/index.js';
import { type Locked, type PublicationRecord } from '../store/index.js';

/** The gate rows of channels, as SQL: the aliases `c`, `w`, `o` and `i`. */
export const GATES = `channels c join workspaces w on w.id = c.workspace_id
  join organizations o on o.id = c.organization_id cross join installation i`;

/** Why nothing of a channel may go out, or null, as SQL over `GATES`. */
export const CLOSED = `case
  when c.health = 'disconnected' then 'channel-disconnected'
  when c.paused_at is not null then 'channel-paused'
  when w.paused_at is not null then 'workspace-paused'
  when o.paused_at is not null then 'organization-paused'
  when i.paused_at is not null then 'installation-paused' end`;

/** Why the publication `p` may not go out for want of an approval, or null, as SQL. */
export const UNCLEARED = `case
  when p.cleared_hash is null then 'approval-missing'
  when p.cleared_hash <> p.content_hash then 'changed-after-approval' end`;

/**
 * Joins to a publication what its media says, as the alias `made`: `reason` = why it may not go out for it, or null, and
 * `failure` = why a version of a file could not be made. As SQL; only what a worker has to make counts.
 * @param items rows with `source_digest`, `plan_hash` and `awaited`, as SQL
 * @param organization of these rows, as SQL
 */
export const mediaGate = (items: string, organization: string): string => `left join lateral (
  select case when bool_or(v.state in ('failed', 'cancelled')) then 'media-failed'
              when bool_or(v.state is distinct from 'ready') then 'media-processing' end as reason,
         (array_agg(v.failure) filter (where v.state in ('failed', 'cancelled')))[1] as failure
    from ${items} m
    left join renditions v on v.organization_id = ${organization}
     and v.source_digest = m.source_digest and v.plan_hash = m.plan_hash
   where m.awaited) made on true`;

/** The same for a publication that is stored, by its id and its organization, as SQL. */
export const storedMediaGate = (id: string, organization: string): string =>
  mediaGate(`(select * from publication_media where publication_id = ${id})`, organization);

/** Why a version of a file was not made, as its row says it; null where somebody cancelled it. */
export type MadeFailure = { message?: string; remedy?: string } | null;

/** Why a publication is held, and what a version of a file says that could not be made. */
export interface Hold {
  reason: HeldReason;
  failure?: Failure;
}

/** A reason with what has to be told of it beyond the reason itself. */
export function holdFor(reason: HeldReason, failure: MadeFailure): Hold {
  if (reason !== 'media-failed') return { reason };
  const {
    message = 'The making of its media was cancelled.',
    remedy = 'Have the media made again, or replace the file; the post goes out by itself after that.',
  } = failure ?? {};
  return { reason, failure: { kind: 'media', message, remedy } };
}

/**
 * What no limit goes below, in seconds: nothing goes out in the very instant, and a time that passed a minute ago may still
 * be chosen, because clocks differ.
 */
const ON_TIME_SECONDS = 90;

/** From when something due is late, by the limit of its workspace `w`, as SQL. */
export const lateAfter = (due: string): string =>
  `${due} + make_interval(secs => greatest(w.late_limit_minutes * 60, ${ON_TIME_SECONDS}))`;

/** What stands before a publication, by its gate rows. */
export interface Gates {
  /** Why nothing of its channel may go out. */
  closed: HeldReason | null;
  /** Why it may not go out for its media: a file that is not made yet, or that could not be. */
  media: HeldReason | null;
  media_failure: MadeFailure;
  late: boolean;
  /**
   * Something of the channel comes first: it is between fence and outcome, and not yet accepted, or the channel keeps strict
   * order.
   */
  busy: boolean;
}

/** What the gates have to be asked for. */
type Asking = Pick<PublicationRecord, 'id' | 'channel_id' | 'due_at' | 'cleared_hash' | 'content_hash'>;

/** How gate rows are read: as they are, or FOR SHARE, so that an acknowledged pause is seen and a later one waits. */
export type GateLock = 'none' | Locked;

const LOCKS: Readonly<Record<GateLock, string>> = {
  none: '',
  wait: 'for share of i, o, w, c',
  skip: 'for share of i, o, w, c skip locked',
};

/** The gates of publications by their ids. One is missing where a gate is locked by somebody and left out. */
export async function readGates(
  tx: Transaction,
  publications: readonly Asking[],
  lock: GateLock,
): Promise<Map<string, Gates>> {
  const asked = publications.map(({ id, channel_id, due_at }) => ({ id, channel_id, due_at }));
  const found = await rows<Gates & { id: string }>(
    tx,
    `select a.id, ${CLOSED} as closed, made.reason as media, made.failure as media_failure,
            clock_timestamp() > ${lateAfter('a.due_at')} as late,
            exists (select 1 from publications q
                     where q.channel_id = a.channel_id and q.id <> a.id and q.state = 'committing'
                       and q.accepted_at is null)
            or (c.strict_order and (
              exists (select 1 from publications q
                       where q.channel_id = a.channel_id and (q.due_at, q.id) < (a.due_at, a.id)
                         and q.state in ('scheduled', 'preparing', 'ready', 'committing'))
              or exists (select 1 from publications q
                       where q.channel_id = a.channel_id and (q.due_at, q.id) < (a.due_at, a.id)
                         and q.state in ('held', 'failed', 'unconfirmed')))) as busy
       from (select * from jsonb_to_recordset($1::jsonb) as a(id uuid, channel_id uuid, due_at timestamptz) limit $2) a
       join channels c on c.id = a.channel_id join workspaces w on w.id = c.workspace_id
       join organizations o on o.id = c.organization_id cross join installation i
       ${storedMediaGate('a.id', 'c.organization_id')}
      order by c.id ${LOCKS[lock]}`,
    [JSON.stringify(asked), asked.length],
  );
  return new Map(found.map((gates) => [gates.id, gates]));
}

/**
 * Why a publication may not go out as things stand, if anything.
 * @param begun a thread of which something is out already is not stranded for being late
 */
export function reasonToHold(publication: Asking, gates: Gates, begun = false): HeldReason | undefined {
  if (publication.cleared_hash === null) return 'approval-missing';
  if (publication.cleared_hash !== publication.content_hash) return 'changed-after-approval';
  if (gates.closed) return gates.closed;
  if (gates.media) return gates.media;
  if (gates.late && !begun) return 'too-late';
  return undefined;
}

/**
 * Why a publication may not go out right now, if anything. Takes every gate row FOR SHARE, so that a pause or disconnect
 * that was acknowledged is seen, and one that comes later waits for the fence.
 */
export async function closedGate(
  tx: Transaction,
  publication: PublicationRecord,
  begun = false,
): Promise<Hold | undefined> {
  const gates = (await readGates(tx, [publication], 'wait')).get(publication.id);
  if (!gates) throw new Error(`The channel of publication ${publication.id} is gone.`);
  const reason = reasonToHold(publication, gates, begun);
  return reason && holdFor(reason, gates.media_failure);
}

/** As `closedGate`, long before the due time: whether it will be late only the runner can tell. */
export async function closedAhead(tx: Transaction, publication: PublicationRecord): Promise<Hold | undefined> {
  const hold = await closedGate(tx, publication);
  return hold?.reason === 'too-late' ? undefined : hold;
}

/** Takes the gate rows of publications FOR SHARE. Whoever changes publications does so first, in the order of the fence. */
export async function lockGates(tx: Transaction, column: 'id' | 'post_id' | 'workspace_id', id: string): Promise<void> {
  await tx.query(
    `select 1 from ${GATES} where c.id in (select channel_id from publications where ${column} = $1)
      order by c.id for share of c, w, o, i`,
    [id],
  );
}
