import 'reflect-metadata';
import { join } from 'node:path';
import { type Config, Database, databaseOf, embeddedDatabaseUrl, explainStart, loadConfig } from '#kernel';
import { operate, readOrder } from './operate.js';

/** The embedded database cannot be reached; its message is for people. */
class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

/** For whoever operates the installation: beside the running programs, on the same settings. */
let config: Config | undefined;
try {
  const order = readOrder(process.argv.slice(2));
  if ('said' in order) {
    process.stdout.write(order.said);
    process.exitCode = order.code;
  } else {
    config = loadConfig();
    const database = await connect(config);
    try {
      process.stdout.write((await operate(database, order)).said);
    } finally {
      await database.close();
    }
  }
} catch (error) {
  const words = error instanceof NotRunningError ? error.message : explainStart(error, config);
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}

async function connect(settings: Config): Promise<Database> {
  if (!settings.embedded) return Database.connect({ url: databaseOf(settings).databaseUrl, poolSize: 1 });
  const { dataDir } = settings;
  const url = await embeddedDatabaseUrl(join(dataDir, 'postgres'));
  if (url === undefined) {
    throw new NotRunningError(
      `There is no database in ${dataDir}. Set DATA_DIR or DATABASE_URL as ClickPost itself has it.`,
    );
  }
  try {
    return await Database.connect({ url, poolSize: 1 });
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ECONNREFUSED') throw cause;
    throw new NotRunningError(`The database in ${dataDir} is not running. Start ClickPost, then try again.`, { cause });
  }
}
