import 'reflect-metadata';
import { loadConfig, openKernel } from '#kernel';
import { loadPlatforms } from '#platforms';
import { migrations } from '../../../migrations/index.js';
import { createWorker } from './create-worker.js';

/** A worker alone; start as many as wanted on the same database. */
async function main(): Promise<void> {
  const config = loadConfig();
  const { databaseUrl, migrateDatabaseUrl } = config;
  if (databaseUrl === undefined || migrateDatabaseUrl === undefined) {
    throw new Error('A worker alone needs DATABASE_URL. `npm start` brings a database of its own.');
  }
  const kernel = await openKernel({ config, databaseUrl, ownerUrl: migrateDatabaseUrl, migrations, entities: [] });
  const worker = await createWorker(kernel, databaseUrl, await loadPlatforms());
  console.log('ClickPost worker is at work');
  const stop = async () => {
    await worker.close();
    await kernel.database.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
