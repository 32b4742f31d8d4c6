import { row, type Transaction } from '#kernel';
import { type HeldReason } from '../rules/index.js';
import { type PublicationRecord } from '../store/index.js';

interface GateRow {
  installation: Date | null;
  organization: Date | null;
  workspace: Date | null;
  channel: Date | null;
  health: 'healthy' | 'disconnected';
  late: boolean;
}

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
    `select i.paused_at as installation, o.paused_at as organization, w.paused_at as workspace, c.paused_at as channel,
            c.health, clock_timestamp() > $4::timestamptz + make_interval(mins => w.late_limit_minutes) as late
       from installation i, organizations o, workspaces w, channels c
      where o.id = $1 and w.id = $2 and c.id = $3
        for share of i, o, w, c`,
    [publication.organization_id, publication.workspace_id, publication.channel_id, publication.due_at],
  );
  if (!gate) throw new Error(`The channel of publication ${publication.id} is gone.`);
  if (publication.cleared_hash === null) return 'approval-missing';
  if (publication.cleared_hash !== publication.content_hash) return 'changed-after-approval';
  if (gate.health === 'disconnected') return 'channel-disconnected';
  if (gate.channel) return 'channel-paused';
  if (gate.workspace) return 'workspace-paused';
  if (gate.organization) return 'organization-paused';
  if (gate.installation) return 'installation-paused';
  if (gate.late && !begun) return 'too-late';
  return undefined;
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
