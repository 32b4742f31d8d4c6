import 'reflect-metadata';
import { optionsFrom } from '#channels';
import { awaitQueue, databaseOf, endWithin, openKernel, runProgram } from '#kernel';
import { loadPlatforms } from '#platforms';
import { migrations } from '../../../migrations/index.js';
import { createWorker } from './create-worker.js';

/** How much longer than one request to a platform the worker may take to stop. */
const STOP_RESERVE_MS = 1_500;

/** A worker alone; start as many as wanted on the same database. */
await runProgram(async (config, starting) => {
  const database = databaseOf(config);
  const kernel = await openKernel({ config, ...database, migrations, entities: [], starting });
  await awaitQueue(config, starting);
  const worker = await createWorker(
    kernel,
    database.databaseUrl,
    await loadPlatforms(undefined, optionsFrom(process.env)),
  );
  return {
    ready: 'ClickPost worker is at work',
    stop: async () => {
      // What is cut off after that is looked up by another worker, or by the next start.
      await endWithin(config.publish.timeoutMs + STOP_RESERVE_MS, () => worker.close());
      await kernel.database.close();
    },
  };
});
