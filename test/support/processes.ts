import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const WAIT_MS = 45_000;

/** ClickPost's programs, as they are started from `dist`. */
export type ProgramName = 'all' | 'api' | 'worker' | 'sandbox';

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Engine times that suit a test; every program of one installation gets the same. */
export const SHORT_TIMES = {
  PUBLISH_TIMEOUT_MS: '3000',
  PUBLISH_START_WITHIN_MS: '2000',
  PUBLISH_LEASE_MS: '6000',
  PUBLISH_POLL_MS: '100',
};

/** Asks until there is an answer. Fails with `describe()` when there is none for `timeoutMs`. */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  describe: () => string | Promise<string>,
  timeoutMs = WAIT_MS,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(await describe());
    await sleep(40);
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Whether a process with this id lives. A killed child of nobody may stay as a zombie, which does not count. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return !/\) [ZX] /.test(stat);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** A process of ours, with everything that it said. */
export class Program {
  private said = '';
  private end: Ending | undefined;
  /** Resolves when it ended and its last words were read. */
  readonly ended: Promise<Ending>;

  constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    }
    this.ended = once(child, 'close').then(([code, signal]) => (this.end = { code, signal }));
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.name} was not started.`);
    return this.child.pid;
  }

  /** Standard output and error so far. */
  get output(): string {
    return this.said;
  }

  /** Waits until it said something that matches. Fails when it ends without. */
  says(pattern: RegExp, timeoutMs = WAIT_MS): Promise<RegExpExecArray> {
    return until(
      async () => {
        const match = pattern.exec(this.said);
        if (match) return match;
        if (this.end) throw new Error(`${this.name} ended without saying ${pattern}:\n${this.said}`);
        return undefined;
      },
      () => `${this.name} did not say ${pattern}:\n${this.said}`,
      timeoutMs,
    );
  }

  /** Sends a signal and waits for the end. */
  async kill(signal: NodeJS.Signals): Promise<Ending> {
    if (!this.end) this.child.kill(signal);
    return this.ended;
  }
}

/** The practice networks of an installation, beside the product: their feed, their ground truth, their faults. */
export interface Addresses {
  url: string;
  sandboxUrl: string;
  sandboxToken: string;
}

/** The whole product in one process, on ports and a data folder of its own. */
export interface AllInOne extends Addresses {
  program: Program;
  dataDir: string;
}

/** What one test file starts. `end` takes all of it away again, whatever state it is in. */
export class Processes {
  private readonly programs: Program[] = [];
  private readonly folders: string[] = [];

  /** A data folder of its own, which the database's account may enter. */
  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'clickpost-e2e-'));
    await chmod(folder, 0o755);
    this.folders.push(folder);
    return folder;
  }

  /** Starts a program with these environment variables and no others. */
  start(name: ProgramName, env: Record<string, string>): Program {
    const main = join(ROOT, 'dist', 'apps', name, 'src', 'main.js');
    if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first.`);
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [main], {
      cwd: ROOT,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const program = new Program(name, child);
    this.programs.push(program);
    return program;
  }

  /** Starts all in one and waits until it is ready. Variables given come before those chosen here. */
  async startAll(env: Record<string, string> = {}): Promise<AllInOne> {
    const all = await this.launchAll(env);
    await all.program.says(/Stop +Ctrl-C/);
    return all;
  }

  /** Starts all in one and waits for nothing. */
  async launchAll(env: Record<string, string> = {}): Promise<AllInOne> {
    const port = env['PORT'] ?? String(await freePort());
    const sandboxPort = env['SANDBOX_PORT'] ?? String(await freePort());
    const dataDir = env['DATA_DIR'] ?? join(await this.folder(), 'data');
    const sandboxToken = 'the token of the fault controls';
    const own = { PORT: port, SANDBOX_PORT: sandboxPort, DATA_DIR: dataDir, SANDBOX_TOKEN: sandboxToken };
    const program = this.start('all', { ...SHORT_TIMES, ...own, ...env });
    const sandboxUrl = env['SANDBOX_URL'] ?? `http://127.0.0.1:${sandboxPort}`;
    return { program, dataDir, url: `http://127.0.0.1:${port}`, sandboxUrl, sandboxToken };
  }

  /** Ends everything and removes the folders. */
  async end(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.kill('SIGKILL')));
    for (const folder of this.folders) {
      await endServerIn(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }
}

/** The id of the database server's first process. */
export async function postmasterPid(dataDir: string): Promise<number> {
  const file = await readFile(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

/** Ends the database server that a killed program left behind. */
async function endServerIn(folder: string): Promise<void> {
  let pid: number;
  try {
    pid = await postmasterPid(join(folder, 'data'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (!(await isAlive(pid))) return;
  // The id may belong to somebody else by now.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
  if (!command.includes(folder)) return;
  process.kill(pid, 'SIGQUIT');
  await until(
    async () => ((await isAlive(pid)) ? undefined : true),
    () => `The database server ${pid} does not end.`,
  );
}
