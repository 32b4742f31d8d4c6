import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { migrateQueues } from '../jobs/queue-schema.js';

/** The roles that migrations create; the login of `DATABASE_URL` becomes a member of each. */
export const APPLICATION_ROLES = ['clickpost_app', 'clickpost_identity', 'clickpost_engine', 'clickpost_retention'];

/** Serializes starters, whatever their number: only one migrates, the others wait and find nothing to do. */
const MIGRATION_LOCK = 7_420_110;

/** A server that went away must be noticed, not waited for. */
const CONNECT_MS = 5_000;

export interface MigrateOptions {
  /** A login that owns the database, or will own what is created. */
  ownerUrl: string;
  /** The login that the application uses. */
  url: string;
  migrations: readonly (new () => MigrationInterface)[];
}

/** Brings the schema up to date. Safe to run from many processes at once. Throws with PostgreSQL's own words. */
export async function migrate({ ownerUrl, url, migrations }: MigrateOptions): Promise<void> {
  const login = decodeURIComponent(new URL(url).username);
  const lock = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: CONNECT_MS });
  // It idles while others work. One that breaks then would end the process; what it is asked next tells.
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await createRoles(lock);
    await migrateSchema(ownerUrl, migrations);
    await migrateQueues(lock, login);
    await lock.query(`grant ${APPLICATION_ROLES.join(', ')} to ${lock.escapeIdentifier(login)}`);
  } finally {
    await lock.end();
  }
}

/** Roles belong to the cluster, not to the database: another database's migration may be creating them right now. */
async function createRoles(client: pg.Client): Promise<void> {
  for (const role of APPLICATION_ROLES) {
    for (let attempt = 0; ; attempt += 1) {
      const exists = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      if (exists.rowCount) break;
      try {
        await client.query(`create role ${role} nologin nosuperuser nobypassrls noinherit`);
        break;
      } catch (error) {
        if (attempt >= 5) throw error;
        await wait(50);
      }
    }
  }
}

async function migrateSchema(ownerUrl: string, migrations: MigrateOptions['migrations']): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [...migrations],
    migrationsTransactionMode: 'all',
    connectTimeoutMS: CONNECT_MS,
    poolErrorHandler: () => undefined,
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}
