import 'reflect-metadata';
import { accountEntities } from '#accounts';
import { optionsFrom } from '#channels';
import { databaseOf, openKernel, runProgram } from '#kernel';
import { loadPlatforms } from '#platforms';
import { migrations } from '../../../migrations/index.js';
import { createApi } from './create-api.js';

/** The API alone, on a database of its own choice. */
await runProgram(async (config, starting) => {
  const entities = accountEntities;
  const kernel = await openKernel({ config, ...databaseOf(config), migrations, entities, starting });
  const api = await createApi({ kernel, platforms: await loadPlatforms(undefined, optionsFrom(process.env)) });
  await api.listen(config.port, config.host);
  return {
    ready: `ClickPost API at ${config.publicUrl}`,
    stop: async () => {
      await api.close();
      await kernel.database.close();
    },
  };
});
