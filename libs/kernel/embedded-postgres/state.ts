import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './account.js';
import { EmbeddedPostgresError, systemCode } from './errors.js';
import { type Home } from './home.js';

/** What ClickPost remembers of its embedded database between starts, in a file that only its account can read. */
export interface State {
  /** The TCP port of the last start; it is asked for again. */
  port: number | null;
  ownerPassword: string;
  applicationPassword: string;
  /** Whether a start ever came to its end: from then on the cluster is never made anew. */
  completed: boolean;
}

/** Where the state of a home is kept. */
export const stateFile = (home: Home): string => join(home.folder, 'credentials.json');

/**
 * The state of a home, or undefined before its first start.
 * @throws EmbeddedPostgresError when the file is damaged.
 */
export async function readState(home: Home): Promise<State | undefined> {
  const path = stateFile(home);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as State;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    // Not the parser's own message: it quotes the text, which holds passwords.
    throw new EmbeddedPostgresError(`${path} is damaged. Restore it from a backup of the data folder.`);
  }
}

/** A state with passwords that nobody has seen. */
export function newState(): State {
  const password = (): string => randomBytes(24).toString('base64url');
  return { port: null, ownerPassword: password(), applicationPassword: password(), completed: false };
}

/** Keeps the state, durably. */
export async function writeState(home: Home, state: State): Promise<void> {
  await writeDurably(stateFile(home), `${JSON.stringify(state, null, 2)}\n`, home.account);
}
