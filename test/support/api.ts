import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { type EntityTarget, type ObjectLiteral } from 'typeorm';
import { accountEntities } from '#accounts';
import { Database, FolderStorage, type Kernel, loadConfig, migrate, systemClock, Vault } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { createApi } from '../../apps/api/src/create-api.js';
import { type Modules } from '../../apps/api/src/api.module.js';
import { migrations } from '../../migrations/index.js';
import { createTestDatabase } from './database.js';
import { freePort } from './processes.js';

/** A browser with its cookies. */
export type Agent = ReturnType<typeof request.agent>;

/** Somebody who has signed up, signed in in a browser and with a key for programs. */
export interface TestAccount {
  agent: Agent;
  email: string;
  password: string;
  userId: string;
  organizationId: string;
  workspaceId: string;
  apiKey: string;
}

export interface TestApi {
  app: NestExpressApplication;
  /** `http://127.0.0.1:<port>` */
  url: string;
  kernel: Kernel;
  /** Logins for raw SQL: the application's, and the owner's, who sees everything. */
  databaseUrl: string;
  ownerUrl: string;
  /** A new browser. */
  agent(): Agent;
  /** A new organization of its own. */
  signUp(input?: SignUpInput): Promise<TestAccount>;
  close(): Promise<void>;
}

/** What a test says of somebody who signs up; the rest is made up. */
interface SignUpInput {
  email?: string;
  name?: string;
  organization?: string;
  timeZone?: string;
}

export interface TestApiOptions {
  platforms?: PlatformRegistry;
  /** Resources beside those of the shell. */
  modules?: Modules;
  /** Entities beside those of the accounts. */
  entities?: (EntityTarget<ObjectLiteral> & (new () => object))[];
  /** Environment variables. */
  env?: Record<string, string>;
  /** Replaces parts of the kernel, such as the clock. */
  kernel?: Partial<Kernel>;
}

const SECRET_KEY = 'a secret key for tests alone, long enough';

/** The API on a free port, with a database and a folder of its own. `close` takes all of it away again. */
export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { platforms = new PlatformRegistry([]), modules = [], entities = [] } = options;
  const testDatabase = await createTestDatabase(({ ownerUrl, url }) => migrate({ ownerUrl, url, migrations }));
  const dataDir = await mkdtemp(join(tmpdir(), 'clickpost-api-'));
  const database = await Database.connect({
    url: testDatabase.url,
    poolSize: 8,
    entities: [...accountEntities, ...entities],
  });
  const config = loadConfig({
    NODE_ENV: 'test',
    // Known ahead: networks fetch files from the public address, and send people back to it.
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    SECRET_KEY,
    DATABASE_URL: testDatabase.url,
    ...options.env,
  });
  const kernel: Kernel = {
    config,
    database,
    vault: new Vault(SECRET_KEY),
    clock: systemClock,
    storage: new FolderStorage(join(dataDir, 'files')),
    ...options.kernel,
  };
  const app = await createApi({ kernel, platforms, modules });
  await app.listen(config.port, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const agent = () => request.agent(url);
  return {
    app,
    url,
    kernel,
    databaseUrl: testDatabase.url,
    ownerUrl: testDatabase.ownerUrl,
    agent,
    signUp: (input) => signUp(agent(), input),
    close: async () => {
      await app.close();
      await database.close();
      await testDatabase.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

let people = 0;

async function signUp(agent: Agent, input: SignUpInput = {}): Promise<TestAccount> {
  people += 1;
  const { email = `person-${people}@example.com` } = input;
  const password = `correct horse ${people}`;
  const { body } = await agent
    .post('/v1/auth/signup')
    .send({ email, password, name: `Person ${people}`, organization: `Organization ${people}`, ...input })
    .expect(201);
  const { body: key } = await agent.post('/v1/api-keys').send({ name: 'test' }).expect(201);
  return {
    agent,
    email,
    password,
    userId: body.user.id,
    organizationId: body.organization.id,
    workspaceId: body.workspace.id,
    apiKey: key.key,
  };
}
