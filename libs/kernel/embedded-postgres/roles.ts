import pg from 'pg';

/** The role that the application signs in with. It owns nothing, so row-level security binds it. */
export const applicationRole = 'clickpost';

/**
 * Makes the application's role and database if they are missing, and sets the role's rights and password again.
 * @param ownerUrl of the maintenance database `postgres`.
 */
export async function ensureRoles(ownerUrl: string, applicationPassword: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const role = client.escapeIdentifier(applicationRole);
    const hasRole = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [applicationRole]);
    if (hasRole.rowCount === 0) await client.query(`CREATE ROLE ${role}`);
    await client.query(
      `ALTER ROLE ${role} LOGIN NOSUPERUSER NOINHERIT NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
       PASSWORD ${client.escapeLiteral(applicationPassword)}`,
    );
    const hasDatabase = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (hasDatabase.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
