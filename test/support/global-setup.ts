import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Jest loads this file by itself, without the resolver of the tests: it can import nothing of the project.

const prefix = 'clickpost-test-run-';

/** What `global-teardown.ts` calls; Jest lets the two share nothing but the global object. */
export type EndTestRun = () => Promise<void>;

/**
 * Makes the folder that the test files of one run share (`CLICKPOST_TEST_RUN`), where the first that needs a database
 * starts the server for all of them, and removes what runs that were killed have left.
 */
export default async function globalSetup(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^clickpost-test-run-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await endRun(join(tmpdir(), name));
  }
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  // As root, the server runs as another user, who has to enter it.
  await chmod(folder, 0o755);
  process.env['CLICKPOST_TEST_RUN'] = folder;
  Object.assign(globalThis, { endTestRun: (() => endRun(folder)) satisfies EndTestRun });
}

/** Ends the run's database server, whose data nobody needs any more, and removes its files. */
async function endRun(folder: string): Promise<void> {
  const server = await readIfThere(join(folder, 'server.json'));
  const files = server === undefined ? join(folder, 'postgres') : dataDirectoryOf(server);
  const pidFile = await readIfThere(join(files, 'cluster', 'postmaster.pid'));
  const pid = Number(pidFile?.split('\n')[0]);
  if (pid && (await isServerOf(pid, files))) {
    process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await sleep(20);
  }
  await rm(files, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  await rm(folder, { recursive: true, force: true });
}

const dataDirectoryOf = (server: string): string => (JSON.parse(server) as { dataDirectory: string }).dataDirectory;

/** Whether the process is this run's server, and not one that has got its id since. Only Linux tells without a tool. */
async function isServerOf(pid: number, files: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await readIfThere(`/proc/${pid}/cmdline`);
  return process.platform !== 'linux' || (command ?? '').includes(files);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
