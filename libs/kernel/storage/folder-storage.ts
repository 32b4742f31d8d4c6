import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { types } from 'node:util';
import { type ByteRange, checkKey, FileNotFoundError, type FileStorage, type StoredFile } from './file-storage.js';
import { Measure } from './measure.js';

/** Files in a folder of this machine. */
export class FolderStorage implements FileStorage {
  /** @param folder absolute; made when needed */
  constructor(private readonly folder: string) {}

  async put(key: string, body: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const path = this.path(key);
    // No key begins with a dot, so nothing half-written can ever be opened. In the same folder, since a rename needs one volume.
    const temporary = join(this.folder, '.partial', randomUUID());
    await mkdir(dirname(temporary), { recursive: true });
    const measure = new Measure();
    // Opened before anything can fail: a stream that opens its file by itself may still do so after it was taken away.
    const file = await open(temporary, 'wx');
    try {
      await pipeline(measure.pass(body), file.createWriteStream({ flush: true }));
      await mkdir(dirname(path), { recursive: true });
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
    await syncFolder(dirname(path));
    return measure.result();
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.path(key)).catch((error: unknown) => {
      throw isMissing(error) ? new FileNotFoundError(key) : error;
    });
    return file.createReadStream(range);
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

  async delete(key: string): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  private path(key: string): string {
    return join(this.folder, checkKey(key));
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
  return types.isNativeError(error) && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
