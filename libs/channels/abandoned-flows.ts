import { type Database, rows } from '#kernel';
import { giveBack } from './give-back.js';

/** Takes away sign-ins that nobody finished or confirmed, with the connections that waited for them. Returns how many. */
export async function removeAbandonedFlows(database: Database): Promise<number> {
  await database.engine(async (tx) => {
    const late = await rows<{ id: string; organization_id: string; account_id: string | null; sealed: string | null }>(
      tx,
      `delete from reconnections r using connections c where r.expires_at < now() and c.id = r.connection_id
        returning c.id, c.organization_id, c.account_id, r.sealed`,
    );
    for (const { sealed, ...connection } of late) if (sealed) await giveBack(tx, connection, { signIn: sealed });
  });
  return database.retention(async (tx) => {
    await tx.query(`delete from oauth_flows where expires_at < now() - interval '1 day'`);
    const removed = await rows(
      tx,
      `delete from connections c
        where c.status = 'authorizing' and c.created_at < now() - interval '1 day'
          and not exists (select 1 from oauth_flows f where f.connection_id = c.id) returning c.id`,
    );
    return removed.length;
  });
}
