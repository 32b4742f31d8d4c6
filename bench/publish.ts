import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type VisiblePost } from '#platforms/core';
import { signUp } from './customer.js';
import { type BareOrder, type BareResult } from './publish/bare-loop.js';
import { hasRedis, Installation, type Workers } from './publish/installation.js';
import { type Batch, type Channel, connectChannels, schedule, setDue, textOf } from './publish/seed.js';
import { type Outcome, outcomeOf } from './publish/truth.js';
import {
  cpuOf,
  databaseUsage,
  forgetPeak,
  forgetStatements,
  residentMemory,
  statements,
  statementTable,
  type Usage,
  usageTable,
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

/** As `PUBLISH_CONCURRENCY` is where nobody sets it. */
const CONCURRENCY = 50;
/** Publications get their time so long before it. */
const AHEAD_MS = 10_000;
/** Workers are looked at at rest after so long. */
const REST_MS = 5_000;
const SPREAD = 100;
const SPREAD_APART_MS = 200;
/** Twice as long as the slowest engine that anybody would keep. */
const PATIENCE_MS = 600_000;

/**
 * Many publications that are due at once, and a hundred that are spread, published on the practice networks; over a bare loop
 * that makes the same requests, as many at the same time, and commits one row each.
 */
export async function publish(options: PublishOptions): Promise<Measurement[]> {
  const installation = await Installation.start(options.profile);
  try {
    const settings = settingsOf(options);
    const { channels, batches, spread } = await seed(installation, options, settings);
    await installation.pool.query('create table bench_bare (id bigserial primary key, answer text not null)');
    await installation.pool.query('vacuum analyze');
    await installation.slowDown();
    const measurements: Measurement[] = [];
    for (const [index, setting] of settings.entries()) {
      const batch = batches[index];
      if (!batch) throw new Error('There is no batch for this setting.');
      const run = { installation, options, setting, batch, channels, ...(index === 0 && { spread }) };
      measurements.push(...(await measure(run)));
    }
    return measurements;
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
  spread?: Batch;
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
    const spread = await schedule(customer, channels.slice(0, SPREAD), 1, 'Bench spread');
    return { channels, batches, spread };
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
  let spread;
  try {
    await sleep(REST_MS);
    if (run.spread) spread = await spreadOurs(run.installation, run.spread);
    drained = await drain(run, running);
  } finally {
    await running.stop();
  }
  const after: Usage = { cpu: drained.cpuAfter, database: await databaseUsage(run.installation.pool) };
  console.log(`\n${usageTable(drained.before, after, run.batch.publications)}\n`);
  if (run.installation.countsStatements) {
    console.log(`${statementTable(await statements(run.installation.pool), run.batch.publications)}\n`);
  }
  const bare = await bareDrain(run);
  return [
    ...burstMeasurements(run.setting, drained, bare),
    ...(run.spread && spread ? await spreadMeasurements(run, spread) : []),
  ];
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
  cpuAfter: Usage['cpu'];
  /** Of the worker that needed most, in MiB. */
  memory: { rest: number; peak: number };
}

async function drain({ installation, batch }: Run, workers: Workers): Promise<Drained> {
  const { pool, sandbox } = installation;
  const programs = {
    'the workers': workers.children,
    'the practice networks': [sandbox],
    ...(workers.redis && { Redis: [workers.redis] }),
  };
  const pids = workers.children.map(({ pid = 0 }) => pid);
  const rest = await Promise.all(pids.map(residentMemory));
  await Promise.all(pids.map(forgetPeak));
  if (installation.countsStatements) await forgetStatements(pool);
  const since = Date.now();
  const before = { cpu: await cpuOf(installation, programs), database: await databaseUsage(pool) };
  const due = await setDue(pool, batch, AHEAD_MS, 0);
  await untilPublished(installation, batch, due);
  const cpuAfter = await cpuOf(installation, programs);
  const peaks = await Promise.all(pids.map(residentMemory));
  const outcome = await outcomeOf(installation, { ...batch, since }, () => due);
  const memory = {
    rest: Math.max(...rest.map(({ now }) => now)),
    peak: Math.max(...peaks.map(({ peak }) => peak)),
  };
  return { ...outcome, before, cpuAfter, memory };
}

/** Looks every 300 ms; a look ends at the first publication that is not out. */
async function untilPublished({ pool }: Installation, { postIds }: Batch, due: number): Promise<void> {
  for (;;) {
    await sleep(Math.max(300, due - Date.now()));
    const { rows } = await pool.query<{ left: boolean }>(
      `select exists (select 1 from publications where post_id = any($1) and state <> 'published') as left`,
      [postIds],
    );
    if (rows[0]?.left === false) return;
    if (Date.now() < due + PATIENCE_MS) continue;
    const states = await pool.query<{ state: string; count: string }>(
      'select state, count(*) from publications where post_id = any($1) group by state',
      [postIds],
    );
    throw new Error(`Not everything was published in time: ${JSON.stringify(states.rows)}`);
  }
}

/** The same requests without ClickPost: a process for each worker, its share of the channels, as many at the same time. */
async function bareDrain({ installation, setting, batch, channels }: Run): Promise<Outcome> {
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
  await Promise.all(orders.map((order) => bareLoop(installation, order)));
  return outcomeOf(installation, { label, publications: batch.publications, since }, () => dueAt);
}

async function bareLoop(installation: Installation, order: Omit<BareOrder, 'databaseUrl'>): Promise<BareResult> {
  const child = fork(new URL('./publish/bare-loop.js', import.meta.url));
  const ended = once(child, 'exit');
  child.send({ ...order, databaseUrl: installation.postgres.ownerUrl });
  const result = await Promise.race([
    once(child, 'message').then(([message]) => message as BareResult),
    ended.then(() => {
      throw new Error('The bare loop ended before it was done.');
    }),
  ]);
  await ended;
  return result;
}

function burstMeasurements({ queue, workers }: Setting, ours: Drained, bare: Outcome): Measurement[] {
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

async function spreadOurs(installation: Installation, batch: Batch): Promise<Outcome> {
  const since = Date.now();
  const first = await setDue(installation.pool, batch, AHEAD_MS, SPREAD_APART_MS);
  await sleep(first + batch.publications * SPREAD_APART_MS - Date.now());
  await untilPublished(installation, batch, first);
  const { rows } = await installation.pool.query<{ id: string; due: string }>(
    `select s.platform_object_id as id, extract(epoch from p.due_at) * 1000 as due
       from publications p join segments s on s.publication_id = p.id where p.post_id = any($1)`,
    [batch.postIds],
  );
  const due = new Map(rows.map((row) => [row.id, Number(row.due)]));
  return outcomeOf(installation, { ...batch, since }, ({ id }) => due.get(id) ?? NaN);
}

async function spreadMeasurements({ installation, channels }: Run, ours: Outcome): Promise<Measurement[]> {
  const label = 'Bare spread';
  const since = Date.now();
  const dueAt = since + 3_000;
  const work = channels.slice(0, SPREAD).map(({ target }, index) => ({ target, texts: [textOf(label, index)] }));
  const order = { channels: work, dueAt, apartMs: SPREAD_APART_MS, concurrency: CONCURRENCY };
  const { requestMs } = await bareLoop(installation, order);
  const run = { label, publications: work.length, since };
  const bare = await outcomeOf(installation, run, (post) => dueAt + numberOf(post) * SPREAD_APART_MS);
  return [
    {
      what: `${SPREAD} spread: lateness p99, over a request's own time`,
      figure: percentile(ours.latenessMs, 99),
      floor: percentile(requestMs, 99),
      unit: 'ms',
    },
    {
      what: `${SPREAD} spread: lateness p99, over a timer's`,
      figure: percentile(ours.latenessMs, 99),
      floor: percentile(bare.latenessMs, 99),
      unit: 'ms',
    },
  ];
}

function numberOf({ text }: VisiblePost): number {
  return Number(/, number (\d+):/.exec(text)?.[1]);
}
