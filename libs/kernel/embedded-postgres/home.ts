import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { accountFor, give, isRoot, mayEnter, statIfThere, syncFolder, writeDurably, type Account } from './account.js';
import { makePublicFolder, systemFolder } from './binaries.js';
import { EmbeddedPostgresError, systemCode } from './errors.js';

/** The folder that holds everything of one embedded database, and the account that owns it. */
export interface Home {
  folder: string;
  account: Account;
}

/** The finished cluster inside a home. It gets this name only once initdb is done with it. */
export const clusterIn = (home: Home): string => join(home.folder, 'cluster');

const pointerName = 'database-location.txt';

/**
 * The home of the database of a data folder: that folder itself or, where root started ClickPost on a folder that the
 * server's account may not enter, one under /var/lib/clickpost, named by a pointer file in the data folder.
 * @throws EmbeddedPostgresError when the files belong to another user, or a pointer leads nowhere.
 */
export async function homeFor(dataDirectory: string, onProgress: (sentence: string) => void): Promise<Home> {
  await mkdir(dataDirectory, { recursive: true });
  const folder = await realpath(resolve(dataDirectory));
  const elsewhere = await readPointer(join(folder, pointerName));
  const home = await homeIn(elsewhere ?? folder);
  if (!isRoot()) return ownHome(home);
  if (await mayEnter(home.folder, home.account)) return home;
  if (elsewhere || (await statIfThere(clusterIn(home)))) {
    throw new EmbeddedPostgresError(
      `The database server runs as user ${home.account.uid}, who may not enter ${home.folder}. ` +
        'Let everybody enter that folder and those above it (chmod o+x), or start ClickPost as that user.',
    );
  }
  return makeHomeElsewhere(folder, home.account, onProgress);
}

async function homeIn(folder: string): Promise<Home> {
  return { folder, account: await accountFor(join(folder, 'cluster')) };
}

async function ownHome(home: Home): Promise<Home> {
  const files = await statIfThere(clusterIn(home));
  if (files && files.uid !== home.account.uid) {
    throw new EmbeddedPostgresError(
      `The database in ${home.folder} belongs to user ${files.uid}, and this process is user ${home.account.uid}. ` +
        'Start ClickPost as the user who started it before (root, if it was root), or set DATA_DIR to another folder.',
    );
  }
  return home;
}

async function readPointer(pointer: string): Promise<string | undefined> {
  let target: string;
  try {
    target = (await readFile(pointer, 'utf8')).trim();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (await statIfThere(target)) return target;
  throw new EmbeddedPostgresError(
    `The database of ${dirname(pointer)} is kept in ${target}, and that folder is gone. ` +
      `Restore it from a backup; only to begin with an empty database, delete ${pointer}.`,
  );
}

async function makeHomeElsewhere(
  dataDirectory: string,
  account: Account,
  onProgress: (sentence: string) => void,
): Promise<Home> {
  await makePublicFolder(systemFolder);
  const hash = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  // Never a folder that exists: it may hold the data of an earlier folder of the same name.
  const folder = await mkdtemp(join(systemFolder, `${hash}-`));
  await give(folder, account);
  const chosen = await pointTo(folder, join(dataDirectory, pointerName));
  if (chosen !== folder) return homeIn(chosen);
  onProgress(
    `The database server does not run as root, and user ${account.uid} may not enter ${dataDirectory}: its files are kept in ${folder}.`,
  );
  return { folder, account };
}

/** Writes the pointer unless another start at the same moment did, and returns the folder that it names. */
async function pointTo(folder: string, pointer: string): Promise<string> {
  const draft = `${pointer}.${process.pid}`;
  await writeDurably(draft, `${folder}\n`, { uid: 0, gid: 0 });
  try {
    await link(draft, pointer);
    await syncFolder(dirname(pointer));
    return folder;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    await rm(folder, { recursive: true });
    return (await readPointer(pointer)) ?? folder;
  } finally {
    await rm(draft, { force: true });
  }
}
