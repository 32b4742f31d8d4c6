import { type PoolClient } from 'pg';
import { INVITE, inviteParameters } from '#publishing';
import { signUp } from './customer.js';
import { Installation } from './publish/installation.js';
import { connectChannels, schedule } from './publish/seed.js';
import { type Measurement, median } from './report.js';

const CHANNELS = 1_000;
/** Due now, in a table of any size: one on each channel. */
const DUE = CHANNELS;
const SMALL = 10_000;
const ROUNDS = 21;
const WARM_UP = 3;
/** A worker with the settings that it has by itself, in the middle of looking through a backlog. */
const PARAMETERS = inviteParameters({
  horizonMs: 10_000,
  room: 100,
  limits: [],
  after: { channel: '80000000-0000-0000-0000-000000000000', organization: '00000000-0000-0000-0000-000000000000' },
});

/**
 * The dispatcher's query among many scheduled publications, over the same among 10,000 in another database: it should take the
 * same time. As many are due in both, and both take turns. Throws when PostgreSQL would read the whole table for it.
 * @param size how many are scheduled in the large table
 * @param explained whether to print how PostgreSQL goes about it there
 */
export async function dispatchQuery(size: number, explained: boolean): Promise<Measurement[]> {
  return among(SMALL, (small) =>
    among(size, async (large) => {
      await refuseSequentialScan(large);
      const [few, many]: [number[], number[]] = [[], []];
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        few.push(await timed(small));
        many.push(await timed(large));
      }
      if (explained) console.log(`\n${await plan(large, 'explain (analyze, buffers)')}`);
      return [
        {
          what: `the dispatcher's query, ${size.toLocaleString('en')} over ${SMALL.toLocaleString('en')} scheduled`,
          figure: median(many.slice(WARM_UP)),
          floor: median(few.slice(WARM_UP)),
          unit: 'ms',
          aim: { ratio: 1.5, better: 'lower' },
        },
      ];
    }),
  );
}

/** Does something in a database with so many scheduled publications. */
async function among<T>(size: number, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const installation = await Installation.start(false);
  try {
    const client = await installation.pool.connect();
    try {
      await seed(installation, client);
      await fill(client, size);
      return await work(client);
    } finally {
      client.release();
    }
  } finally {
    await installation.stop();
  }
}

/** One publication written by the API, and a thousand channels like its own. */
async function seed(installation: Installation, client: PoolClient): Promise<void> {
  await installation.withApi(async (url) => {
    const customer = await signUp(url);
    const channels = await connectChannels(customer, installation.sandboxUrl, 1);
    await schedule(customer, channels, 1, 'Bench');
  });
  await client.query('create table bench_pattern as select * from publications');
  const copies = await copyStatement(client, 'channels', {
    id: 'gen_random_uuid()',
    external_id: 'p.external_id || n',
  });
  await client.query(`${copies} from channels p, generate_series(1, ${CHANNELS}) as n`);
  await client.query(
    'create table bench_channels as select id, row_number() over (order by id) - 1 as n from channels',
  );
  await client.query('create unique index on bench_channels (n)');
}

/** Adds publications: the first are due now, the others spread over the year to come. */
async function fill(client: PoolClient, size: number): Promise<void> {
  const at = `case when i < ${DUE} then now() - make_interval(secs => i)
                   else now() + interval '1 hour' + make_interval(secs => (i * 7919::bigint) % 31536000) end`;
  const copies = await copyStatement(client, 'publications', {
    id: 'gen_random_uuid()',
    channel_id: 'c.id',
    due_at: 'at',
    next_check_at: 'at',
  });
  // Keys that refer to others and the guards of single rows would take most of the time.
  await client.query('set session_replication_role = replica');
  await client.query(
    `${copies} from bench_pattern p, generate_series(0, $1::int - 1) as i
       join bench_channels c on c.n = i % ${CHANNELS}, lateral (select ${at} as at) as due`,
    [size],
  );
  await client.query('reset session_replication_role');
  await client.query('vacuum analyze publications');
  await client.query('vacuum analyze channels');
}

/** The beginning of a statement that inserts copies of rows `p` of a table, but for some columns. */
async function copyStatement(client: PoolClient, table: string, other: Record<string, string>): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  return `insert into ${table} (${names.join(', ')}) select ${names.map((name) => other[name] ?? `p.${name}`).join(', ')}`;
}

/** How long it takes once, in milliseconds. What it changes is taken back. */
async function timed(client: PoolClient): Promise<number> {
  return asEngine(client, async () => {
    const began = performance.now();
    const { rows } = await client.query<{ id: string | null }>(INVITE, PARAMETERS);
    const took = performance.now() - began;
    if (!rows[0]?.id) throw new Error('The dispatcher invited nobody, although many are due.');
    return took;
  });
}

async function refuseSequentialScan(client: PoolClient): Promise<void> {
  const found = await plan(client, 'explain');
  if (/Seq Scan on publications/.test(found))
    throw new Error(`The dispatcher's query reads the whole table:\n${found}`);
}

async function plan(client: PoolClient, explain: string): Promise<string> {
  return asEngine(client, async () => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`${explain} ${INVITE}`, PARAMETERS);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}

async function asEngine<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query('set local role clickpost_engine');
    return await work();
  } finally {
    await client.query('rollback');
  }
}
