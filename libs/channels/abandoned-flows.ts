import { type Database, rows } from '#kernel';

/** Takes away sign-ins that nobody finished, with the connections that waited for them. Returns how many. */
export async function removeAbandonedFlows(database: Database): Promise<number> {
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
