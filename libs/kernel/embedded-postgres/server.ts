import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { give, spawnAs, statIfThere } from './account.js';
import { type Binaries } from './binaries.js';
import { EmbeddedPostgresError, systemCode } from './errors.js';
import { clusterIn, type Home } from './home.js';
import { endServer, serverProcesses, serverTag } from './processes.js';

/** How a server ended that nobody asked to end. */
export interface ServerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines of its log. */
  lastWords: string;
}

/** A running server that accepts connections. */
export interface RunningServer {
  port: number;
  tag: string;
  ended: Promise<ServerExit>;
}

const logLimit = 10 * 2 ** 20;
const portTries = 5;
const recoveryNotice = 2_000;

/** The file that the server writes its messages to. */
const logFile = (home: Home): string => join(home.folder, 'server.log');

/**
 * Ends whatever an earlier process that was killed left of this cluster's server, so that a new one can start.
 * The lock must be held: then nobody is using it.
 */
export async function endLeftovers(home: Home, onProgress: (sentence: string) => void): Promise<void> {
  const cluster = clusterIn(home);
  const tag = await serverTag(cluster);
  const left = await serverProcesses(tag);
  if (left.length > 0) {
    onProgress(`An earlier ClickPost ended without stopping its database (process ${left[0]}): stopping it ...`);
    await endServer(tag);
  }
  // No process of this cluster lives. PostgreSQL would refuse to start if the id in here was reused by another program.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Starts the server on `preferredPort`, or on another one if that is taken, and waits until it accepts connections,
 * however long its recovery after a crash takes.
 * @throws EmbeddedPostgresError with PostgreSQL's own words when it does not start.
 */
export async function startServer(
  home: Home,
  binaries: Binaries,
  preferredPort: number | null,
  durable: boolean,
  onProgress: (sentence: string) => void,
): Promise<RunningServer> {
  const tag = await serverTag(clusterIn(home));
  let port = await freePort(preferredPort ?? 0);
  for (let attempt = 1; ; attempt += 1) {
    const logStart = await prepareLog(home);
    const child = launch(home, binaries, [...settings(port, tag), ...(durable ? [] : carelessSettings)]);
    const ended = exitOf(child, home, logStart);
    await once(child, 'spawn');
    if (await isReady(child, home, onProgress)) return { port, tag, ended };
    const { lastWords } = await ended;
    if (!/could not (bind|create any TCP)/.test(lastWords) || attempt === portTries) {
      throw new EmbeddedPostgresError(`PostgreSQL did not start on ${home.folder}: ${lastWords}`);
    }
    port = await freePort(0);
  }
}

/** Settings on the command line come before any file's, so every start has exactly these. */
function settings(port: number, tag: string): string[] {
  return [
    `cluster_name=${tag}`,
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'password_encryption=scram-sha-256',
    'max_connections=100',
    'shared_buffers=128MB',
    'timezone=UTC',
    'log_timezone=UTC',
    'fsync=on',
    'full_page_writes=on',
    'synchronous_commit=on',
    // The log must not quote what people wrote, nor secrets inside a statement.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_checkpoints=off',
  ];
}

const carelessSettings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

function launch(home: Home, binaries: Binaries, options: string[]): ChildProcess {
  const log = openSync(logFile(home), 'a', 0o600);
  try {
    const args = ['-D', clusterIn(home), ...options.flatMap((option) => ['-c', option])];
    // Detached: Ctrl-C in a terminal goes to its whole process group, and the application has to finish first.
    const child = spawn(binaries.postgres, args, {
      ...spawnAs(home.account),
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Waits until the server accepts connections; false when it ended instead. */
async function isReady(child: ChildProcess, home: Home, onProgress: (sentence: string) => void): Promise<boolean> {
  const started = performance.now();
  let noticed = false;
  while (child.exitCode === null && child.signalCode === null) {
    if (await saysReady(home, child.pid)) return true;
    if (!noticed && performance.now() - started > recoveryNotice) {
      noticed = true;
      onProgress('The database is checking its files after an unclean end; this can take a while ...');
    }
    await sleep(15);
  }
  return false;
}

/** The eighth line of postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html */
async function saysReady(home: Home, pid: number | undefined): Promise<boolean> {
  try {
    const lines = (await readFile(join(clusterIn(home), 'postmaster.pid'), 'utf8')).split('\n');
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function exitOf(child: ChildProcess, home: Home, logStart: number): Promise<ServerExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      void lastWordsOf(home, logStart).then((lastWords) => resolve({ code, signal, lastWords }));
    });
  });
}

async function lastWordsOf(home: Home, logStart: number): Promise<string> {
  try {
    const log = await readFile(logFile(home));
    return log.subarray(logStart).toString().trim().split('\n').slice(-12).join('\n');
  } catch (error) {
    return `(its log cannot be read: ${systemCode(error) ?? String(error)})`;
  }
}

/** Puts a log that has grown large aside, and returns the length at which this start's messages begin. */
async function prepareLog(home: Home): Promise<number> {
  const path = logFile(home);
  const size = (await statIfThere(path))?.size ?? 0;
  if (size > logLimit) await rename(path, `${path}.1`);
  const log = await open(path, 'a', 0o600);
  await log.close();
  await give(path, home.account);
  return size > logLimit ? 0 : size;
}

/** `wanted` if nobody listens on it, else a port that the system picks. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (wanted === 0) reject(error);
      else resolve(freePort(0));
    });
    probe.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}
