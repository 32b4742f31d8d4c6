import { type Stats } from 'node:fs';
import { chown, open, realpath, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './errors.js';

/** The operating system account that the server runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root. This id ("nobody") needs no entry in /etc/passwd. */
const unprivileged: Account = { uid: 65534, gid: 65534 };

/** Whether this process is root, and so has to run the server as somebody else. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The account to run a server as: this process's own; for root that of the files that exist already, so that root may
 * start what an ordinary user made, else an unprivileged one.
 */
export async function accountFor(cluster: string): Promise<Account> {
  if (!isRoot()) return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const existing = await statIfThere(cluster);
  return existing ? { uid: existing.uid, gid: existing.gid } : unprivileged;
}

/** What `spawn` needs to run a program as `account`, with nothing of this process's environment, which holds secrets. */
export function spawnAs(account: Account): { env: NodeJS.ProcessEnv; cwd: string; uid?: number; gid?: number } {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  return { env, cwd: '/', ...(isRoot() ? account : {}) };
}

/** Whether `account` may enter `folder` and every folder above it. */
export async function mayEnter(folder: string, account: Account): Promise<boolean> {
  for (let path = await realpath(folder); ; path = dirname(path)) {
    const { uid, gid, mode } = await stat(path);
    const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
    if ((bits & 0o1) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Hands a file that root made to the account that works with it. */
export async function give(path: string, account: Account): Promise<void> {
  if (isRoot()) await chown(path, account.uid, account.gid);
}

/** Replaces a file as a whole, readable by its owner alone: a crash leaves either the old text or the new. */
export async function writeDurably(path: string, text: string, account: Account): Promise<void> {
  const draft = `${path}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await give(draft, account);
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** Makes the names in a folder (a file made, a rename) survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What `stat` says, or undefined where there is nothing. */
export async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
