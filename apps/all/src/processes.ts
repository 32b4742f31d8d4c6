import {
  awaitQueue,
  type Config,
  createLogger,
  databaseOf,
  type EmbeddedPostgres,
  endWithin,
  openKernel,
  startEmbeddedPostgres,
  type Starting,
} from '#kernel';
import { type PlatformRegistry } from '#platforms';
import { type Sandbox } from '#sandbox';
import { join } from 'node:path';

/** How much longer than one request to a platform the worker may take to stop. */
const STOP_RESERVE_MS = 1_500;
/** A connection that a cut-off publication still holds must not keep the database server from being stopped. */
const CLOSE_MS = 1_000;

/** Everything that runs, and how to end it. */
export interface Running {
  database: 'embedded' | 'external';
  /** Resolves with a sentence when something that must run has ended by itself. */
  broken?: Promise<string>;
  /** Ends all of it, last started first. */
  stop(): Promise<void>;
}

/**
 * Starts database, practice networks, API and worker in one process, telling what takes time. The server starts while the
 * programs are still being read, and the API listens before the worker is: what it accepts meanwhile waits in the database.
 */
export async function startAll(config: Config, waiting: Starting): Promise<Running> {
  const { tell } = waiting;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = () => endAll(stops.splice(0).reverse());
  try {
    const starting = startDatabase(config, tell);
    // Where it did not start there is nothing to stop, and why is told below; a server that does not stop is told.
    stops.push(() =>
      starting.then(
        (postgres) => postgres?.stop(),
        () => undefined,
      ),
    );
    const [postgres, parts] = await Promise.all([starting, loadParts()]);
    const urls = postgres ? { databaseUrl: postgres.url, ownerUrl: postgres.ownerUrl } : databaseOf(config);
    tell('Bringing the database up to date …');
    const { migrations, accountEntities } = parts;
    const kernel = await openKernel({ config, ...urls, migrations, entities: accountEntities, starting: waiting });
    stops.push(() => endWithin(CLOSE_MS, () => kernel.database.close()));
    const platforms = await parts.loadPlatforms(undefined, parts.optionsFrom(process.env));
    const sandbox = await startPractice(config, platforms, tell);
    if (sandbox) stops.push(() => sandbox.close());
    tell('Starting the API and the worker …');
    const api = await parts.createApi({ kernel, platforms });
    stops.push(() => api.close());
    await api.listen(config.port, config.host);
    await awaitQueue(config, waiting);
    const { createWorker } = await import('../../worker/src/create-worker.js');
    const worker = await createWorker(kernel, urls.databaseUrl, platforms);
    // What is cut off after that is looked up by the next start.
    stops.push(() => endWithin(config.publish.timeoutMs + STOP_RESERVE_MS, () => worker.close()));
    if (!postgres) return { database: 'external', stop };
    const broken = postgres.exited.then(() => 'The database ended unexpectedly; start ClickPost again.');
    return { database: 'embedded', broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the API is made of: most of a start is reading it. */
async function loadParts() {
  return {
    ...(await import('../../api/src/create-api.js')),
    ...(await import('#accounts')),
    ...(await import('#platforms')),
    ...(await import('#channels')),
    ...(await import('../../../migrations/index.js')),
  };
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
  const { startSandbox } = await import('#sandbox');
  return startSandbox({
    platforms,
    host: config.host,
    port,
    directory: join(config.dataDir, 'sandbox'),
    controlToken: token,
    reach: new Set([new URL(config.publicUrl).origin]),
    logger: createLogger(config),
  });
}
