import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate } from '#kernel';
import { migrations } from '../../migrations/index.js';
import { Proxy } from '../chaos/proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { freePort, Processes, type Program } from '../support/processes.js';
import { startTestRedis } from '../support/redis.js';

const SECRET_KEY = 'a secret key for tests alone, long enough';
const DIST = join(import.meta.dirname, '../../dist');
const READY = { api: /ClickPost API at/, worker: /ClickPost worker is at work/ } as const;

const processes = new Processes();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase((urls) => migrate({ ...urls, migrations }));
});
afterAll(async () => {
  await processes.end();
  await database.drop();
});

async function start(name: 'api' | 'worker', env: Record<string, string>): Promise<Program> {
  const PORT = String(await freePort());
  const DATA_DIR = await processes.folder();
  const { url: DATABASE_URL, ownerUrl: MIGRATE_DATABASE_URL } = database;
  return processes.start(name, { PORT, DATA_DIR, SECRET_KEY, DATABASE_URL, MIGRATE_DATABASE_URL, ...env });
}

/** The database behind an address where nobody answers until `open` is called. */
async function hidden() {
  const proxy = await Proxy.to(await freePort());
  const at = (url: string): string => Object.assign(new URL(url), { port: String(proxy.port) }).href;
  return {
    env: { DATABASE_URL: at(database.url), MIGRATE_DATABASE_URL: at(database.ownerUrl) },
    open: () => (proxy.target = Number(new URL(database.url).port)),
    close: () => proxy.close(),
  };
}

test.each(['api', 'worker'] as const)('the %s that starts before its database says so, and goes on', async (name) => {
  const { env, open, close } = await hidden();
  try {
    const program = await start(name, env);
    await program.says(/The database cannot be used: .*Trying again for 60 s/);
    open();
    await program.says(READY[name]);
    expect(program.output).not.toMatch(/^ +at /m);
    expect(await program.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  } finally {
    await close();
  }
});

test('a stop while it waits for the database ends it at once, and well', async () => {
  const { env, close } = await hidden();
  try {
    const program = await start('worker', env);
    await program.says(/Trying again/);
    const asked = performance.now();
    expect(await program.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(program.output).toContain('Stopped.');
  } finally {
    await close();
  }
});

test('what no waiting mends ends the start at once: a database that is not there', async () => {
  const missing = (url: string): string => Object.assign(new URL(url), { pathname: '/nowhere' }).href;
  const program = await start('worker', {
    DATABASE_URL: missing(database.url),
    MIGRATE_DATABASE_URL: missing(database.ownerUrl),
  });
  expect((await program.ended).code).toBe(1);
  expect(program.output).toContain('it has no database of that name');
  expect(program.output).not.toContain('Trying again');
});

const withRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!withRedis) process.stderr.write('Left out: a start before Redis, because there is no redis-server here\n');
(withRedis || process.env['CI'] ? test : test.skip)(
  'a worker that starts before Redis says so, and goes on',
  async () => {
    const proxy = await Proxy.to(await freePort());
    const redis = await startTestRedis();
    try {
      const program = await start('worker', { REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
      await program.says(/The job queue cannot be used: .*Check REDIS_URL\. Trying again for 60 s/);
      proxy.target = Number(new URL(redis.url).port);
      await program.says(READY.worker);
      expect(await program.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    } finally {
      await proxy.close();
      await redis.stop();
    }
  },
);

/** A module that breaks the connection which the job queue makes as its nth one. */
function breaking(nth: number): string {
  const jobs = pathToFileURL(join(DIST, 'libs/kernel/jobs/jobs.js')).href;
  const code = `
    import { QueueClient } from ${JSON.stringify(jobs)};
    const { connect } = QueueClient.prototype;
    let made = 0;
    QueueClient.prototype.connect = function (told) {
      made += 1;
      if (made !== ${nth}) return connect.call(this, told);
      const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      setImmediate(() => told(error));
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

// Of BullMQ's two queues and two workers each has its own first connection, and never gets over it when that breaks.
test.each([1, 2, 3, 4])(
  'no worker says that it is at work when connection %i of its job queue broke at the start',
  async (nth) => {
    const program = await start('worker', { NODE_OPTIONS: breaking(nth) });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.output).toContain('The database cannot be used: it broke off (read ECONNRESET).');
    expect(program.output).not.toMatch(READY.worker);
  },
);
