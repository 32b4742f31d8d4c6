import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { type DataStore } from '@tus/server';
import { type Config, isFull, storageFull } from '#kernel';
import { UPLOAD_HOURS } from './limits.js';

/** Injection token of where they are kept. */
export const RECEIVED_FILES = Symbol('received files');

/** Where the pieces of an upload are kept until all of it is there. Upload ids are those of the table. */
export interface ReceivedFiles {
  /** What the protocol writes to; its ids are those of `idOf`. */
  readonly store: DataStore;
  /** What the store calls an upload. */
  idOf(uploadId: string): string;
  /** How many bytes have come; undefined where there is nothing (any more). */
  bytes(uploadId: string): Promise<number | undefined>;
  /**
   * What was received, where this machine can read it.
   * @param folder an existing folder of the caller, for a store that is elsewhere
   */
  local(uploadId: string, folder: string): Promise<ReceivedFile>;
  /** Succeeds also where there is nothing. */
  remove(uploadId: string): Promise<void>;
  /** @throws Problem 507 where so many bytes can never be taken */
  requireRoom(bytes: number): Promise<void>;
}

/** A received file at hand. */
export interface ReceivedFile {
  path: string;
  /** Its key in the storage, where it lies in the same store: it can be copied there. */
  storageKey?: string;
}

/** The received files of this installation: beside its files, in S3 where those are. */
export async function createReceivedFiles(config: Pick<Config, 's3' | 'dataDir'>): Promise<ReceivedFiles> {
  const folder = join(config.dataDir, 'uploads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!config.s3) return new ReceivedInFolder(folder);
  // Loaded only where it is used: the SDK takes 23 MB of memory.
  const { ReceivedInS3 } = await import('./received-in-s3.js');
  return new ReceivedInS3(config.s3, folder);
}

/** Received files in a folder of this machine. */
export class ReceivedInFolder implements ReceivedFiles {
  readonly store: FileStore;

  /** @param folder absolute, and there. Nobody else writes to it */
  constructor(private readonly folder: string) {
    this.store = new OutspokenFileStore({
      directory: folder,
      expirationPeriodInMilliseconds: UPLOAD_HOURS * 3_600_000,
    });
  }

  idOf(uploadId: string): string {
    return uploadId;
  }

  async bytes(uploadId: string): Promise<number | undefined> {
    try {
      return (await stat(join(this.folder, uploadId))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async local(uploadId: string): Promise<ReceivedFile> {
    return { path: join(this.folder, uploadId) };
  }

  async remove(uploadId: string): Promise<void> {
    await rm(join(this.folder, uploadId), { force: true });
    await rm(join(this.folder, `${uploadId}.json`), { force: true });
  }

  async requireRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    if (bytes > bavail * bsize) throw storageFull(new Error(`${bavail * bsize} bytes are free, ${bytes} are wanted.`));
  }
}

/** Says what is wrong when a file cannot be written. */
class OutspokenFileStore extends FileStore {
  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(join(this.directory, id), { flags: 'r+', start: offset });
    try {
      await pipeline(readable, file);
    } catch (error) {
      throw isFull(error) ? storageFull(error) : error;
    }
    return offset + file.bytesWritten;
  }
}
