import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.js';
import { Guard } from './guard.js';
import { endingLines } from './report.js';

const SECRETS = {
  SECRET_KEY: 'a key that nobody may read',
  DATABASE_URL: 'postgres://me:p%40ss-word@127.0.0.1:5432/clickpost',
};

describe('a program that ends by itself', () => {
  let child: Child;
  let guard: Guard;
  let folder: string;

  const run = async (script: string): Promise<void> => {
    folder = await mkdtemp(join(tmpdir(), 'clickpost-child-'));
    guard = Guard.start(folder);
    const program = { name: 'worker-0', command: process.execPath, arguments: ['-e', script], env: SECRETS };
    child = new Child({ ...program, log: join(folder, 'log'), ready: /^ready$/m, guard });
    child.start();
  };
  afterEach(async () => {
    await child.stop();
    guard.release();
    await rm(folder, { recursive: true, force: true });
  });
  const ended = async () => {
    while (child.endings.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    return child.endings;
  };

  it('is told with its code and its last words, without secrets', async () => {
    await run(`
      console.log('much earlier\\n'.repeat(50));
      console.error('no way to', process.env.DATABASE_URL, 'p@ss-word', process.env.SECRET_KEY);
      process.exitCode = 3;`);
    const began = Date.now();
    const [first, ...lines] = endingLines([['worker-0', await ended()]], began);
    expect(first).toMatch(/^worker-0 ended by itself after -?\d+\.\d s, by code 3; it said last:$/);
    expect(lines.at(-1)).toBe('    no way to postgres://me:[redacted]@127.0.0.1:5432/clickpost [redacted] [redacted]');
    expect(lines.length).toBeLessThan(20);
  });

  it('is told with the signal that ended it', async () => {
    await run(`process.kill(process.pid, 'SIGSEGV')`);
    expect(endingLines([['worker-0', await ended()]], Date.now())[0]).toContain('by SIGSEGV;');
  });

  it('is not told of where it was to end', async () => {
    await run(`console.log('ready'); setInterval(() => {}, 1000)`);
    await child.isReady();
    await child.kill(0);
    await child.isReady();
    await child.stop();
    expect(child.endings).toEqual([]);
  });
});
