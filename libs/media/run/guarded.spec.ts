import { transform } from '@swc/core';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GuardedBounds, GuardedError, type GuardedOptions, runGuarded } from './guarded.js';

const MB = 1024 * 1024;
const BOUNDS: GuardedBounds = { timeMs: 20_000, memoryBytes: 512 * MB, fileBytes: MB };

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'clickpost-guarded-')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const shell = (script: string, more: Partial<GuardedOptions> = {}) =>
  runGuarded('/bin/sh', { args: ['-c', script], bounds: BOUNDS, cwd: folder, ...more });

async function failure(work: Promise<unknown>): Promise<GuardedError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GuardedError);
  return error as GuardedError;
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function gone(pid: number): Promise<void> {
  while (lives(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('runGuarded', () => {
  it('answers what the program printed', async () => {
    expect(await shell('echo out; echo err >&2')).toEqual({ stdout: 'out\n', stderr: 'err\n' });
  });

  it('gives the program neither input nor our environment, at a low priority', async () => {
    process.env['CLICKPOST_GUARDED_SPEC'] = 'a secret';
    const { stdout } = await shell('cat; env; nice; pwd').finally(() => delete process.env['CLICKPOST_GUARDED_SPEC']);
    expect(stdout).not.toContain('secret');
    expect(stdout).not.toContain('HOME=');
    expect(stdout.split('\n')).toContain(String(Math.min(19, getPriority() + 10)));
    expect(stdout).toContain(folder);
  });

  it('hands over lines as they come', async () => {
    const lines: string[] = [];
    const { stdout } = await shell('printf "a=1\\nb"; sleep 0.1; printf "=2\\nlast"', {
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['a=1', 'b=2', 'last']);
    expect(stdout).toBe('');
  });

  it('passes arguments as they are', async () => {
    const args = ['-c', 'printf "%s|" "$@"', 'name', '$(id)', 'a \'quoted\' "one"', '', '-v'];
    expect((await runGuarded('/bin/sh', { args, bounds: BOUNDS })).stdout).toBe('$(id)|a \'quoted\' "one"||-v|');
  });
});

describe('runGuarded ends', () => {
  it('with the exit code and the complaint of what failed', async () => {
    expect(await failure(shell('echo no >&2; exit 7'))).toMatchObject({ end: 'exit', exitCode: 7, stderr: 'no\n' });
  });

  it('for a program that is not there', async () => {
    expect(await failure(runGuarded('/nowhere/ffmpeg', { args: [], bounds: BOUNDS }))).toMatchObject({
      end: 'exit',
      exitCode: 127,
    });
  });

  it('what takes too long, and whatever stays deaf to signals', async () => {
    let pid = 0;
    const bounds = { ...BOUNDS, timeMs: 300 };
    const onLine = (line: string): void => void (pid = Number(line));
    const error = await failure(shell('trap "" TERM INT HUP; echo $$; while :; do sleep 1; done', { bounds, onLine }));
    expect(error.end).toBe('time');
    await gone(pid);
  });

  it('when told to', async () => {
    const controller = new AbortController();
    const onLine = (): void => controller.abort();
    const error = await failure(shell('echo started; exec sleep 60', { signal: controller.signal, onLine }));
    expect(error.end).toBe('cancelled');
    expect((await failure(shell('echo never', { signal: controller.signal }))).end).toBe('cancelled');
  });

  it('what writes more than allowed', async () => {
    const error = await failure(shell('exec head -c 5000000 /dev/zero > large'));
    expect(error.end).toBe('file-size');
    expect((await stat(join(folder, 'large'))).size).toBeLessThanOrEqual(MB);
  });

  it('what prints more than allowed, or a line without an end', async () => {
    expect((await failure(shell('exec cat /dev/zero', { bounds: { ...BOUNDS, outputBytes: 1000 } }))).end).toBe(
      'output',
    );
    expect((await failure(shell('exec cat /dev/zero', { onLine: () => undefined }))).end).toBe('output');
  });

  const isLinux = process.platform === 'linux';
  if (!isLinux) process.stderr.write('Left out: a bound on memory, because only Linux keeps to it.\n');
  const onLinux = isLinux ? it : it.skip;
  onLinux('what wants more memory than allowed', async () => {
    const bounds = { ...BOUNDS, memoryBytes: 64 * MB };
    const error = await failure(shell('exec dd if=/dev/zero of=/dev/null bs=300M count=1', { bounds }));
    expect(error.end).toBe('memory');
  });

  it('with what the reader of lines throws', async () => {
    const reader = (): void => {
      throw new Error('Enough.');
    };
    await expect(shell('echo a; exec sleep 60', { onLine: reader })).rejects.toThrow('Enough.');
  });
});

it('dies with the process that started it, even when that is killed with -9', async () => {
  const source = await readFile(join(import.meta.dirname, 'guarded.ts'), 'utf8');
  const { code } = await transform(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } });
  await writeFile(join(folder, 'guarded.mjs'), code);
  await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
  await writeFile(
    join(folder, 'parent.mjs'),
    `import { runGuarded } from './guarded.mjs';
     const args = ['-c', 'trap "" TERM INT HUP PIPE; echo $$; while :; do sleep 1; done'];
     const bounds = { timeMs: 60_000, memoryBytes: 1e9, fileBytes: 0 };
     await runGuarded('/bin/sh', { args, bounds, onLine: (line) => process.stdout.write(line + '\\n') });`,
  );
  const parent = spawn(process.execPath, [join(folder, 'parent.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(lives(pid)).toBe(true);
  parent.kill('SIGKILL');
  await gone(pid);
});
