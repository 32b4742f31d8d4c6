import { join } from 'node:path';
import { type Config, Database, databaseOf, embeddedDatabaseUrl, explainStart, loadConfig } from '#kernel';

/** The embedded database cannot be reached; its message is for people. */
class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

/** What a program of the operator says, and its exit code: 0 done, 1 something is wrong, 2 not understood. */
export interface Operated {
  said: string;
  code: 0 | 1 | 2;
}

/** Runs beside the running programs, on the same settings, and says what came of it. Never throws. */
export async function runBeside(work: (database: Database, config: Config) => Promise<Operated>): Promise<void> {
  let config: Config | undefined;
  try {
    config = loadConfig();
    const database = await connect(config);
    try {
      say(await work(database, config));
    } finally {
      await database.close();
    }
  } catch (error) {
    const words = error instanceof NotRunningError ? error.message : explainStart(error, config);
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  }
}

/** Ends the program's output with this. */
export function say({ said, code }: Operated): void {
  process.stdout.write(said);
  process.exitCode = code;
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
