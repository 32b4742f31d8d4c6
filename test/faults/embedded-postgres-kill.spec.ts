import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AlreadyRunningError, startEmbeddedPostgres } from '../../libs/kernel/embedded-postgres/index.js';
import {
  ask,
  cleanUp,
  commandOf,
  copyProject,
  postmasterPid,
  Program,
  publicFolder,
} from '../support/embedded-postgres-program.js';

let folder: string;
let project: string;
let dataDirectory: string;

beforeEach(async () => {
  folder = await publicFolder();
  project = await copyProject(join(folder, 'project'), 'linked');
  dataDirectory = join(folder, 'data');
});

afterEach(cleanUp);

const clusterPid = (): Promise<number> => postmasterPid(join(dataDirectory, 'cluster'));

/** Inserts a row after the other until the connection breaks, and returns how many were acknowledged. */
async function insertUntilBroken(url: string, acknowledged: { rows: number }): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (;;) {
      await client.query('INSERT INTO kept (id) VALUES ($1)', [acknowledged.rows]);
      acknowledged.rows += 1;
    }
  } catch {
    // The kill that the test is about.
  }
}

async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5);
}

describe('after a kill -9 of the application', () => {
  it('the next start finds the server that lived on, stops it and starts anew with everything in it', async () => {
    const killed = new Program(project, dataDirectory);
    const { ownerUrl } = await killed.ready();
    await ask(ownerUrl, 'CREATE TABLE kept (id int)', 'INSERT INTO kept VALUES (1)');
    const orphan = await clusterPid();
    await killed.kill();
    expect(await commandOf(orphan)).toContain('postgres');

    const next = new Program(project, dataDirectory);
    await next.ready();
    expect(next.sentences.join()).toContain(`process ${orphan}`);
    expect(await commandOf(orphan)).toBe('');
    expect(await ask(ownerUrl, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    await next.stop();
  });

  it('in the middle of a first start, the next one completes it', async () => {
    for (const delay of [0, 100, 300, 500]) {
      const data = join(folder, `data-${delay}`);
      const killed = new Program(project, data);
      await killed.said('Preparing');
      await sleep(delay);
      await killed.kill();
      const next = new Program(project, data);
      const { url } = await next.ready();
      expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await next.stop();
    }
  });
});

describe('after a kill -9 of the server', () => {
  it('nothing that was acknowledged is lost', async () => {
    const database = await startEmbeddedPostgres({ dataDirectory });
    await ask(database.ownerUrl, 'CREATE TABLE kept (id int)');
    const acknowledged = { rows: 0 };
    const inserting = insertUntilBroken(database.ownerUrl, acknowledged);
    await waitUntil(() => acknowledged.rows >= 200);
    process.kill(await clusterPid(), 'SIGKILL');
    await inserting;
    expect((await database.exited).signal).toBe('SIGKILL');
    await database.stop();

    const again = await startEmbeddedPostgres({ dataDirectory });
    const [{ rows } = { rows: 0 }] = await ask<{ rows: number }>(
      again.ownerUrl,
      'SELECT count(*)::int AS rows FROM kept',
    );
    await again.stop();
    expect(acknowledged.rows).toBeGreaterThanOrEqual(200);
    // The last row may have been written without its acknowledgement having arrived.
    expect([acknowledged.rows, acknowledged.rows + 1]).toContain(rows);
  });

  it('a process of it that hangs does not keep the next start away', async () => {
    const killed = new Program(project, dataDirectory);
    const { ownerUrl } = await killed.ready();
    const client = new pg.Client({ connectionString: ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const backend = rows[0]?.pid ?? 0;
    process.kill(backend, 'SIGSTOP');
    try {
      const postmaster = await clusterPid();
      process.kill(postmaster, 'SIGKILL');
      await waitUntil(async () => (await commandOf(postmaster)) === '');
      await killed.kill();

      const next = new Program(project, dataDirectory);
      expect(await ask((await next.ready()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(await commandOf(backend)).toBe('');
      await next.stop();
    } finally {
      if ((await commandOf(backend)) !== '') process.kill(backend, 'SIGKILL');
      await client.end().catch(() => undefined);
    }
  });

  it('a process id that another program has got meanwhile is left in peace', async () => {
    const database = await startEmbeddedPostgres({ dataDirectory });
    await database.stop();
    const pidFile = join(dataDirectory, 'cluster', 'postmaster.pid');
    const other = new Program(project, join(folder, 'other'));
    await other.ready();
    const stranger = await postmasterPid(join(folder, 'other', 'cluster'));
    await writeFile(pidFile, await readFile(join(folder, 'other', 'cluster', 'postmaster.pid'), 'utf8'));

    const again = await startEmbeddedPostgres({ dataDirectory });
    expect(await ask(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await again.stop();
    expect(await commandOf(stranger)).toContain('postgres');
    await other.stop();
  });
});

describe('a second start on the same data', () => {
  it('is refused, names the process that holds it, and changes nothing', async () => {
    const first = new Program(project, dataDirectory);
    const { url } = await first.ready();
    const postmaster = await clusterPid();
    const second = new Program(project, dataDirectory);
    const failure = await second.failure();
    await second.end();
    expect(failure).toMatchObject({ name: AlreadyRunningError.name, pid: first.pid });
    expect(failure.message).toBe(
      `ClickPost is already running on ${dataDirectory} (process ${first.pid}). ` +
        'Stop that process first, or set DATA_DIR to another folder.',
    );
    expect(await clusterPid()).toBe(postmaster);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it('at the same moment leaves exactly one running', async () => {
    const programs = [1, 2, 3].map(() => new Program(project, dataDirectory));
    const outcomes = await Promise.allSettled(programs.map((program) => program.ready()));
    const started = programs.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    const refused = programs.filter((program) => !started.includes(program));
    expect(started).toHaveLength(1);
    for (const program of refused) expect((await program.failure()).name).toBe(AlreadyRunningError.name);
    await started[0]?.stop();
  });

  it('from the same process is refused as well, and possible again after stop', async () => {
    const first = await startEmbeddedPostgres({ dataDirectory });
    const second = startEmbeddedPostgres({ dataDirectory });
    await expect(second).rejects.toBeInstanceOf(AlreadyRunningError);
    await expect(second).rejects.toMatchObject({ pid: process.pid, dataDirectory });
    await first.stop();
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
  });
});

it('Ctrl-C reaches the application, which can still use the database and stops it by itself', async () => {
  const program = new Program(project, dataDirectory);
  await program.ready();
  const postmaster = await clusterPid();
  program.interrupt();
  expect(await program.interrupted()).toEqual({ rows: 1 });
  await program.end();
  expect(await commandOf(postmaster)).toBe('');
});
