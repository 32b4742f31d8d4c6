import { setTimeout as sleep } from 'node:timers/promises';
import { type VisiblePost } from '#platforms/core';
import { signUp } from './customer.js';
import { Installation } from './publish/installation.js';
import { AHEAD_MS, bareLoop, CONCURRENCY, untilPublished } from './publish/runs.js';
import { type Batch, type Channel, connectChannels, schedule, setDue, textOf } from './publish/seed.js';
import { type Outcome, outcomeOf } from './publish/truth.js';
import { type Measurement, percentile } from './report.js';

const PUBLICATIONS = 100;
const APART_MS = 200;
const REST_MS = 5_000;

/**
 * A hundred publications, one after the other, each on a channel of its own, by one worker that has nothing else to do; over
 * the same requests made bare by a timer.
 */
export async function publishSpread(): Promise<Measurement[]> {
  const installation = await Installation.start(false);
  try {
    const { channels, batch } = await seed(installation);
    await installation.settle();
    const ours = await spread(installation, batch);
    const bare = await bareSpread(installation, channels);
    const lateness = percentile(ours.latenessMs, 99);
    return [
      {
        what: `${PUBLICATIONS} spread: lateness p99, over a request's own time`,
        figure: lateness,
        floor: percentile(bare.requestMs, 99),
        unit: 'ms',
      },
      {
        what: `${PUBLICATIONS} spread: lateness p99, over a timer's`,
        figure: lateness,
        floor: percentile(bare.latenessMs, 99),
        unit: 'ms',
      },
    ];
  } finally {
    await installation.stop();
  }
}

async function seed(installation: Installation): Promise<{ channels: Channel[]; batch: Batch }> {
  return installation.withApi(async (url) => {
    const customer = await signUp(url);
    const channels = await connectChannels(customer, installation.sandboxUrl, PUBLICATIONS);
    return { channels, batch: await schedule(customer, channels, 1, 'Bench spread') };
  });
}

async function spread(installation: Installation, batch: Batch): Promise<Outcome> {
  const workers = await installation.startWorkers(1, 'embedded', []);
  try {
    await sleep(REST_MS);
    const since = Date.now();
    const first = await setDue(installation.pool, batch, AHEAD_MS, APART_MS);
    await sleep(first + PUBLICATIONS * APART_MS - Date.now());
    await untilPublished(installation, batch, first);
    const due = await dueTimes(installation, batch);
    return await outcomeOf(installation, { ...batch, since }, ({ id }) => due.get(id) ?? NaN);
  } finally {
    await workers.stop();
  }
}

/** When each was due, in milliseconds since 1970, by what it became on the platform. */
async function dueTimes({ pool }: Installation, { postIds }: Batch): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ id: string; due: string }>(
    `select s.platform_object_id as id, extract(epoch from p.due_at) * 1000 as due
       from publications p join segments s on s.publication_id = p.id where p.post_id = any($1)`,
    [postIds],
  );
  return new Map(rows.map(({ id, due }) => [id, Number(due)]));
}

async function bareSpread(
  installation: Installation,
  channels: readonly Channel[],
): Promise<Outcome & { requestMs: number[] }> {
  const label = 'Bare spread';
  const since = Date.now();
  const dueAt = since + 3_000;
  const work = channels.map(({ target }, index) => ({ target, texts: [textOf(label, index)] }));
  const order = { channels: work, dueAt, apartMs: APART_MS, concurrency: CONCURRENCY };
  const { requestMs } = await bareLoop(installation, order);
  const run = { label, publications: work.length, since };
  const outcome = await outcomeOf(installation, run, (post) => dueAt + numberOf(post) * APART_MS);
  return { ...outcome, requestMs };
}

function numberOf({ text }: VisiblePost): number {
  return Number(/, number (\d+):/.exec(text)?.[1]);
}
