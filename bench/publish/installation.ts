import { type ChildProcess, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel';
import { request } from '../customer.js';
import { answers, end, freePort, launch, launchReady, mainOf } from '../process.js';

const TOKEN = 'the token of the fault controls';
/** Every answer of the practice networks takes this long, in milliseconds. */
export const ANSWER_MS = 50;
const OPERATIONS = ['connect', 'prepare', 'commit', 'read'] as const;

/** A worker, or several, at work. */
export interface Workers {
  children: readonly ChildProcess[];
  redis?: ChildProcess;
  stop(): Promise<void>;
}

/** PostgreSQL as in production, and the practice networks as a process of their own; the rest is started as it is needed. */
export class Installation {
  /** As the owner, who sees everything. */
  readonly pool: pg.Pool;

  private constructor(
    private readonly folder: string,
    readonly postgres: EmbeddedPostgres,
    readonly sandbox: ChildProcess,
    readonly sandboxUrl: string,
    private readonly env: Record<string, string>,
    /** Whether PostgreSQL counts its statements. */
    readonly countsStatements: boolean,
  ) {
    this.pool = new pg.Pool({ connectionString: postgres.ownerUrl, max: 4 });
    // The pool's end does not wait until its connections are closed, so the server's end may reach one first. What is asked
    // over a broken connection fails by itself.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** @param countStatements loads `pg_stat_statements`, which costs a little */
  static async start(countStatements: boolean): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'clickpost-bench-'));
    // As root, the database runs as another user, who has to enter it.
    await chmod(folder, 0o755);
    const postgres = await startPostgres(join(folder, 'postgres'), countStatements);
    const port = await freePort();
    const sandboxUrl = `http://127.0.0.1:${port}`;
    const env = {
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: postgres.url,
      MIGRATE_DATABASE_URL: postgres.ownerUrl,
      SECRET_KEY: randomBytes(32).toString('hex'),
      SANDBOX: 'on',
      SANDBOX_URL: sandboxUrl,
      SANDBOX_TOKEN: TOKEN,
    };
    const own = { ...env, SANDBOX_PORT: String(port) };
    const sandbox = await launchReady(process.execPath, [mainOf('sandbox')], own, /practice networks at/);
    return new Installation(folder, postgres, sandbox, sandboxUrl, env, countStatements);
  }

  /** Runs the API while something is done with it, and ends it again: it shares nothing of what is measured. */
  async withApi<T>(work: (url: string) => Promise<T>): Promise<T> {
    const port = await freePort();
    const api = launch(process.execPath, [mainOf('api')], { ...this.env, PORT: String(port) });
    try {
      const url = `http://127.0.0.1:${port}`;
      await answers(`${url}/health/ready`, api);
      return await work(url);
    } finally {
      await end(api);
    }
  }

  /** Starts workers. @param flags of Node's, before the program */
  async startWorkers(count: number, queue: 'embedded' | 'redis', flags: readonly string[]): Promise<Workers> {
    const redis = queue === 'redis' ? await startRedis(this.folder) : undefined;
    const env = { ...this.env, ...(redis && { REDIS_URL: redis.url }) };
    const children: ChildProcess[] = [];
    const stop = async () => {
      await Promise.all(children.map((child) => end(child)));
      if (redis) await end(redis.child);
    };
    try {
      for (let index = 0; index < count; index += 1) {
        children.push(await launchReady(process.execPath, [...flags, mainOf('worker')], env, /at work/));
      }
      return { children, ...(redis && { redis: redis.child }), stop };
    } catch (error) {
      await stop();
      throw error;
    }
  }

  /** What was seeded is settled, there is a table for the bare loop, and from now on every answer takes its time. */
  async settle(): Promise<void> {
    await this.pool.query('create table bench_bare (id bigserial primary key, answer text not null)');
    await this.pool.query('vacuum analyze');
    for (const operation of OPERATIONS) {
      await this.control('POST', '/faults', { kind: 'slow', operation, delayMs: ANSWER_MS, times: 1_000_000_000 });
    }
  }

  /** A list of the practice networks: what really happened. */
  async truth<T>(what: 'visible' | 'requests'): Promise<T[]> {
    const { body } = await this.control('GET', `/${what}`);
    return (body as { data: T[] }).data;
  }

  /** The id of the database server's main process. */
  async postmaster(): Promise<number> {
    const file = await readFile(join(this.postgres.dataDirectory, 'cluster', 'postmaster.pid'), 'utf8');
    return Number(file.split('\n')[0]);
  }

  /** Ends everything and removes the folder. */
  async stop(): Promise<void> {
    await end(this.sandbox);
    await this.pool.end();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private control(method: 'GET' | 'POST', path: string, body?: object) {
    return request(method, `${this.sandboxUrl}/_control${path}`, { authorization: `Bearer ${TOKEN}` }, body);
  }
}

/** Whether there is a Redis server on this machine. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

async function startPostgres(dataDirectory: string, countStatements: boolean): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  if (!countStatements) return postgres;
  const client = new pg.Client({ connectionString: postgres.ownerUrl });
  await client.connect();
  await client.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await client.query('create extension pg_stat_statements');
  await client.end();
  await postgres.stop();
  return startEmbeddedPostgres({ dataDirectory });
}

async function startRedis(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const settings = {
    bind: '127.0.0.1',
    port,
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = await launchReady('redis-server', args, {}, /Ready to accept connections/);
  return { child, url: `redis://127.0.0.1:${port}` };
}
