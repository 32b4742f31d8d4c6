import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ERRORS } from '@tus/server';
import { type MetadataValue, S3Store } from '@tus/s3-store';
import { type S3Config, s3ClientConfig, storageFull, storageUnavailable } from '#kernel';
import { UPLOAD_HOURS } from './limits.js';
import { type ReceivedFile, type ReceivedFiles } from './received-files.js';

const PREFIX = 'uploads/';

/** Received files in the bucket of the storage, below `uploads/`, so that any process can go on with an upload. */
export class ReceivedInS3 implements ReceivedFiles {
  readonly store: PartStore;

  /** @param folder an existing one, for what has to lie on a disk for a moment */
  constructor(
    config: S3Config,
    private readonly folder: string,
  ) {
    this.store = new PartStore(config, folder);
  }

  idOf(uploadId: string): string {
    return `${PREFIX}${uploadId}`;
  }

  async bytes(uploadId: string): Promise<number | undefined> {
    try {
      return (await this.store.getUpload(this.idOf(uploadId))).offset;
    } catch (error) {
      if (error === ERRORS.FILE_NOT_FOUND) return undefined;
      throw storageUnavailable(error);
    }
  }

  async local(uploadId: string, folder: string): Promise<ReceivedFile> {
    const storageKey = this.idOf(uploadId);
    const path = join(folder, uploadId);
    try {
      await pipeline(await this.store.read(storageKey), createWriteStream(path));
    } catch (error) {
      throw storageUnavailable(error);
    }
    return { path, storageKey };
  }

  async remove(uploadId: string): Promise<void> {
    await this.store.removeAll(this.idOf(uploadId));
  }

  /** The store has room; the disk needs it while a file is looked at. */
  async requireRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    if (bytes > bavail * bsize) throw storageFull(new Error(`${bavail * bsize} bytes are free, ${bytes} are wanted.`));
  }
}

/** Parts on their way at the same time, of one request; with the one that is filled, what it takes of memory. */
const AT_ONCE = 2;

/**
 * The parts of a request go from memory to the store, a few at a time, and not through temporary files of the system. What
 * has come of a request that was cut off is kept to the last byte.
 */
class PartStore extends S3Store {
  constructor(
    config: S3Config,
    private readonly folder: string,
  ) {
    super({
      s3ClientConfig: { ...s3ClientConfig(config), bucket: config.bucket },
      expirationPeriodInMilliseconds: UPLOAD_HOURS * 3_600_000,
      // Not every store knows tags.
      useTags: false,
    });
  }

  /** Succeeds also for what is complete, or gone already. */
  async removeAll(id: string): Promise<void> {
    try {
      await this.remove(id);
    } catch (error) {
      if (error !== ERRORS.FILE_NOT_FOUND) throw storageUnavailable(error);
    }
    for (const Key of [id, this.partKey(id, true), this.infoKey(id)]) {
      await this.client.deleteObject({ Bucket: this.bucket, Key });
    }
    await this.clearCache(id);
  }

  protected override async uploadParts(
    metadata: MetadataValue,
    readStream: Readable,
    currentPartNumber: number,
    offset: number,
  ): Promise<number> {
    const { size } = metadata.file;
    const partBytes = this.calcOptimalPartSize(size);
    const sending = new Set<Promise<unknown>>();
    let [number, sent] = [currentPartNumber, 0];
    let cut: { error: unknown } | undefined;
    const send = async (part: Buffer): Promise<void> => {
      sent += part.byteLength;
      if (part.byteLength < this.minPartSize && offset + sent !== size)
        return this.keepForLater(metadata.file.id, part);
      while (sending.size >= AT_ONCE) await Promise.race(sending);
      const one = this.uploadPart(metadata, part, number).finally(() => sending.delete(one));
      number += 1;
      sending.add(one);
      // Awaited below, by whoever is first; until then its failure is nobody's.
      one.catch(() => undefined);
    };
    let [chunks, bytes]: [Buffer[], number] = [[], 0];
    try {
      for await (const chunk of readStream as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        bytes += chunk.byteLength;
        if (bytes < partBytes) continue;
        const gathered = Buffer.concat(chunks);
        await send(gathered.subarray(0, partBytes));
        chunks = [gathered.subarray(partBytes)];
        bytes -= partBytes;
      }
    } catch (error) {
      cut = { error };
    }
    try {
      if (bytes > 0) await send(Buffer.concat(chunks));
      await Promise.all(sending);
    } finally {
      await Promise.allSettled(sending);
    }
    if (cut) throw cut.error;
    return sent;
  }

  protected override async uniqueTmpFileName(template: string): Promise<string> {
    return join(this.folder, `${template}${randomUUID()}`);
  }

  /** Less than the store takes as a part: the next request begins with it. */
  private async keepForLater(id: string, part: Buffer): Promise<void> {
    await this.client.putObject({ Bucket: this.bucket, Key: this.partKey(id, true), Body: part });
  }
}
