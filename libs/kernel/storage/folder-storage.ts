import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type ByteRange,
  checkKey,
  checkPrefix,
  FileNotFoundError,
  type FileStorage,
  type ListedFile,
  type StoredFile,
} from './file-storage.js';
import { Measure } from './measure.js';
import { isErrno, orFull } from './storage-problem.js';

/** No key begins with a dot, so nothing half-written can ever be opened. In the same folder, since a rename needs one volume. */
const PARTIAL = '.partial';

/** Where a file cannot have a second name: another volume, or a file system without links. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set([
  'EXDEV',
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EMLINK',
  'ENOSYS',
]);

/** Files in a folder of this machine. */
export class FolderStorage implements FileStorage {
  /** @param folder absolute; made when needed */
  constructor(private readonly folder: string) {}

  async put(key: string, body: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const measure = new Measure();
    await this.place(key, async (temporary) => {
      // Opened before anything can fail: a stream that opens its file by itself may still do so after it was taken away.
      const file = await open(temporary, 'wx');
      await pipeline(measure.pass(body), file.createWriteStream({ flush: true }));
    });
    return measure.result();
  }

  async putFile(key: string, path: string): Promise<void> {
    await this.place(key, (temporary) => takeOver(path, temporary));
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.path(key)).catch((error: unknown) => {
      throw isMissing(error) ? new FileNotFoundError(key) : error;
    });
    return file.createReadStream(range);
  }

  async local(key: string): Promise<string> {
    if (!(await this.stat(key))) throw new FileNotFoundError(key);
    return this.path(key);
  }

  async stat(key: string): Promise<{ bytes: number } | undefined> {
    try {
      const found = await stat(this.path(key));
      return found.isFile() ? { bytes: found.size } : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async copy(from: string, to: string): Promise<void> {
    const source = await this.local(from);
    await this.putFile(to, source);
  }

  async delete(key: string): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  async *list(prefix: string): AsyncGenerator<ListedFile> {
    const folder = join(this.folder, checkPrefix(prefix));
    const entries = await opendir(folder, { recursive: true }).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    for await (const entry of entries ?? []) {
      const path = join(entry.parentPath, entry.name);
      const key = relative(this.folder, path).split(sep).join('/');
      if (!entry.isFile() || key.startsWith(`${PARTIAL}/`)) continue;
      // One that went away in the meantime is none.
      const found = await stat(path).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
      if (found) yield { key, bytes: found.size, changedAt: found.mtime };
    }
  }

  async presign(): Promise<undefined> {
    return undefined;
  }

  private path(key: string): string {
    return join(this.folder, checkKey(key));
  }

  /** Lets a file appear under its key, whole and for good. */
  private async place(key: string, make: (temporary: string) => Promise<void>): Promise<void> {
    const path = this.path(key);
    const temporary = join(this.folder, PARTIAL, randomUUID());
    await orFull(async () => {
      await mkdir(dirname(temporary), { recursive: true });
      try {
        await make(temporary);
        await mkdir(dirname(path), { recursive: true });
        await rename(temporary, path);
      } finally {
        // Also after success: of two names of one file the rename leaves both (POSIX, rename).
        await rm(temporary, { force: true });
      }
      await syncFolder(dirname(path));
    });
  }
}

/** Gives a file a second name, or copies it where that cannot be. Its bytes are on the disk afterwards. */
async function takeOver(path: string, to: string): Promise<void> {
  try {
    await link(path, to);
  } catch (error) {
    if (!isErrno(error) || !NO_LINKS.has(error.code)) throw error;
    // Without moving bytes where the file system can.
    await copyFile(path, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is only durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows cannot open a folder, and journals the rename by itself.
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return isErrno(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
