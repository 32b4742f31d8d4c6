import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel';
import { request, signUp } from './customer.js';
import { ALL_IN_ONE, answers, end, freePort, launch } from './process.js';
import { type Measurement, percentile } from './report.js';

const CONCURRENCY = 8;
const ROUNDS = 4;
const WARM_UP = 300;
const TABLES = ['posts', 'post_revisions', 'publications', 'segments', 'publishing_log', 'events'] as const;
type Row = Record<string, string | null>;

/**
 * `POST /v1/workspaces/:id/posts` with one channel, scheduled for next month; over bare inserts of the same rows into the
 * same tables of the same server, one transaction a post. Both take turns.
 * @param posts how many of each
 */
export async function createAndSchedule(posts: number): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-bench-'));
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
  const port = await freePort();
  const child = launch(process.execPath, [ALL_IN_ONE], await environment(folder, postgres, port));
  const pool = new pg.Pool({ connectionString: postgres.ownerUrl, max: CONCURRENCY });
  try {
    const url = `http://127.0.0.1:${port}`;
    await answers(`${url}/health/ready`, child);
    return await compare(await poster(url), inserter(pool), posts);
  } finally {
    await pool.end();
    await end(child);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function environment(folder: string, postgres: EmbeddedPostgres, port: number): Promise<Record<string, string>> {
  return {
    PORT: String(port),
    SANDBOX: 'on',
    SANDBOX_PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: postgres.url,
    MIGRATE_DATABASE_URL: postgres.ownerUrl,
    SECRET_KEY: randomBytes(32).toString('hex'),
  };
}

type Work = () => Promise<void>;

async function compare(post: Work, makeInsert: () => Promise<Work>, posts: number): Promise<Measurement[]> {
  await repeat(post, WARM_UP);
  const insert = await makeInsert();
  await repeat(insert, WARM_UP);
  const [ours, bare] = [new Timing(), new Timing()];
  for (let round = 0; round < ROUNDS; round += 1) {
    await ours.add(post, posts / ROUNDS);
    await bare.add(insert, posts / ROUNDS);
  }
  return [
    {
      what: `create and schedule, ${CONCURRENCY} at a time`,
      figure: ours.rate,
      floor: bare.rate,
      unit: '/s',
      aim: { ratio: 0.5, better: 'higher' },
    },
    { what: 'the same, p95 of one', figure: ours.p95, floor: bare.p95, unit: 'ms' },
  ];
}

class Timing {
  private readonly latencies: number[] = [];
  private totalMs = 0;

  async add(work: Work, times: number): Promise<void> {
    const began = performance.now();
    this.latencies.push(...(await repeat(work, times)));
    this.totalMs += performance.now() - began;
  }
  /** A second. */
  get rate(): number {
    return (this.latencies.length * 1000) / this.totalMs;
  }
  /** Milliseconds. */
  get p95(): number {
    return percentile(this.latencies, 95);
  }
}

/** Does the work so often, several at a time, and returns how long each took, in milliseconds. */
async function repeat(work: Work, times: number): Promise<number[]> {
  const latencies: number[] = [];
  let left = times;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      await work();
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return latencies;
}

/** Signs up, connects a practice channel, and returns what creates one post. */
async function poster(url: string): Promise<Work> {
  const { headers, workspace } = await signUp(url);
  const practice = { platform: 'webhook', practice: true };
  const connected = await request('POST', `${workspace}/connections`, headers, practice);
  const { channels } = connected.body as { channels: [{ id: string }] };
  const at = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const post = {
    content: { text: 'A text of ordinary length, as people write it, with an address: https://example.com/news' },
    channels: [{ id: channels[0].id }],
    schedule: { at, timeZone: 'Europe/Berlin' },
  };
  return async () => {
    await request('POST', `${workspace}/posts`, headers, post);
  };
}

/** What inserts the rows of one post, after the pattern of one that was created by a request. */
function inserter(pool: pg.Pool): () => Promise<Work> {
  return async () => {
    const pattern = await patternOf(pool);
    const statements = TABLES.map((table) => insertStatement(table, pattern[table]));
    return async () => {
      const client = await pool.connect();
      try {
        const ids = { post: randomUUID(), publication: randomUUID() };
        await client.query('begin');
        for (const [index, table] of TABLES.entries()) {
          const values = pattern[table].flatMap((row) => Object.values(withIds(table, row, ids)));
          await client.query({ ...statements[index], name: table, values, text: statements[index]?.text ?? '' });
        }
        await client.query('commit');
      } finally {
        client.release();
      }
    };
  };
}

/** The rows of one post, every value as PostgreSQL writes it. */
async function patternOf(pool: pg.Pool): Promise<Record<(typeof TABLES)[number], Row[]>> {
  const types = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;
  // What PostgreSQL works out by itself cannot be inserted.
  const { rows: generated } = await pool.query<{ name: string }>(
    `select column_name as name from information_schema.columns where is_generated = 'ALWAYS' and table_name = any($1)`,
    [TABLES],
  );
  const leftOut = new Set(generated.map(({ name }) => name));
  const read = async (text: string, values: string[]): Promise<Row[]> =>
    (await pool.query<Row>({ text, values, types })).rows.map((row): Row =>
      Object.fromEntries(Object.entries(row).filter(([column]) => !leftOut.has(column))),
    );
  const posts = await read('select * from posts order by id desc limit 1', []);
  const post = posts[0]?.['id'] ?? '';
  const publications = await read('select * from publications where post_id = $1', [post]);
  const publication = publications[0]?.['id'] ?? '';
  return {
    posts,
    post_revisions: await read('select * from post_revisions where post_id = $1', [post]),
    publications,
    segments: await read('select * from segments where publication_id = $1', [publication]),
    publishing_log: await read('select * from publishing_log where publication_id = $1 order by version', [
      publication,
    ]),
    events: await read(`select * from events where data ->> 'postId' = $1`, [post]),
  };
}

function insertStatement(table: string, pattern: readonly Row[]): { text: string } {
  const columns = Object.keys(pattern[0] ?? {});
  const rows = pattern.map(
    (_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
  );
  return { text: `insert into ${table} (${columns.join(', ')}) values ${rows.join(', ')}` };
}

function withIds(table: (typeof TABLES)[number], row: Row, ids: { post: string; publication: string }): Row {
  switch (table) {
    case 'posts':
      return { ...row, id: ids.post };
    case 'post_revisions':
      return { ...row, post_id: ids.post };
    case 'publications':
      return { ...row, id: ids.publication, post_id: ids.post };
    case 'segments':
    case 'publishing_log':
      return { ...row, id: randomUUID(), publication_id: ids.publication };
    case 'events':
      return { ...row, id: randomUUID() };
  }
}
