import 'reflect-metadata';
import { accountEntities } from '#accounts';
import { loadConfig, openKernel } from '#kernel';
import { loadPlatforms } from '#platforms';
import { migrations } from '../../../migrations/index.js';
import { createApi } from './create-api.js';

/** The API alone, on a database of its own choice. */
async function main(): Promise<void> {
  const config = loadConfig();
  const { databaseUrl, migrateDatabaseUrl } = config;
  if (databaseUrl === undefined || migrateDatabaseUrl === undefined) {
    throw new Error('The API alone needs DATABASE_URL. `npm start` brings a database of its own.');
  }
  const kernel = await openKernel({
    config,
    databaseUrl,
    ownerUrl: migrateDatabaseUrl,
    migrations,
    entities: accountEntities,
  });
  const api = await createApi({ kernel, platforms: await loadPlatforms() });
  await api.listen(config.port, config.host);
  console.log(`ClickPost API at ${config.publicUrl}`);
  const stop = async () => {
    await api.close();
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
