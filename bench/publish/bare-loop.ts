import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { publishBare, type Target } from './bare-requests.js';

/** As many connections as a worker has. */
const POOL_SIZE = 20;

/** What the floor's process is told. */
export interface BareOrder {
  databaseUrl: string;
  /** One list a channel, of the texts to publish there, in order. */
  channels: { target: Target; texts: string[] }[];
  /** When the first is due, in milliseconds since 1970. */
  dueAt: number;
  /** How long after each other channels are due, in milliseconds; all at once where it is 0. */
  apartMs: number;
  /** Requests at the same time. */
  concurrency: number;
}

/** What it answers when all is done. */
export interface BareResult {
  /** How long each request took, in milliseconds. */
  requestMs: number[];
  /** Processor time that it used from its start to its end, in seconds. */
  cpuSeconds: number;
}

process.once('message', (order: BareOrder) => {
  void run(order).then((result) => process.send?.(result, () => process.exit(0)));
});

async function run(order: BareOrder): Promise<BareResult> {
  const pool = new pg.Pool({ connectionString: order.databaseUrl, max: POOL_SIZE });
  // Connections are there before the time comes, as a worker's are.
  await Promise.all(Array.from({ length: POOL_SIZE }, () => pool.query('select pg_sleep(0.05)')));
  const agent = new Agent({ keepAlive: true, maxSockets: order.concurrency });
  const requestMs: number[] = [];
  const publish = async (target: Target, words: string): Promise<void> => {
    const began = performance.now();
    const answer = await publishBare(agent, target, words);
    requestMs.push(performance.now() - began);
    await pool.query({ name: 'row', text: 'insert into bench_bare (answer) values ($1)', values: [answer] });
  };
  if (order.apartMs > 0) await byTimer(order, publish);
  else await inLanes(order, publish);
  agent.destroy();
  await pool.end();
  const { user, system } = process.cpuUsage();
  return { requestMs, cpuSeconds: (user + system) / 1_000_000 };
}

type Publish = (target: Target, words: string) => Promise<void>;

/** One at a time in a channel, channels in turn, so many at the same time. */
async function inLanes({ channels, dueAt, concurrency }: BareOrder, publish: Publish): Promise<void> {
  const waiting = channels.map(({ target, texts }) => ({ target, texts: [...texts] }));
  const lane = async (): Promise<void> => {
    for (let channel = waiting.shift(); channel; channel = waiting.shift()) {
      const words = channel.texts.shift();
      if (words === undefined) continue;
      await publish(channel.target, words);
      if (channel.texts.length > 0) waiting.push(channel);
    }
  };
  await sleep(Math.max(0, dueAt - Date.now()));
  await Promise.all(Array.from({ length: concurrency }, lane));
}

/** Each channel's first text at its own time. */
async function byTimer({ channels, dueAt, apartMs }: BareOrder, publish: Publish): Promise<void> {
  await Promise.all(
    channels.map(async ({ target, texts }, index) => {
      await sleep(Math.max(0, dueAt + index * apartMs - Date.now()));
      await publish(target, texts[0] ?? '');
    }),
  );
}
