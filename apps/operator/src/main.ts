import 'reflect-metadata';
import { join } from 'node:path';
import { type Config, Database, databaseOf, embeddedDatabaseUrl, explainStart, loadConfig } from '#kernel';
import { operate, readOrder } from './operate.js';

/** For whoever operates the installation: beside the running programs, on the same settings. */
let config: Config | undefined;
try {
  const order = readOrder(process.argv.slice(2));
  if ('said' in order) {
    process.stdout.write(order.said);
    process.exitCode = order.code;
  } else {
    config = loadConfig();
    const database = await Database.connect({ url: await urlOf(config), poolSize: 1 });
    try {
      process.stdout.write((await operate(database, order)).said);
    } finally {
      await database.close();
    }
  }
} catch (error) {
  process.stderr.write(`${explainStart(error, config)}\n`);
  process.exitCode = 1;
}

async function urlOf(settings: Config): Promise<string> {
  if (!settings.embedded) return databaseOf(settings).databaseUrl;
  const url = await embeddedDatabaseUrl(join(settings.dataDir, 'postgres'));
  if (url !== undefined) return url;
  throw new Error(
    `There is no database in ${settings.dataDir}. Set DATA_DIR or DATABASE_URL as ClickPost itself has it.`,
  );
}
