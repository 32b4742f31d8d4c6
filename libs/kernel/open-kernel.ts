import { type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';
import { systemClock } from './clock/index.js';
import { type Config, resolveSecretKey } from './config/index.js';
import { Database, migrate } from './database/index.js';
import { type Kernel } from './kernel.module.js';
import { explainAbsence, patiently, type Starting } from './program/index.js';
import { createStorage } from './storage/index.js';
import { Vault } from './vault/index.js';

export interface OpenKernelOptions {
  config: Config;
  /** The application's login. */
  databaseUrl: string;
  /** The owner's login, for migrations. */
  ownerUrl: string;
  migrations: readonly (new () => MigrationInterface)[];
  entities: (EntityTarget<ObjectLiteral> & (new () => object))[];
  /** Waits for a database of somebody else's that is away, and tells so. Without it, what is away is thrown. */
  starting?: Starting;
}

/**
 * Migrates, connects and opens what every process needs. Whoever opens it closes its database.
 * @throws what keeps it from the database: see `explainStart`
 */
export async function openKernel(options: OpenKernelOptions): Promise<Kernel> {
  const { config, starting } = options;
  const vault = new Vault(await resolveSecretKey(config), config.previousSecretKeys);
  const open = () => openDatabase(options);
  // The embedded server was started by this very program: where it is away, it stays away.
  const database = await (starting && !config.embedded ? patiently(starting, open, explainAbsence) : open());
  return { config, database, vault, clock: systemClock, storage: await createStorage(config) };
}

async function openDatabase({
  databaseUrl: url,
  ownerUrl,
  migrations,
  entities,
}: OpenKernelOptions): Promise<Database> {
  await migrate({ ownerUrl, url, migrations });
  return Database.connect({ url, entities });
}
