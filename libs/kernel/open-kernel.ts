import { type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';
import { systemClock } from './clock/index.js';
import { type Config, resolveSecretKey } from './config/index.js';
import { Database, migrate } from './database/index.js';
import { type Kernel } from './kernel.module.js';
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
}

/** Migrates, connects and opens what every process needs. Whoever opens it closes its database. */
export async function openKernel(options: OpenKernelOptions): Promise<Kernel> {
  const { config, databaseUrl, ownerUrl, migrations, entities } = options;
  const vault = new Vault(await resolveSecretKey(config), config.previousSecretKeys);
  await migrate({ ownerUrl, url: databaseUrl, migrations });
  const database = await Database.connect({ url: databaseUrl, entities });
  return { config, database, vault, clock: systemClock, storage: await createStorage(config) };
}
