import { row, type Transaction } from '#kernel';
import { type HeldReason } from '../rules/index.js';
import { type PublicationRecord } from '../store/index.js';

interface GateRow {
  closed: HeldReason | null;
  late: boolean;
}

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

/**
 * What no limit goes below, in seconds: nothing goes out in the very instant, and a time that passed a minute ago may still
 * be chosen, because clocks differ.
 */
const ON_TIME_SECONDS = 90;

/**
 * Why a publication may not go out right now, if anything. Takes every gate row FOR SHARE, so that a pause or disconnect
 * that was acknowledged is seen, and one that comes later waits for the fence.
 * @param begun a thread of which something is out already is not stranded for being late
 */
export async function closedGate(
  tx: Transaction,
  publication: PublicationRecord,
  begun = false,
): Promise<HeldReason | undefined> {
  const gate = await row<GateRow>(
    tx,
    `select ${CLOSED} as closed,
            clock_timestamp() > $2::timestamptz + make_interval(secs => greatest(w.late_limit_minutes * 60, $3)) as late
       from ${GATES} where c.id = $1 for share of i, o, w, c`,
    [publication.channel_id, publication.due_at, ON_TIME_SECONDS],
  );
  if (!gate) throw new Error(`The channel of publication ${publication.id} is gone.`);
  if (publication.cleared_hash === null) return 'approval-missing';
  if (publication.cleared_hash !== publication.content_hash) return 'changed-after-approval';
  if (gate.closed) return gate.closed;
  if (gate.late && !begun) return 'too-late';
  return undefined;
}

/** As `closedGate`, long before the due time: whether it will be late only the runner can tell. */
export async function closedAhead(tx: Transaction, publication: PublicationRecord): Promise<HeldReason | undefined> {
  const reason = await closedGate(tx, publication);
  return reason === 'too-late' ? undefined : reason;
}

/** Takes the gate rows of publications FOR SHARE. Whoever changes publications does so first, in the order of the fence. */
export async function lockGates(tx: Transaction, column: 'id' | 'post_id', id: string): Promise<void> {
  await tx.query(
    `select 1 from ${GATES} where c.id in (select channel_id from publications where ${column} = $1)
      order by c.id for share of c, w, o, i`,
    [id],
  );
}

/** Whether the channel has something earlier that has not come to its end: asked where it is set to strict order. */
export async function waitsForItsTurn(tx: Transaction, publication: PublicationRecord): Promise<boolean> {
  const earlier = await row(
    tx,
    `select 1 from publications q
      where q.channel_id = $1 and (q.due_at, q.id) < ($2::timestamptz, $3::uuid)
        and q.state in ('scheduled', 'preparing', 'ready', 'committing', 'held', 'failed', 'unconfirmed') limit 1`,
    [publication.channel_id, publication.due_at, publication.id],
  );
  return earlier !== undefined;
}
