import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel';
import { readDescription } from './description.js';
import { fuzz, type Ran } from './run.js';
import { makeWorld } from './world.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** `npm run fuzz`: the whole product in a process of its own, and so many made-up requests to it. */

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [count, seed] = [Number(values.requests), Number(values.seed)];
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  tell('--requests and --seed are whole numbers, and at least one request is sent.');
  process.exit(2);
}

/** Requests to one pair of organizations, which wears out: people are removed, workspaces put away. */
const ROUND = 500;
const READY_WITHIN_MS = 60_000;
/** `dist`, from `dist/test/fuzz`. */
const MAIN = join(import.meta.dirname, '../../apps/all/src/main.js');

const folder = await mkdtemp(join(tmpdir(), 'clickpost-fuzz-'));
await chmod(folder, 0o755);
let postgres: EmbeddedPostgres | undefined;
let product: ChildProcess | undefined;
let ending: Promise<never> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(130));
try {
  tell('Starting the database and the product ...');
  postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres'), durable: false });
  const port = await freePort();
  product = start(postgres, port);
  const url = `http://127.0.0.1:${port}`;
  await ready(url, product);
  const ran = await run(url, postgres.ownerUrl);
  report(ran);
  await end(ran.findings.length > 0 ? 1 : 0);
} catch (error) {
  if (!ending) tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  await end(1);
}

/** Takes away everything that was started, and ends. Only the first call counts. */
function end(code: number): Promise<never> {
  return (ending ??= takeAway().then(() => process.exit(code)));
}

async function takeAway(): Promise<void> {
  if (product && product.exitCode === null && product.signalCode === null) {
    product.kill('SIGTERM');
    await once(product, 'close');
  }
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

async function run(url: string, ownerUrl: string): Promise<Ran> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const description = await readDescription(url);
    let ran: Ran | undefined;
    for (let done = 0; done < count; done += ROUND) {
      const world = await makeWorld(url, owner, description);
      const round = { seed: seed + done, count: Math.min(ROUND, count - done) };
      ran = await fuzz(world, description, round, ran);
      // What counts tries would soon refuse everybody from here.
      await owner.query('delete from rate_limits');
      tell(`${ran.requests} requests, ${ran.findings.length} findings`);
    }
    if (!ran) throw new Error('Nothing was sent.');
    return ran;
  } finally {
    await owner.end();
  }
}

function report({ requests, statuses, succeeded, findings, slowestMs }: Ran): void {
  for (const finding of findings.slice(0, 50)) say(`${finding}\n`);
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
  say(`Answers: ${counts.join(', ')}`);
  say(`Slowest answer: ${Math.round(slowestMs)} ms; operations carried out: ${succeeded.size}`);
  say(JSON.stringify({ requests, seed, findings: findings.length }));
}

function start({ url, ownerUrl }: EmbeddedPostgres, port: number): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...{ PATH, HOME, PORT: String(port), DATA_DIR: join(folder, 'data'), SANDBOX: 'on' },
      ...{ DATABASE_URL: url, MIGRATE_DATABASE_URL: ownerUrl },
      ...{ SECRET_KEY: 'a secret key for tests alone, long enough', RATE_LIMIT: 'off', LOG_LEVEL: 'error' },
    },
  });
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS;
  while (child.exitCode === null && performance.now() < end) {
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
  throw new Error('The product did not become ready.');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
