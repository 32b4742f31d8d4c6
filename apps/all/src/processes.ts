import { accountEntities } from '#accounts';
import {
  type Config,
  createLogger,
  databaseOf,
  type EmbeddedPostgres,
  endWithin,
  openKernel,
  startEmbeddedPostgres,
} from '#kernel';
import { loadPlatforms, type PlatformRegistry } from '#platforms';
import { type Sandbox, startSandbox } from '#sandbox';
import { join } from 'node:path';
import { migrations } from '../../../migrations/index.js';
import { createApi } from '../../api/src/create-api.js';
import { createWorker } from '../../worker/src/create-worker.js';

/** How much longer than one request to a platform the worker may take to stop. */
const STOP_RESERVE_MS = 1_500;

/** Everything that runs, and how to end it. */
export interface Running {
  database: 'embedded' | 'external';
  /** Resolves with a sentence when something that must run has ended by itself. */
  broken?: Promise<string>;
  /** Ends all of it, last started first. */
  stop(): Promise<void>;
}

/** Starts database, practice networks, API and worker in one process, telling what takes time. */
export async function startAll(config: Config, tell: (sentence: string) => void): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = () => endAll(stops.splice(0).reverse());
  try {
    const postgres = await startDatabase(config, tell);
    if (postgres) stops.push(() => postgres.stop());
    const urls = postgres ? { databaseUrl: postgres.url, ownerUrl: postgres.ownerUrl } : databaseOf(config);
    tell('Bringing the database up to date …');
    const kernel = await openKernel({ config, ...urls, migrations, entities: accountEntities });
    stops.push(() => kernel.database.close());
    const platforms = await loadPlatforms();
    const sandbox = await startPractice(config, platforms, tell);
    if (sandbox) stops.push(() => sandbox.close());
    tell('Starting the worker and the API …');
    const worker = await createWorker(kernel, urls.databaseUrl, platforms);
    // What is cut off after that is looked up by the next start.
    stops.push(() => endWithin(config.publish.timeoutMs + STOP_RESERVE_MS, () => worker.close()));
    const api = await createApi({ kernel, platforms });
    stops.push(() => api.close());
    await api.listen(config.port, config.host);
    if (!postgres) return { database: 'external', stop };
    const broken = postgres.exited.then(() => 'The database ended unexpectedly; start ClickPost again.');
    return { database: 'embedded', broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends one after the other. One that does not succeed must not keep the rest alive, least of all the database server. */
async function endAll(ends: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join('; '));
}

async function startDatabase(config: Config, tell: (sentence: string) => void): Promise<EmbeddedPostgres | undefined> {
  if (!config.embedded) return undefined;
  return startEmbeddedPostgres({ dataDirectory: join(config.dataDir, 'postgres'), onProgress: tell });
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
