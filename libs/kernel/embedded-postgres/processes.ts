import { execFile } from 'node:child_process';
import { readFile, readdir, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError, systemCode } from './errors.js';

interface ServerProcess {
  pid: number;
  isPostmaster: boolean;
}

/** What to try in turn, and for how long (ms). PostgreSQL: "fast" shutdown, "immediate" shutdown, no choice. */
const measures = [
  ['SIGINT', 8_000],
  ['SIGQUIT', 6_000],
  ['SIGKILL', 2_000],
] as const;

/**
 * The name (`cluster_name`) that every process of a cluster's server carries in its title. It is made of the folder's
 * identity on disk, so neither a copy of the data nor an unrelated process with a reused id is ever taken for it.
 */
export async function serverTag(cluster: string): Promise<string> {
  const { dev, ino } = await stat(cluster, { bigint: true });
  return `clickpost-${dev.toString(36)}-${ino.toString(36)}`;
}

/** Ids of the living processes of the server with this tag: the postmaster, or those that outlived it. */
export async function serverProcesses(tag: string): Promise<number[]> {
  return (await list(tag)).map(({ pid }) => pid);
}

/**
 * Ends a server however it was started: waits for the transactions' rollback and a checkpoint, then gets harder.
 * Processes without a postmaster (it was killed) have nothing left to do and are ended at once.
 * @throws EmbeddedPostgresError when a process cannot be ended.
 */
export async function endServer(tag: string): Promise<void> {
  for (const [signal, patience] of measures) {
    const processes = await list(tag);
    if (processes.length === 0) return;
    const targets = signal === 'SIGKILL' ? processes : processes.filter(({ isPostmaster }) => isPostmaster);
    for (const { pid } of targets) send(pid, signal);
    if (targets.length > 0 && (await isGone(tag, patience))) return;
  }
  const left = await serverProcesses(tag);
  throw new EmbeddedPostgresError(`The database server's processes ${left.join(', ')} do not end. End them by hand.`);
}

async function isGone(tag: string, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  while ((await list(tag)).length > 0) {
    if (performance.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

async function list(tag: string): Promise<ServerProcess[]> {
  const found: ServerProcess[] = [];
  for (const [pid, command] of await commands()) {
    const isPostmaster = command.split(' ').includes(`cluster_name=${tag}`);
    if (isPostmaster || command.startsWith(`postgres: ${tag}: `)) found.push({ pid, isPostmaster });
  }
  return found;
}

/** Every process's command line. On Linux from /proc, since a small container has no `ps`. */
async function commands(): Promise<[pid: number, command: string][]> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,args='], { maxBuffer: 64 * 2 ** 20 });
    return stdout.split('\n').flatMap((line) => {
      const [, pid, command] = /^\s*(\d+)\s(.*)$/.exec(line) ?? [];
      return pid && command ? [[Number(pid), command.trim()]] : [];
    });
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(pids.map(async (pid) => [Number(pid), await commandLine(pid)] as [number, string]));
}

async function commandLine(pid: string): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch (error) {
    // It ended meanwhile, or it is hidden because it is another user's: not ours either way.
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(systemCode(error) ?? '')) return '';
    throw error;
  }
}
