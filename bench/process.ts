import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The main file of one of ClickPost's programs. */
export function mainOf(app: 'all' | 'api' | 'sandbox' | 'worker'): string {
  return new URL(`../apps/${app}/src/main.js`, import.meta.url).pathname;
}

/** Everything in one process, as `npm start` runs it. */
export const ALL_IN_ONE = mainOf('all');

/** Starts a program with these variables and no others of ours. Its words go to the terminal only when it fails. */
export function launch(command: string, args: readonly string[], env: Record<string, string> = {}, uid?: number) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  return child;
}

/** Starts a program as `launch` does and waits until it says that it is ready. Fails when it ends before. */
export async function launchReady(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  ready: RegExp,
): Promise<ChildProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let words = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${[command, ...args].join(' ')} ended before it was ready: ${words}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      words += chunk.toString();
      if (ready.test(words)) resolve();
    });
  });
  // What is not read would stop it one day.
  child.stdout.removeAllListeners('data').resume();
  return child;
}

/** Ends a program and waits for it. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Waits until an address answers 200, looking every few milliseconds. Fails when the program ends before. */
export async function answers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const status = await fetch(url).then(
      (response) => response.arrayBuffer().then(() => response.status),
      () => 0,
    );
    if (status === 200) return;
    await sleep(5);
  }
  throw new Error('The program ended before it was ready.');
}

/** A process and everything below it. */
export async function tree(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = await parentOf(Number(name));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

/** Proportional set size of processes together, in MiB: memory that several share counts once. */
export async function proportionalSetSize(pids: readonly number[]): Promise<number> {
  let kibibytes = 0;
  for (const pid of pids) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    kibibytes += Number(/^Pss: +(\d+) kB/m.exec(rollup)?.[1]);
  }
  return kibibytes / 1024;
}

async function parentOf(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
