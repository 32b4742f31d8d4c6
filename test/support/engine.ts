import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { accountEntities, type Principal } from '#accounts';
import { ChannelsModule, ChannelsService, ConnectionsService } from '#channels';
import { type Kernel, KernelModule, loadConfig, migrate, openKernel, type Transaction } from '#kernel';
import { MediaAddresses, MediaModule, MediaUploads } from '#media';
import { PlanningModule, type PostWithPublications, PostsService, type Schedule } from '#planning';
import { loadPlatforms, type PlatformRegistry } from '#platforms';
import {
  type Actor,
  type LogRecord,
  type PublicationRecord,
  PublicationsService,
  PublishingModule,
  type SegmentRecord,
} from '#publishing';
import { type Sandbox, startSandbox } from '#sandbox';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { migrations } from '../../migrations/index.js';
import { connectByConsent, connectNamed } from './engine-accounts.js';
import { type EngineParts, startParts } from './engine-parts.js';
import { createTestDatabase } from './database.js';
import { MediaServer } from './media-server.js';
import { pictureUpload } from './people.js';

const SECRET_KEY = 'a secret key for tests alone, long enough';
const WAIT_MS = 30_000;

/** Someone's workspace with the services that planning offers. */
export interface TestTenant {
  organizationId: string;
  workspaceId: string;
  author: { organizationId: string; actor: { type: 'user'; id: string; name: string } };
}

/** The owner of a tenant, as services are asked by one. */
export function ownerOf({ organizationId, author }: TestTenant): Principal {
  const { id: userId, name } = author.actor;
  return { userId, organizationId, name, role: 'owner', workspaceRoles: new Map(), via: 'session', key: null };
}

/** The delivery engine in this process, against a real database and the practice networks. */
export class TestEngine {
  readonly workers: INestApplicationContext[] = [];

  private constructor(
    readonly kernel: Kernel,
    readonly platforms: PlatformRegistry,
    readonly sandbox: Sandbox,
    readonly databaseUrl: string,
    /** The database's owner's, for a further connection. */
    readonly ownerUrl: string,
    private readonly services: INestApplicationContext,
    /** The owner's connection, for looking at what no role of the application may see at once. */
    readonly owner: pg.Client,
    private readonly ends: (() => Promise<unknown>)[],
  ) {}

  static async start(env: Record<string, string> = {}, platforms?: PlatformRegistry): Promise<TestEngine> {
    const registry = platforms ?? (await loadPlatforms());
    const testDatabase = await createTestDatabase(({ ownerUrl, url }) => migrate({ ownerUrl, url, migrations }));
    const dataDir = await mkdtemp(join(tmpdir(), 'clickpost-engine-'));
    const files = await MediaServer.start();
    const sandbox = await startSandbox({
      ...{ platforms: registry, host: '127.0.0.1', port: 0, controlToken: 'test', reach: new Set([files.origin]) },
    });
    const config = loadConfig({
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      SECRET_KEY,
      DATABASE_URL: testDatabase.url,
      SANDBOX: 'on',
      SANDBOX_URL: sandbox.origin,
      PUBLIC_URL: files.origin,
      // Short, and yet long enough that a busy machine does not look like a fault.
      PUBLISH_TIMEOUT_MS: '2000',
      PUBLISH_START_WITHIN_MS: '2000',
      PUBLISH_LEASE_MS: '5000',
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
    files.serve(services.get(MediaAddresses, { strict: false }), kernel.storage);
    const owner = new pg.Client({ connectionString: testDatabase.ownerUrl });
    await owner.connect();
    return new TestEngine(kernel, registry, sandbox, testDatabase.url, testDatabase.ownerUrl, services, owner, [
      () => services.close(),
      () => owner.end(),
      () => kernel.database.close(),
      () => sandbox.close(),
      () => files.close(),
      () => testDatabase.drop(),
      () => rm(dataDir, { recursive: true, force: true }),
    ]);
  }

  /** A service of the libraries, as the API has it. */
  service<T>(type: abstract new (...args: never[]) => T): T {
    return this.services.get<T>(type, { strict: false });
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
  get channels(): ChannelsService {
    return this.services.get(ChannelsService, { strict: false });
  }

  async startWorker(): Promise<INestApplicationContext> {
    const worker = await createWorker(this.kernel, this.databaseUrl, this.platforms);
    await worker.init();
    this.workers.push(worker);
    return worker;
  }

  /** A worker's engine with nothing that drives it: invitations are made and carried out by the test. */
  async parts(): Promise<EngineParts> {
    const { context, parts } = await startParts(this);
    this.workers.push(context);
    return parts;
  }

  /** From now on no fault of a network counts as its outage: for specs that show many faults one by one. */
  async withoutBreakers(): Promise<void> {
    await this.owner.query(`
      create function no_breaker() returns trigger language plpgsql as 'begin return null; end';
      create trigger no_breaker before insert on breakers for each row execute function no_breaker()`);
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

  /** Connects a practice account of this name, lower-case letters and digits, and returns the channel's id. */
  account(tenant: TestTenant, platform: string, name: string): Promise<string> {
    return connectNamed(this, tenant, platform, name);
  }

  /** Consents on Facebook's practice page, and returns the first Page's channel id. */
  connectFacebook(tenant: TestTenant, person = 'Practice Person'): Promise<string> {
    return connectByConsent(this, tenant, { platform: 'facebook', person });
  }

  /**
   * Consents on the practice network's own page, as a person would, and returns the first channel's id.
   * @param way where the platform has several; its first where left out
   */
  connectByConsent(tenant: TestTenant, platform: string, person?: string, way?: string): Promise<string> {
    return connectByConsent(this, tenant, { platform, person, way });
  }

  /** Uploads a small picture and returns its id. */
  async image(tenant: TestTenant): Promise<string> {
    const request = await pictureUpload();
    const uploads = this.services.get(MediaUploads, { strict: false });
    const media = await uploads.upload(
      { organizationId: tenant.organizationId, workspaceId: tenant.workspaceId },
      request,
    );
    return media.id;
  }

  async post(
    tenant: TestTenant,
    channels: readonly string[],
    text: string,
    schedule: Schedule = 'now',
    media: readonly string[] = [],
  ): Promise<PostWithPublications> {
    const input = {
      content: { text },
      media: media.map((id) => ({ id })),
      channels: channels.map((id) => ({ id })),
      schedule,
    };
    return this.posts.create(tenant.author, tenant.workspaceId, input, undefined, (created) => created);
  }

  /** One publication of a new post on one channel; due now, or so many seconds from now. */
  async publication(
    tenant: TestTenant,
    channel: string,
    text: string,
    options: { dueIn?: number; media?: readonly string[] } = {},
  ): Promise<PublicationRecord> {
    const at = new Date(Date.now() + (options.dueIn ?? 0) * 1000).toISOString();
    const schedule: Schedule = options.dueIn === undefined ? 'now' : { at, timeZone: 'UTC' };
    const created = await this.post(tenant, [channel], text, schedule, options.media);
    const [publication] = created.publications;
    if (!publication) throw new Error('Nothing was scheduled.');
    return publication;
  }

  /** A thread on one channel, due now: the post, the parts below it and, where one is given, its first comment. */
  async thread(
    tenant: TestTenant,
    channelId: string,
    [text = '', ...parts]: readonly string[],
    more: { firstComment?: string; media?: Readonly<Record<number, string>> } = {},
  ): Promise<PublicationRecord> {
    const thread = parts.map((part, index) => {
      const id = more.media?.[index + 1];
      return { text: part, ...(id !== undefined && { media: [{ id }] }) };
    });
    const firstComment = more.firstComment === undefined ? {} : { firstComment: { text: more.firstComment } };
    const content = { text, thread, ...firstComment };
    const input = { content, media: [], channels: [{ id: channelId }], schedule: 'now' as const };
    const created = await this.posts.create(tenant.author, tenant.workspaceId, input, undefined, (post) => post);
    const [publication] = created.publications;
    if (!publication) throw new Error('Nothing was scheduled.');
    return publication;
  }

  /** Does something as the workspace's author. */
  as<T>(tenant: TestTenant, work: (tx: Transaction, actor: Actor) => Promise<T>): Promise<T> {
    return this.kernel.database.tenant(tenant.organizationId, (tx) => work(tx, tenant.author.actor));
  }

  /** Does something with one publication as the workspace's author, under its lock. */
  act<T>(
    tenant: TestTenant,
    id: string,
    work: (service: PublicationsService, tx: Transaction, actor: Actor, record: PublicationRecord) => Promise<T>,
  ): Promise<T> {
    return this.as(tenant, async (tx, actor) =>
      work(this.publications, tx, actor, await this.publications.lock(tx, id)),
    );
  }

  /** Waits for an unknown outcome, and lets the time pass that the platform may take to show what it accepted. */
  async settle(id: string): Promise<void> {
    await this.eventually(
      async () => {
        const { state, lease } = await this.find(id);
        if (state === 'committing' && lease === null) return true;
        // A worker may have been faster, where the time is short.
        return (await this.story(id)).includes('reconciled') ? true : undefined;
      },
      async () => `It has no unknown outcome: ${await this.story(id)}`,
    );
    // Clearly over: a worker that is taking it at this moment counts from when it began to.
    await this.owner.query(
      `update segments set settled_at = now() - interval '1 minute' where publication_id = $1 and outcome is null and fences > 0`,
      [id],
    );
    await this.skipWait(id);
  }

  /** Lets the time pass until a publication is looked after again, and until its channel may be used again. */
  async skipWait(id: string): Promise<void> {
    await this.owner.query(
      `update channels set blocked_until = null where id = (select channel_id from publications where id = $1)`,
      [id],
    );
    await this.owner.query(
      `update publications set next_check_at = now(), invitation = null, invited_until = null where id = $1 and lease is null`,
      [id],
    );
  }

  async segments(id: string): Promise<SegmentRecord[]> {
    const { rows } = await this.owner.query<SegmentRecord>(
      'select * from segments where publication_id = $1 order by position',
      [id],
    );
    return rows;
  }

  /** Texts that can be seen, of those that contain a word. */
  shown(word: string): string[] {
    return this.sandbox
      .visible()
      .map((post) => post.text)
      .filter((text) => text.includes(word));
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
    return this.eventually(
      async () => {
        const found = await this.find(id);
        return states.includes(found.state) ? found : undefined;
      },
      async () => `It is not ${states.join(' or ')} but ${(await this.find(id)).state}: ${await this.story(id)}`,
    );
  }

  /** Waits until the log of a publication has so many entries of a kind, one when left out. */
  async untilLogged(id: string, kind: LogRecord['kind'], times = 1): Promise<LogRecord> {
    return this.eventually(
      async () => (await this.log(id)).filter((entry) => entry.kind === kind)[times - 1],
      async () => `"${kind}" is not there: ${await this.story(id)}`,
    );
  }

  /** Waits until something is there. Fails with what `problem` says when it never is. */
  async eventually<T>(
    look: () => Promise<T | undefined> | T | undefined,
    problem: () => Promise<string> | string,
  ): Promise<T> {
    const end = performance.now() + WAIT_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (performance.now() > end) throw new Error(await problem());
      await sleep(20);
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
  @Module({
    imports: [
      KernelModule.forRoot(kernel),
      ChannelsModule.forRoot(platforms),
      MediaModule,
      PublishingModule,
      PlanningModule,
    ],
  })
  class TestServices {}
  return TestServices;
}
