import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel';
import { Child, type Ending } from './child.js';
import { Guard } from './guard.js';
import { type Options } from './options.js';
import { Proxy } from './proxy.js';

/** The engine's times in a run: short, so that much happens in it. */
export const TIMES = {
  PUBLISH_TIMEOUT_MS: '3000',
  PUBLISH_START_WITHIN_MS: '2000',
  PUBLISH_LEASE_MS: '6000',
  PUBLISH_POLL_MS: '100',
};

/** How far the clock of the second worker is off, in milliseconds. */
export const CLOCK_OFFSET_MS = -90_000;

/** `dist`, from `dist/test/chaos`. */
const DIST = join(import.meta.dirname, '../..');
/** What the letters in the database are sealed with. */
export const SECRET_KEY = 'a secret key for tests alone, long enough';
const TOKEN = 'the token of the fault controls';
const FIRST_PORT = 20_000;
const LAST_PORT = 30_000;

/** The whole installation: every process of its own, each of which can be killed and comes back. */
export class Installation {
  readonly api: Child;
  readonly workers: Child[];
  private readonly sandbox: Child;
  private readonly redis: Child | undefined;
  private postgres: EmbeddedPostgres;
  private postgresIsDown: Promise<void> = Promise.resolve();
  private ended: Promise<void> | undefined;

  private constructor(
    private readonly folder: string,
    private readonly guard: Guard,
    private readonly options: Options,
    postgres: EmbeddedPostgres,
    private readonly proxies: { postgres: Proxy; pulls: Proxy; redis?: Proxy },
    private readonly ports: { api: number; sandbox: number; redis: number },
  ) {
    this.postgres = postgres;
    const { api, sandbox, redis } = ports;
    this.sandbox = this.program('sandbox', 'sandbox', /practice networks at/, { SANDBOX_PORT: String(sandbox) });
    this.api = this.program('api', 'api', /API at/, { PORT: String(api) });
    this.workers = Array.from({ length: options.workers }, (_, index) => {
      const offset = index === 1 ? { CHAOS_CLOCK_OFFSET_MS: String(CLOCK_OFFSET_MS) } : {};
      return this.program(`worker-${index}`, 'worker', /at work/, offset);
    });
    this.redis = proxies.redis && this.redisServer(redis);
  }

  static async start(options: Options): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'clickpost-chaos-'));
    await chmod(folder, 0o755);
    const guard = Guard.start(folder);
    const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
    const ports = { api: await stablePort(), sandbox: await stablePort(), redis: await stablePort() };
    const redis = options.queue === 'redis' ? { redis: await Proxy.to(ports.redis) } : {};
    const proxies = { postgres: await Proxy.to(portOf(postgres)), pulls: await Proxy.to(ports.api), ...redis };
    const installation = new Installation(folder, guard, options, postgres, proxies, ports);
    try {
      await installation.begin();
      return installation;
    } catch (error) {
      await installation.end();
      throw error;
    }
  }

  /** Where people and this run reach it. */
  get addresses(): { url: string; sandboxUrl: string; sandboxToken: string } {
    const { api, sandbox } = this.ports;
    return { url: `http://127.0.0.1:${api}`, sandboxUrl: `http://127.0.0.1:${sandbox}`, sandboxToken: TOKEN };
  }

  /** Everything that is not the practice networks and may be started by hand. */
  get queue(): { redisUrl: string } | { databaseUrl: string } {
    const { redis } = this.proxies;
    return redis
      ? { redisUrl: `redis://127.0.0.1:${redis.port}` }
      : { databaseUrl: this.behindProxy(this.postgres.url) };
  }

  /** Kills the database server and starts it again, one time after the other. What it had acknowledged is on disk. */
  killPostgres(backAfterMs: number): Promise<void> {
    this.postgresIsDown = this.postgresIsDown.then(() => this.exchangePostgres(backAfterMs));
    return this.postgresIsDown;
  }

  /**
   * Kills one of the database's processes, after which the server throws everybody out and recovers. Never while the server is
   * being started again: this very program is among those who are thrown out.
   */
  killBackend(): Promise<void> {
    this.postgresIsDown = this.postgresIsDown.then(() => this.endBackend());
    return this.postgresIsDown;
  }

  private async endBackend(): Promise<void> {
    const [backend] = await this.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'clickpost' order by random() limit 1`,
    );
    if (backend) process.kill(backend.pid, 'SIGKILL');
  }

  async killRedis(backAfterMs: number): Promise<void> {
    await this.redis?.kill(backAfterMs);
    await this.redis?.isReady();
  }

  /** Resets every connection to the database and to Redis. */
  cutConnections(): void {
    this.proxies.postgres.cut();
    this.proxies.redis?.cut();
  }

  /** Resets every connection by which a network fetches a file, or tells something. */
  cutPulls(): void {
    this.proxies.pulls.cut();
  }

  /** A statement as the owner, who sees everything; tried again while the database is away. */
  async query<T extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    for (let attempt = 1; ; attempt += 1) {
      // Not by way of the proxy: what looks on is not part of what is disturbed.
      const client = new pg.Client({ connectionString: this.postgres.ownerUrl, connectionTimeoutMillis: 5_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await client.query<T>(sql, parameters)).rows;
      } catch (error) {
        if (attempt >= 60 || (error as { code?: string }).code?.match(/^(22|23|42)/)) throw error;
        await sleep(250);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  /** Everything runs and is ready. */
  async isWhole(): Promise<void> {
    await this.postgresIsDown;
    for (const worker of this.workers) worker.signal('SIGCONT');
    await Promise.all([this.api, ...this.workers, ...(this.redis ? [this.redis] : [])].map((child) => child.isReady()));
  }

  /** Every program, with how it ended although nobody told it to. */
  endings(): [name: string, endings: readonly Ending[]][] {
    const programs = [this.sandbox, this.api, ...this.workers, ...(this.redis ? [this.redis] : [])];
    return programs.map((child) => [child.name, child.endings]);
  }

  /** Ends every process, whatever state it is in, and removes the folder. May be called more than once. */
  end(): Promise<void> {
    return (this.ended ??= this.takeAway());
  }

  private async begin(): Promise<void> {
    this.redis?.start();
    await this.redis?.isReady();
    // The first one brings the database up to date.
    this.api.start();
    this.sandbox.start();
    await Promise.all([this.api.isReady(), this.sandbox.isReady()]);
    for (const worker of this.workers) worker.start();
    await Promise.all(this.workers.map((worker) => worker.isReady()));
  }

  private async exchangePostgres(backAfterMs: number): Promise<void> {
    const { dataDirectory } = this.postgres;
    const file = await readFile(join(dataDirectory, 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(Number(file.split('\n')[0]), 'SIGKILL');
    await this.postgres.stop();
    await sleep(backAfterMs);
    this.postgres = await startEmbeddedPostgres({ dataDirectory: join(this.folder, 'postgres') });
    this.proxies.postgres.target = portOf(this.postgres);
  }

  private async takeAway(): Promise<void> {
    const children = [this.api, this.sandbox, ...this.workers, ...(this.redis ? [this.redis] : [])];
    await Promise.all(children.map((child) => child.stop()));
    await this.postgresIsDown.catch(() => undefined);
    await this.postgres.stop();
    await this.proxies.postgres.close();
    await this.proxies.pulls.close();
    await this.proxies.redis?.close();
    if (this.options.keep) process.stderr.write(`The logs are in ${this.folder}\n`);
    else await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    this.guard.release();
  }

  private program(name: string, app: string, ready: RegExp, more: Record<string, string>): Child {
    const { variant } = this.options;
    const preloads = [
      ...('CHAOS_CLOCK_OFFSET_MS' in more ? ['preload/clock.js'] : []),
      ...(variant !== undefined && app !== 'sandbox' ? ['variants/install.js'] : []),
    ];
    return new Child({
      name,
      command: process.execPath,
      arguments: [
        ...preloads.flatMap((file) => ['--import', join(import.meta.dirname, file)]),
        join(DIST, 'apps', app, 'src/main.js'),
      ],
      env: { ...this.environment(), ...more, ...(variant !== undefined && { CHAOS_VARIANT: variant }) },
      log: join(this.folder, `${name}.log`),
      ready,
      guard: this.guard,
    });
  }

  private redisServer(port: number): Child {
    const settings = {
      bind: '127.0.0.1',
      port,
      dir: this.folder,
      save: '',
      appendonly: 'no',
      'maxmemory-policy': 'noeviction',
    };
    return new Child({
      name: 'redis',
      command: 'redis-server',
      arguments: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
      env: {},
      log: join(this.folder, 'redis.log'),
      ready: /Ready to accept connections/,
      guard: this.guard,
    });
  }

  private environment(): Record<string, string> {
    return {
      ...TIMES,
      DATA_DIR: join(this.folder, 'data'),
      DATABASE_URL: this.behindProxy(this.postgres.url),
      MIGRATE_DATABASE_URL: this.behindProxy(this.postgres.ownerUrl),
      ...(this.proxies.redis && { REDIS_URL: `redis://127.0.0.1:${this.proxies.redis.port}` }),
      SECRET_KEY,
      // Where networks fetch files from, and send people and news to.
      PUBLIC_URL: `http://127.0.0.1:${this.proxies.pulls.port}`,
      // Else nobody could see what is published there.
      TIKTOK_AUDITED: 'audited',
      YOUTUBE_AUDITED: 'audited',
      SANDBOX: 'on',
      SANDBOX_URL: this.addresses.sandboxUrl,
      SANDBOX_TOKEN: TOKEN,
    };
  }

  private behindProxy(url: string): string {
    const moved = new URL(url);
    moved.port = String(this.proxies.postgres.port);
    return moved.href;
  }
}

function portOf(postgres: EmbeddedPostgres): number {
  return Number(new URL(postgres.url).port);
}

/** A free port below those that outgoing connections get, so that nobody takes it while its program is down. */
async function stablePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    const probe = createServer();
    probe.listen(port, '127.0.0.1');
    const free = await once(probe, 'listening').then(
      () => (probe.address() as AddressInfo).port === port,
      () => false,
    );
    if (!free) continue;
    await new Promise((closed) => probe.close(closed));
    return port;
  }
}
