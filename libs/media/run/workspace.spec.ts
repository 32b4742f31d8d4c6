import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { WorkFolders } from './workspace.js';

let dataDir: string;
let work: string;
let folders: WorkFolders;
beforeEach(async () => {
  dataDir = await realpath(await mkdtemp(join(tmpdir(), 'clickpost-work-')));
  work = join(dataDir, 'work');
  folders = new WorkFolders({ dataDir });
});
afterEach(async () => {
  await folders.onModuleDestroy();
  await rm(dataDir, { recursive: true, force: true });
});

/** Another living process, and the folder that it would have. */
async function neighbour(): Promise<{ child: ChildProcess; folder: string }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")']);
  await once(child.stdout, 'data');
  const own = await folders.open();
  const [machine, pid, start, ...id] = basename(dirname(own.path)).split('-');
  await own.remove();
  expect([pid, Number(start) > 0]).toEqual([String(process.pid), process.platform === 'linux']);
  const started = process.platform === 'linux' ? await startTime(child.pid ?? 0) : '0';
  const folder = join(work, [machine, child.pid, started, ...id].join('-'));
  await mkdir(join(folder, 'one'), { recursive: true });
  await writeFile(join(folder, 'one/half.mp4'), 'half');
  return { child, folder };
}

async function startTime(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[19] ?? '';
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('a work folder', () => {
  it('is there for its task alone, and gone afterwards', async () => {
    let seen = '';
    const answer = await folders.use(async (folder) => {
      seen = folder;
      await writeFile(join(folder, 'input'), 'x');
      expect((await stat(folder)).mode & 0o077).toBe(0);
      return readdir(folder);
    });
    expect(answer).toEqual(['input']);
    expect(seen.startsWith(work)).toBe(true);
    expect(await exists(seen)).toBe(false);
  });

  it('goes too when the task fails', async () => {
    let seen = '';
    const task = folders.use(async (folder) => {
      seen = folder;
      await writeFile(join(folder, 'input'), 'x');
      throw new Error('no');
    });
    await expect(task).rejects.toThrow('no');
    expect(await exists(seen)).toBe(false);
  });

  it('goes with its process at the latest', async () => {
    await folders.open();
    await folders.onModuleDestroy();
    expect(await readdir(work)).toEqual([]);
  });
});

describe('a sweep', () => {
  it('removes what a killed process left behind, and nothing of the living', async () => {
    const { child, folder } = await neighbour();
    const mine = await folders.open();
    expect(await folders.sweep()).toBe(0);
    expect(await exists(folder)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await folders.sweep()).toBe(1);
    expect(await exists(folder)).toBe(false);
    expect(await exists(mine.path)).toBe(true);
  });

  const isLinux = process.platform === 'linux';
  if (!isLinux) process.stderr.write('Left out: reused process ids, because only Linux tells when a process began.\n');
  const onLinux = isLinux ? it : it.skip;
  onLinux('is not misled by a process that was given the id of one that is gone', async () => {
    const { path } = await folders.open();
    const [machine, pid, , ...id] = basename(dirname(path)).split('-');
    await mkdir(join(work, [machine, pid, '1', ...id].join('-')));
    expect(await folders.sweep()).toBe(1);
    expect(await exists(path)).toBe(true);
  });

  it('waits a while for processes that it cannot see', async () => {
    const elsewhere = join(work, '0123456789ab-1-5-0190d5f0-0000-7000-8000-000000000000');
    await mkdir(elsewhere, { recursive: true });
    expect(await folders.sweep()).toBe(0);
    const long = new Date(Date.now() - 20 * 60_000);
    await utimes(elsewhere, long, long);
    expect(await folders.sweep()).toBe(1);
  });

  it('happens at the start, also where there is nothing yet', async () => {
    await folders.onModuleInit();
    const { child, folder } = await neighbour();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = new WorkFolders({ dataDir });
    await next.onModuleInit();
    expect(await exists(folder)).toBe(false);
    await next.onModuleDestroy();
  });
});
