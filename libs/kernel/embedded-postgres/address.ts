import { existsSync } from 'node:fs';
import { homeFor } from './home.js';
import { applicationRole } from './roles.js';
import { readState } from './state.js';

/**
 * The address of the embedded database that runs, or ran last, on a data folder, for a program beside it. Undefined where
 * none was ever started there. It holds a password.
 * @param database its name; `clickpost` if not given
 */
export async function embeddedDatabaseUrl(dataDirectory: string, database = 'clickpost'): Promise<string | undefined> {
  if (!existsSync(dataDirectory)) return undefined;
  const state = await readState(await homeFor(dataDirectory, () => undefined));
  if (!state?.completed || state.port === null) return undefined;
  return `postgres://${applicationRole}:${state.applicationPassword}@127.0.0.1:${state.port}/${encodeURIComponent(database)}`;
}
