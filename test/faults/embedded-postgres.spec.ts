import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresError, startEmbeddedPostgres } from '../../libs/kernel/embedded-postgres/index.js';
import {
  ask,
  cleanUp,
  commandOf,
  copyProject,
  postmasterPid,
  Program,
  publicFolder,
} from '../support/embedded-postgres-program.js';

afterEach(cleanUp);

/** A data folder that does not exist yet. */
const newDataFolder = async (): Promise<string> => join(await publicFolder(), 'data', 'postgres');

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

describe('the embedded PostgreSQL', () => {
  it('comes up on an empty folder, tells a person so, and keeps its data over a restart', async () => {
    const dataDirectory = await newDataFolder();
    const sentences: string[] = [];
    const first = await startEmbeddedPostgres({ dataDirectory, onProgress: (sentence) => sentences.push(sentence) });
    await ask(first.ownerUrl, 'CREATE TABLE kept (id int)', 'INSERT INTO kept VALUES (7)');
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDirectory });
    try {
      expect(sentences).toEqual([
        'Preparing the database (first start, a few seconds) ...',
        'Starting the database ...',
      ]);
      expect(await ask(second.ownerUrl, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
      expect(second.url).toBe(first.url);
    } finally {
      await second.stop();
    }
  });

  it('gives the application a role that owns nothing and cannot escape row-level security', async () => {
    const database = await startEmbeddedPostgres({ dataDirectory: await newDataFolder() });
    try {
      const [role] = await ask(
        database.url,
        `SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
         FROM pg_roles WHERE rolname = current_user`,
      );
      expect(role).toEqual({
        rolname: 'clickpost',
        rolsuper: false,
        rolinherit: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        rolbypassrls: false,
      });
      const owners = await ask(
        database.url,
        `SELECT datname, pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = current_database()`,
      );
      expect(owners).toEqual([{ datname: 'clickpost', owner: 'clickpost_owner' }]);
      await expect(ask(database.url, 'CREATE TABLE mine (id int)')).rejects.toThrow('permission denied');
    } finally {
      await database.stop();
    }
  });

  it('is durable, encoded in UTF-8, checks its pages and counts time in UTC', async () => {
    const database = await startEmbeddedPostgres({ dataDirectory: await newDataFolder() });
    try {
      const names =
        'fsync synchronous_commit full_page_writes data_checksums server_encoding TimeZone password_encryption';
      const settings = await Promise.all(
        names.split(' ').map(async (name) => (await ask<Record<string, string>>(database.url, `SHOW ${name}`))[0]),
      );
      expect(settings.flatMap((row) => Object.values(row ?? {}))).toEqual([
        'on',
        'on',
        'on',
        'on',
        'UTF8',
        'UTC',
        'scram-sha-256',
      ]);
      expect(await ask(database.url, `SELECT lower('ÄÉЖ') AS lower`)).toEqual([{ lower: 'äéж' }]);
    } finally {
      await database.stop();
    }
  });

  it('answers on 127.0.0.1 alone, and only to those who know the password', async () => {
    const database = await startEmbeddedPostgres({ dataDirectory: await newDataFolder() });
    try {
      const port = Number(new URL(database.url).port);
      const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
      const reached = await Promise.all(
        outside.filter(({ internal }) => !internal).map(({ address }) => connects(address, port)),
      );
      expect(await connects('127.0.0.1', port)).toBe(true);
      expect(reached).not.toContain(true);
      expect(await ask(database.ownerUrl, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
      const wrong = new URL(database.ownerUrl);
      wrong.password = 'wrong';
      await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    } finally {
      await database.stop();
    }
  });

  it('keeps its passwords in a file that its account alone can read, and out of its log', async () => {
    const dataDirectory = await newDataFolder();
    const database = await startEmbeddedPostgres({ dataDirectory });
    await database.stop();
    const file = await stat(join(dataDirectory, 'credentials.json'));
    const log = await readFile(join(dataDirectory, 'server.log'), 'utf8');
    expect(file.mode & 0o777).toBe(0o600);
    expect(log).not.toContain(new URL(database.url).password);
    expect((await readdir(dataDirectory)).sort()).toEqual(['cluster', 'credentials.json', 'lock', 'server.log']);
  });

  it('moves to another port when its own is taken, and stays there', async () => {
    const dataDirectory = await newDataFolder();
    const first = await startEmbeddedPostgres({ dataDirectory });
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const second = await startEmbeddedPostgres({ dataDirectory });
    await second.stop();
    await new Promise((resolve) => squatter.close(resolve));
    const third = await startEmbeddedPostgres({ dataDirectory });
    await third.stop();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(third.url).toBe(second.url);
  });

  it('leaves no process behind when stopped, even with a client in the middle of a query', async () => {
    const database = await startEmbeddedPostgres({ dataDirectory: await newDataFolder() });
    const pid = await postmasterPid(join(database.dataDirectory, 'cluster'));
    const query = ask(database.url, 'SELECT pg_sleep(600)').catch((error: Error) => error.message);
    await waitUntil(async () => {
      const rows = await ask(database.ownerUrl, `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);
      return rows.length === 1;
    });
    await database.stop();
    expect(await query).toMatch(/terminat/);
    expect(await commandOf(pid)).toBe('');
    await database.stop();
  });

  it('says so when the server dies by itself, and can be stopped and started again', async () => {
    const dataDirectory = await newDataFolder();
    const database = await startEmbeddedPostgres({ dataDirectory });
    process.kill(await postmasterPid(join(dataDirectory, 'cluster')), 'SIGQUIT');
    expect((await database.exited).lastWords).toContain('received immediate shutdown request');
    await database.stop();
    const again = await startEmbeddedPostgres({ dataDirectory });
    expect(await ask(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await again.stop();
  });
});

describe('a first start that was cut short', () => {
  it('is made anew when initdb had not finished', async () => {
    const dataDirectory = await newDataFolder();
    await mkdir(join(dataDirectory, 'cluster-in-the-making-x', 'base'), { recursive: true });
    await writeFile(join(dataDirectory, 'cluster-in-the-making-x', 'PG_VERSION'), '18\n');
    const database = await startEmbeddedPostgres({ dataDirectory });
    await database.stop();
    expect(await readdir(dataDirectory)).not.toContain('cluster-in-the-making-x');
  });

  it('is completed when the role and the database had not been made', async () => {
    const dataDirectory = await newDataFolder();
    const first = await startEmbeddedPostgres({ dataDirectory });
    const maintenance = new URL(first.ownerUrl);
    maintenance.pathname = '/postgres';
    await ask(maintenance.href, 'DROP DATABASE clickpost', 'DROP ROLE clickpost');
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDirectory });
    expect(await ask(second.url, 'SELECT current_user::text AS role')).toEqual([{ role: 'clickpost' }]);
    await second.stop();
  });
});

describe('a start that cannot succeed', () => {
  it('never replaces a database whose files have gone', async () => {
    const dataDirectory = await newDataFolder();
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
    await rename(join(dataDirectory, 'cluster'), join(dataDirectory, 'elsewhere'));
    await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow(
      /cluster is missing.*Restore it from a backup/,
    );
    await rename(join(dataDirectory, 'elsewhere'), join(dataDirectory, 'cluster'));
    await rm(join(dataDirectory, 'credentials.json'));
    await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow(/credentials.json is missing/);
  });

  it("fails with PostgreSQL's own words, and lets go of the data", async () => {
    const dataDirectory = await newDataFolder();
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
    const control = join(dataDirectory, 'cluster', 'global', 'pg_control');
    await rename(control, `${control}.away`);
    await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow(/could not find the database system/);
    await rename(`${control}.away`, control);
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
  });

  it('names DATABASE_URL where there are no programs for this machine', async () => {
    const folder = await publicFolder();
    const program = new Program(await copyProject(join(folder, 'project'), 'missing'), join(folder, 'data'));
    const { name, message } = await program.failure();
    expect(name).toBe(EmbeddedPostgresError.name);
    expect(message).toContain(`${process.platform}-${process.arch}`);
    expect(message).toContain('DATABASE_URL');
  });
});

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
