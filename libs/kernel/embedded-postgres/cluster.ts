import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { give, spawnAs, statIfThere, syncFolder } from './account.js';
import { type Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './errors.js';
import { clusterIn, type Home } from './home.js';
import { newState, readState, stateFile, writeState, type State } from './state.js';

/** The superuser that owns the database and runs migrations. */
export const ownerRole = 'clickpost_owner';

const draftPrefix = 'cluster-in-the-making-';

/**
 * Makes the cluster (PostgreSQL's data directory) if there was never a complete one. It is made under another name and
 * renamed when done, so one that exists is whole, and what a crash left half-made is removed.
 * @returns the state that belongs to it.
 * @throws EmbeddedPostgresError when initdb fails, or what was complete is no longer there.
 */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  durable: boolean,
  onProgress: (sentence: string) => void,
): Promise<State> {
  const exists = (await statIfThere(clusterIn(home))) !== undefined;
  const state = await readState(home);
  if (exists && state) return state;
  if (exists) throw missing(home, stateFile(home));
  if (state?.completed) throw missing(home, clusterIn(home));

  onProgress('Preparing the database (first start, a few seconds) ...');
  await removeDrafts(home);
  const fresh = newState();
  const draft = await mkdtemp(join(home.folder, draftPrefix));
  await give(draft, home.account);
  await initialize(draft, home, binaries, fresh.ownerPassword, durable);
  await writeState(home, fresh);
  await rename(draft, clusterIn(home));
  await syncFolder(home.folder);
  return fresh;
}

function missing(home: Home, path: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `${home.folder} holds a ClickPost database, but ${path} is missing. ` +
      'Restore it from a backup, or set DATA_DIR to another folder to begin with an empty database.',
  );
}

async function removeDrafts(home: Home): Promise<void> {
  const drafts = (await readdir(home.folder)).filter((name) => name.startsWith(draftPrefix));
  for (const draft of drafts) {
    // A killed start's initdb may still be writing there for a moment.
    await rm(join(home.folder, draft), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function initialize(
  draft: string,
  home: Home,
  binaries: Binaries,
  password: string,
  durable: boolean,
): Promise<void> {
  const passwordFile = `${draft}-password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    await give(passwordFile, home.account);
    await runInitdb(binaries.initdb, draft, passwordFile, home, durable);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  initdb: string,
  draft: string,
  passwordFile: string,
  home: Home,
  durable: boolean,
): Promise<void> {
  const args = ['-D', draft, '-U', ownerRole, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums'];
  // Built into PostgreSQL, so no update of the system's libraries can ever reorder an index.
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  if (!durable) args.push('--no-sync');
  const child = spawn(initdb, args, { ...spawnAs(home.account), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, , complaint] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code === 0) return;
  const words = complaint.trim() || `initdb ended with ${code}`;
  throw new EmbeddedPostgresError(`PostgreSQL could not make its files in ${home.folder}: ${words}${remedyFor(words)}`);
}

function remedyFor(words: string): string {
  if (/shared librar|library not loaded/i.test(words)) {
    return '. Its package was installed without its install script: run npm rebuild.';
  }
  if (words.includes('could not look up effective user')) {
    return '. PostgreSQL needs an entry in /etc/passwd for the user it runs as: add one, or set DATABASE_URL to a server of your own.';
  }
  return '';
}
