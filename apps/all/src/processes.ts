import { accountEntities } from '#accounts';
import { type Config, createLogger, type EmbeddedPostgres, openKernel, startEmbeddedPostgres } from '#kernel';
import { loadPlatforms, type PlatformRegistry } from '#platforms';
import { type Sandbox, startSandbox } from '#sandbox';
import { join } from 'node:path';
import { migrations } from '../../../migrations/index.js';
import { createApi } from '../../api/src/create-api.js';
import { createWorker } from '../../worker/src/create-worker.js';

/** Everything that runs, and how to end it. */
export interface Running {
  /** Where a browser finds it. */
  url: string;
  sandbox: Sandbox | undefined;
  database: 'embedded' | 'external';
  /** Resolves with a sentence when something that must run has ended by itself. */
  broken: Promise<string>;
  /** Ends all of it, last started first. */
  stop(): Promise<void>;
}

/** Starts database, practice networks, API and worker in one process, telling what takes time. */
export async function startAll(config: Config, tell: (sentence: string) => void): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const postgres = await startDatabase(config, tell);
    if (postgres) stops.push(() => postgres.stop());
    const urls = databaseUrls(config, postgres);
    tell('Bringing the database up to date …');
    const kernel = await openKernel({ config, ...urls, migrations, entities: accountEntities });
    stops.push(() => kernel.database.close());
    const platforms = await loadPlatforms();
    const sandbox = await startPractice(config, platforms, tell);
    if (sandbox) stops.push(() => sandbox.close());
    tell('Starting the worker and the API …');
    const worker = await createWorker(kernel, urls.databaseUrl, platforms);
    stops.push(() => worker.close());
    const api = await createApi({ kernel, platforms });
    stops.push(() => api.close());
    await api.listen(config.port, config.host);
    const broken = postgres
      ? postgres.exited.then(() => 'The database ended unexpectedly; start ClickPost again.')
      : new Promise<string>(() => undefined);
    return { url: config.publicUrl, sandbox, database: postgres ? 'embedded' : 'external', broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDatabase(config: Config, tell: (sentence: string) => void): Promise<EmbeddedPostgres | undefined> {
  if (!config.embedded) return undefined;
  return startEmbeddedPostgres({ dataDirectory: join(config.dataDir, 'postgres'), onProgress: tell });
}

function databaseUrls(config: Config, postgres: EmbeddedPostgres | undefined) {
  const databaseUrl = postgres?.url ?? config.databaseUrl;
  const ownerUrl = postgres?.ownerUrl ?? config.migrateDatabaseUrl;
  if (databaseUrl === undefined || ownerUrl === undefined) throw new Error('There is no database to use.');
  return { databaseUrl, ownerUrl };
}

async function startPractice(
  config: Config,
  platforms: PlatformRegistry,
  tell: (sentence: string) => void,
): Promise<Sandbox | undefined> {
  const { enabled, external, port, token } = config.sandbox;
  if (!enabled || external) return undefined;
  tell('Starting the practice networks …');
  return startSandbox({
    platforms,
    host: config.host,
    port,
    directory: join(config.dataDir, 'sandbox'),
    controlToken: token,
    logger: createLogger(config),
  });
}
