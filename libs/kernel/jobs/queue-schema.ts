import { runMigrations } from 'bullmq';
import { type Client } from 'pg';

/** The queues. `publish` carries invitations and must never wait behind `background` work. */
export const QUEUES = { publish: 'publish', background: 'background' } as const;

/** The schema that holds the job queue. */
export const QUEUE_SCHEMA = 'bullmq';

/**
 * Brings the queue's own schema up to date and lets a login use it. The sequences that BullMQ would make on first use are
 * made here, by the owner, so that the application's login needs no right to create anything.
 */
export async function migrateQueues(client: Client, login: string): Promise<void> {
  await runMigrations(client, QUEUE_SCHEMA);
  const schema = client.escapeIdentifier(QUEUE_SCHEMA);
  for (const queue of Object.values(QUEUES)) {
    const { rows } = await client.query<{ name: string }>(`select ${schema}.job_id_seq_name($1) as name`, [queue]);
    const name = rows[0]?.name;
    if (name) await client.query(`create sequence if not exists ${schema}.${client.escapeIdentifier(name)}`);
  }
  const user = client.escapeIdentifier(login);
  await client.query(`
    grant usage on schema ${schema} to ${user};
    grant select, insert, update, delete on all tables in schema ${schema} to ${user};
    grant usage, select on all sequences in schema ${schema} to ${user};
    grant execute on all functions in schema ${schema} to ${user}`);
}
