import { recordEvents, rows, type Transaction } from '#kernel';
import { type ConnectionRecord } from './records.js';
import { WARN_DAYS } from './connection-health.js';

/** What programs and people are told of a connection. */
export type ConnectionNews = 'connected' | 'disconnected' | 'reconnected' | 'expiring';

/**
 * Records what happened to a connection, as it stands now: once for each workspace that it serves, or for the organization
 * where it serves none.
 * @param tx one that sees all of the organization
 */
export async function tellOfConnection(tx: Transaction, connectionId: string, news: ConnectionNews): Promise<void> {
  const found = await rows<ConnectionRecord & { served: string | null }>(tx, SERVED, [connectionId]);
  const events = found.map(({ served, ...connection }) => ({
    organizationId: connection.organization_id,
    workspaceId: served,
    type: `connection.${news}`,
    data: dataOf(connection),
  }));
  await recordEvents(tx, ...events);
}

function dataOf(connection: ConnectionRecord): Record<string, unknown> {
  const { id, platform, practice, status, failure, expires_at: end } = connection;
  return {
    ...{ connectionId: id, platform, practice, status },
    account: { id: connection.account_id, name: connection.account_name },
    expiresAt: end?.toISOString() ?? null,
    ...(failure && { failure }),
  };
}

const SERVED = `
select c.*, w.workspace_id as served from connections c
  left join (select distinct connection_id, workspace_id from channels where connection_id = $1 and removed_at is null) w
    on w.connection_id = c.id
 where c.id = $1 order by w.workspace_id`;

/**
 * Tells of sign-ins that end soon and take a person to renew them, of each end once.
 * @param tx of the engine
 * @param renewing platforms whose sign-ins are renewed by themselves
 */
export async function tellOfExpiring(tx: Transaction, renewing: readonly string[]): Promise<void> {
  const expiring = await rows<{ id: string }>(
    tx,
    `update connections set expiry_told = expires_at
      where id in (
        select id from connections
         where status = 'connected' and expires_at < now() + make_interval(days => $2)
           and (expiry_told is null or expiry_told < expires_at)
           and (renew_at is null or platform <> all($1) or (renew_failures >= 3 and expires_at < now() + interval '1 day'))
         order by id for update skip locked)
     returning id`,
    [renewing, WARN_DAYS],
  );
  for (const { id } of expiring) await tellOfConnection(tx, id, 'expiring');
}
