import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AlreadyRunningError, startEmbeddedPostgres } from '#kernel';

/** The two ways into a database. */
export interface DatabaseUrls {
  /** The application's login, which owns nothing. */
  url: string;
  /** The superuser's, for migrations and for looking behind the curtain. */
  ownerUrl: string;
}

/** A database for one test file. */
export interface TestDatabase extends DatabaseUrls {
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Serializes the test files that want the template, of which the first one builds it. */
const templateLock = 7_420_111;

/**
 * A database of its own for a test file, cloned from a template that `migrate` prepared once per run. All databases of a
 * run share one server (and so its roles), which `global-setup.ts` and `global-teardown.ts` frame.
 * @param template names what `migrate` makes; files that prepare something else need a name of their own.
 */
export async function createTestDatabase(
  migrate: (urls: DatabaseUrls) => Promise<void>,
  template = 'migrated',
): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withMaintenance(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
    await ensureTemplate(client, server, template, migrate);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${client.escapeIdentifier(template)}`);
  });
  return {
    ...databaseOf(server, name),
    drop: () =>
      withMaintenance(server, async (client) => {
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }),
  };
}

/** Builds the template under another name first, so that one that exists is complete. */
async function ensureTemplate(
  client: pg.Client,
  server: DatabaseUrls,
  template: string,
  migrate: (urls: DatabaseUrls) => Promise<void>,
): Promise<void> {
  const exists = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
  if (exists.rowCount) return;
  const draft = `${template}_in_the_making`;
  await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(draft)} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(draft)}`);
  await migrate(databaseOf(server, draft));
  await client.query(`ALTER DATABASE ${client.escapeIdentifier(draft)} RENAME TO ${client.escapeIdentifier(template)}`);
}

/** The run's one server: started by the first test file that asks, and ended by the global teardown. */
async function testServer(): Promise<DatabaseUrls> {
  const run = process.env['CLICKPOST_TEST_RUN'];
  if (!run) throw new Error('Test databases need globalSetup: test/support/global-setup.ts in the Jest configuration.');
  const file = join(run, 'server.json');
  for (;;) {
    const running = await readServer(file);
    if (running) return running;
    try {
      const { url, ownerUrl, dataDirectory } = await startEmbeddedPostgres({
        dataDirectory: join(run, 'postgres'),
        durable: false,
      });
      await writeFile(`${file}.new`, JSON.stringify({ url, ownerUrl, dataDirectory }), { mode: 0o600 });
      await rename(`${file}.new`, file);
    } catch (error) {
      if (!(error instanceof AlreadyRunningError)) throw error;
      // Another test file is starting it right now.
      await sleep(50);
    }
  }
}

async function readServer(file: string): Promise<DatabaseUrls | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DatabaseUrls;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function withMaintenance(server: DatabaseUrls, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseOf(server, 'postgres').ownerUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function databaseOf(server: DatabaseUrls, name: string): DatabaseUrls {
  const on = (text: string): string => {
    const url = new URL(text);
    url.pathname = `/${name}`;
    return url.href;
  };
  return { url: on(server.url), ownerUrl: on(server.ownerUrl) };
}
