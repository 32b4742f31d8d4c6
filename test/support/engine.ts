import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { accountEntities } from '#accounts';
import { ChannelsModule, ConnectionsService } from '#channels';
import { type Kernel, KernelModule, loadConfig, migrate, openKernel } from '#kernel';
import { MediaModule } from '#media';
import { PlanningModule, type PostWithPublications, PostsService, type Schedule } from '#planning';
import { loadPlatforms, type PlatformRegistry } from '#platforms';
import { type LogRecord, type PublicationRecord, PublicationsService } from '#publishing';
import { type Sandbox, startSandbox } from '#sandbox';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { migrations } from '../../migrations/index.js';
import { createTestDatabase } from './database.js';

const SECRET_KEY = 'a secret key for tests alone, long enough';
const WAIT_MS = 30_000;

/** Someone's workspace with the services that planning offers. */
export interface TestTenant {
  organizationId: string;
  workspaceId: string;
  author: { organizationId: string; actor: { type: 'user'; id: string; name: string } };
}

/** The delivery engine in this process, against a real database and the practice networks. */
export class TestEngine {
  readonly workers: INestApplicationContext[] = [];

  private constructor(
    readonly kernel: Kernel,
    readonly platforms: PlatformRegistry,
    readonly sandbox: Sandbox,
    readonly databaseUrl: string,
    private readonly services: INestApplicationContext,
    /** The owner's connection, for looking at what no role of the application may see at once. */
    readonly owner: pg.Client,
    private readonly ends: (() => Promise<unknown>)[],
  ) {}

  static async start(env: Record<string, string> = {}, platforms?: PlatformRegistry): Promise<TestEngine> {
    const registry = platforms ?? (await loadPlatforms());
    const testDatabase = await createTestDatabase(({ ownerUrl, url }) => migrate({ ownerUrl, url, migrations }));
    const dataDir = await mkdtemp(join(tmpdir(), 'clickpost-engine-'));
    const sandbox = await startSandbox({ platforms: registry, host: '127.0.0.1', port: 0, controlToken: 'test' });
    const config = loadConfig({
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      SECRET_KEY,
      DATABASE_URL: testDatabase.url,
      SANDBOX: 'on',
      SANDBOX_URL: sandbox.origin,
      PUBLISH_TIMEOUT_MS: '1000',
      PUBLISH_START_WITHIN_MS: '500',
      PUBLISH_LEASE_MS: '3000',
      PUBLISH_POLL_MS: '50',
      ...env,
    });
    const kernel = await openKernel({
      config,
      databaseUrl: testDatabase.url,
      ownerUrl: testDatabase.ownerUrl,
      migrations,
      entities: accountEntities,
    });
    const services = await NestFactory.createApplicationContext(servicesModule(kernel, registry), { logger: false });
    const owner = new pg.Client({ connectionString: testDatabase.ownerUrl });
    await owner.connect();
    return new TestEngine(kernel, registry, sandbox, testDatabase.url, services, owner, [
      () => services.close(),
      () => owner.end(),
      () => kernel.database.close(),
      () => sandbox.close(),
      () => testDatabase.drop(),
      () => rm(dataDir, { recursive: true, force: true }),
    ]);
  }

  get posts(): PostsService {
    return this.services.get(PostsService, { strict: false });
  }
  get publications(): PublicationsService {
    return this.services.get(PublicationsService, { strict: false });
  }
  get connections(): ConnectionsService {
    return this.services.get(ConnectionsService, { strict: false });
  }

  async startWorker(): Promise<INestApplicationContext> {
    const worker = await createWorker(this.kernel, this.databaseUrl, this.platforms);
    await worker.init();
    this.workers.push(worker);
    return worker;
  }

  /** A new organization with one workspace. */
  async tenant(): Promise<TestTenant> {
    const [organizationId, workspaceId] = [randomUUID(), randomUUID()];
    await this.owner.query(`insert into organizations (id, name) values ($1, 'Test')`, [organizationId]);
    await this.owner.query(
      `insert into workspaces (id, organization_id, name, time_zone) values ($1, $2, 'Test', 'Europe/Berlin')`,
      [workspaceId, organizationId],
    );
    const actor = { type: 'user' as const, id: randomUUID(), name: 'Test author' };
    return { organizationId, workspaceId, author: { organizationId, actor } };
  }

  /** Connects a practice account and returns the channel's id. */
  async connect(tenant: TestTenant, platform: string, credentials?: Record<string, string>): Promise<string> {
    const { organizationId, workspaceId } = tenant;
    const input = credentials ? { credentials } : { practice: true };
    const connection = await this.connections.connect({ organizationId, workspaceId, platform, ...input });
    const [channel] = connection.channels;
    if (!channel) throw new Error('The connection has no channel.');
    return channel.id;
  }

  async post(
    tenant: TestTenant,
    channels: readonly string[],
    text: string,
    schedule: Schedule = 'now',
  ): Promise<PostWithPublications> {
    const input = { content: { text }, media: [], channels: channels.map((id) => ({ id })), schedule };
    return this.posts.create(tenant.author, tenant.workspaceId, input, undefined, (created) => created);
  }

  async find(id: string): Promise<PublicationRecord> {
    const { rows } = await this.owner.query<PublicationRecord>('select * from publications where id = $1', [id]);
    if (!rows[0]) throw new Error(`There is no publication ${id}.`);
    return rows[0];
  }

  async log(id: string): Promise<LogRecord[]> {
    const { rows } = await this.owner.query<LogRecord>(
      'select * from publishing_log where publication_id = $1 order by version',
      [id],
    );
    return rows;
  }

  /** Waits until a publication is in one of the states. Fails with its story when it never is. */
  async until(id: string, ...states: PublicationRecord['state'][]): Promise<PublicationRecord> {
    const end = performance.now() + WAIT_MS;
    for (;;) {
      const found = await this.find(id);
      if (states.includes(found.state)) return found;
      if (performance.now() > end) throw new Error(`Still ${found.state}, not ${states.join(' or ')}: ${await this.story(id)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** The log in a line, for assertions and for failing tests. */
  async story(id: string): Promise<string> {
    return (await this.log(id)).map((entry) => entry.kind).join(' ');
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
    for (const end of this.ends) await end();
  }
}

function servicesModule(kernel: Kernel, platforms: PlatformRegistry) {
  @Module({ imports: [KernelModule.forRoot(kernel), ChannelsModule.forRoot(platforms), MediaModule, PlanningModule] })
  class TestServices {}
  return TestServices;
}
