/**
 * What the containers' health checks run; it ends with code 0 when all is well.
 *
 *   node docker/healthcheck.mjs http://127.0.0.1:3000/health/ready   the address answers with success
 *   node docker/healthcheck.mjs database                             DATABASE_URL lets the application in (for a worker)
 */
import pg from 'pg';

const [what = ''] = process.argv.slice(2);

if (what === 'database') {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 4_000 });
  await client.connect();
  await client.query('select 1');
  await client.end();
} else {
  const { ok, status } = await fetch(what, { signal: AbortSignal.timeout(4_000) });
  if (!ok) throw new Error(`${what} answers ${status}.`);
}
