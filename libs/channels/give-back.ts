import { publish, type Transaction } from '#kernel';
import { type ConnectionRecord } from './records.js';

/** What goes back to a platform, still encrypted: it is readable only under its connection's purpose. */
export type Encrypted = { credentials: string } | { signIn: string };

/** Has an authorization given back at its platform by a job. @param accountId whose it is, where not the connection's */
export async function giveBack(
  tx: Transaction,
  connection: Pick<ConnectionRecord, 'id' | 'organization_id' | 'account_id'>,
  encrypted: Encrypted,
  accountId = connection.account_id,
): Promise<void> {
  await publish(tx, {
    organizationId: connection.organization_id,
    topic: 'connection.disconnected',
    payload: { connectionId: connection.id, accountId, ...encrypted, since: new Date().toISOString() },
  });
}
