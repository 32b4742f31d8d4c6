import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signUp } from './customer.js';
import { AHEAD_MS, bareLoop, CONCURRENCY, untilPublished } from './publish/runs.js';
import { hasRedis, Installation, type Workers } from './publish/installation.js';
import { type Batch, type Channel, connectChannels, schedule, setDue, textOf } from './publish/seed.js';
import { type Outcome, outcomeOf } from './publish/truth.js';
import {
  type Cpu,
  cpuOf,
  databaseUsage,
  forgetPeak,
  forgetStatements,
  residentMemory,
  statements,
  statementTable,
  type Usage,
  usageTable,
  used,
} from './publish/usage.js';
import { type Measurement, percentile } from './report.js';

/** What to measure. */
export interface PublishOptions {
  /** All due in the same second. */
  publications: number;
  channels: number;
  queues: readonly ('embedded' | 'redis')[];
  workers: readonly number[];
  /** Has the workers write a profile of their processors' time, and PostgreSQL count its statements. */
  profile: boolean;
}

/** One of the ways to run it. */
interface Setting {
  queue: 'embedded' | 'redis';
  workers: number;
}

/** Workers are looked at at rest after so long. */
const REST_MS = 5_000;

/**
 * Many publications that are due at once, published on the practice networks; over a bare loop that makes the same requests,
 * as many at the same time, and commits one row each. Prints where the time goes.
 */
export async function publish(options: PublishOptions): Promise<Measurement[]> {
  if (options.publications % options.channels !== 0) {
    throw new Error('The number of publications must be a multiple of the number of channels.');
  }
  const installation = await Installation.start(options.profile);
  try {
    const settings = settingsOf(options);
    const { channels, batches } = await seed(installation, options, settings);
    await installation.settle();
    const all: Measurement[] = [];
    for (const [index, setting] of settings.entries()) {
      const batch = batches[index];
      if (!batch) throw new Error('There is no batch for this setting.');
      const run = { installation, options, setting, batch, channels };
      all.push(...(await measure(run)));
    }
    return all;
  } finally {
    await installation.stop();
  }
}

interface Run {
  installation: Installation;
  options: PublishOptions;
  setting: Setting;
  batch: Batch;
  channels: readonly Channel[];
}

function settingsOf({ queues, workers }: PublishOptions): Setting[] {
  const there = queues.filter((queue) => queue !== 'redis' || hasRedis());
  if (there.length < queues.length) console.error('  without Redis: there is no redis-server on this machine');
  return there.flatMap((queue) => workers.map((count) => ({ queue, workers: count })));
}

async function seed(installation: Installation, options: PublishOptions, settings: readonly Setting[]) {
  return installation.withApi(async (url) => {
    const customer = await signUp(url);
    const channels = await connectChannels(customer, installation.sandboxUrl, options.channels);
    const batches: Batch[] = [];
    const each = options.publications / options.channels;
    for (const setting of settings) {
      batches.push(await schedule(customer, channels, each, `Bench ${setting.queue} ${setting.workers}`));
    }
    return { channels, batches };
  });
}

async function measure(run: Run): Promise<Measurement[]> {
  const { queue, workers } = run.setting;
  console.error(
    `  ${run.batch.publications} publications, ${queue} queue, ${workers} worker${workers > 1 ? 's' : ''} ...`,
  );
  const flags = await profileFlags(run);
  const running = await run.installation.startWorkers(workers, queue, flags);
  let drained;
  try {
    await sleep(REST_MS);
    drained = await drain(run, running);
  } finally {
    await running.stop();
  }
  const after = { cpu: drained.cpuAfter, database: await databaseUsage(run.installation.pool) };
  if (run.installation.countsStatements) {
    console.log(`\n${statementTable(await statements(run.installation.pool), run.batch.publications)}`);
  }
  const bare = await bareDrain(run);
  console.log(`\n${usageTable(used(drained.before, after), bare.used, run.batch.publications)}\n`);
  return measurements(run.setting, drained, bare);
}

/** Where the workers' profiles go, which is told; nothing without `profile`. */
async function profileFlags({ options }: Run): Promise<string[]> {
  if (!options.profile) return [];
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-profile-'));
  console.error(`  the workers' profiles go to ${folder}`);
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

interface Drained extends Outcome {
  before: Usage;
  cpuAfter: Cpu;
  /** Of the worker that needed most, in MiB. */
  memory: { rest: number; peak: number };
}

async function drain({ installation, batch }: Run, workers: Workers): Promise<Drained> {
  const { pool } = installation;
  const pids = workers.children.map(({ pid = 0 }) => pid);
  const rest = await Promise.all(pids.map(residentMemory));
  await Promise.all(pids.map(forgetPeak));
  if (installation.countsStatements) await forgetStatements(pool);
  const since = Date.now();
  const before = { cpu: await cpuOf(installation, workers), database: await databaseUsage(pool) };
  const due = await setDue(pool, batch, AHEAD_MS, 0);
  await untilPublished(installation, batch, due);
  const cpuAfter = await cpuOf(installation, workers);
  const peaks = await Promise.all(pids.map(residentMemory));
  const outcome = await outcomeOf(installation, { ...batch, since }, () => due);
  const memory = {
    rest: Math.max(...rest.map(({ now }) => now)),
    peak: Math.max(...peaks.map(({ peak }) => peak)),
  };
  return { ...outcome, before, cpuAfter, memory };
}

interface BareDrained extends Outcome {
  used: Usage;
}

/** The same requests without ClickPost: a process for each worker, its share of the channels, as many at the same time. */
async function bareDrain({ installation, setting, batch, channels }: Run): Promise<BareDrained> {
  const label = batch.label.replace('Bench', 'Bare');
  const each = batch.publications / channels.length;
  const since = Date.now();
  const dueAt = since + 3_000;
  const work = channels.map(({ target }) => ({
    target,
    texts: Array.from({ length: each }, (_, number) => textOf(label, number)),
  }));
  const shares = Array.from({ length: setting.workers }, (_, share) =>
    work.filter((_, index) => index % setting.workers === share),
  );
  const orders = shares.map((share) => ({ channels: share, dueAt, apartMs: 0, concurrency: CONCURRENCY }));
  const before = { cpu: await cpuOf(installation), database: await databaseUsage(installation.pool) };
  const results = await Promise.all(orders.map((order) => bareLoop(installation, order)));
  const after = { cpu: await cpuOf(installation), database: await databaseUsage(installation.pool) };
  const bare = used(before, after);
  bare.cpu.publishing = results.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const outcome = await outcomeOf(installation, { label, publications: batch.publications, since }, () => dueAt);
  return { ...outcome, used: bare };
}

function measurements({ queue, workers }: Setting, ours: Drained, bare: Outcome): Measurement[] {
  const name = `${queue}, ${workers} worker${workers > 1 ? 's' : ''}`;
  console.error(`  requests a publication: ${ours.requestsEach.toFixed(2)}, bare ${bare.requestsEach.toFixed(2)}`);
  const aim = { ratio: 2, better: 'lower' } as const;
  const late = [50, 95, 99, 100].map((percent) => ({
    what: `${name}: lateness ${percent === 100 ? 'max' : `p${percent}`}`,
    figure: percentile(ours.latenessMs, percent),
    floor: percentile(bare.latenessMs, percent),
    unit: 'ms',
    aim,
  }));
  return [
    { what: `${name}: time to drain`, figure: ours.drainMs, floor: bare.drainMs, unit: 'ms', aim },
    ...late,
    { what: `${name}: peak memory, over at rest`, figure: ours.memory.peak, floor: ours.memory.rest, unit: 'MiB' },
  ];
}
