import { createWriteStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type S3Config } from '../config/index.js';
import {
  type ByteRange,
  checkKey,
  checkPrefix,
  FileNotFoundError,
  type FileStorage,
  type ListedFile,
  type PresignOptions,
  type StoredFile,
} from './file-storage.js';
import { Measure } from './measure.js';
import { asStorageProblem, isMissing, presignedAddress } from './s3-client.js';
import { s3ClientConfig } from './s3-client-config.js';
import { PART_BYTES, type Part, putInParts } from './s3-parts.js';
import { orFull } from './storage-problem.js';

/** Files in a bucket of an S3 store. */
export class S3Storage implements FileStorage {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(private readonly config: S3Config) {
    this.bucket = config.bucket;
    this.client = new S3Client(s3ClientConfig(config));
  }

  async put(key: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<StoredFile> {
    const measure = new Measure();
    await this.putBytes(checkKey(key), contentType, inParts(measure.pass(body)));
    return measure.result();
  }

  async putFile(key: string, path: string, contentType: string): Promise<void> {
    const file = await open(path);
    try {
      await this.putBytes(checkKey(key), contentType, partsOf(file));
    } finally {
      await file.close();
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end ?? ''}`;
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: checkKey(key), ...(Range && { Range }) });
    const { Body } = await this.found(key, this.client.send(command));
    // In Node the SDK answers with a stream of Node: https://github.com/aws/aws-sdk-js-v3#streams
    return Body as Readable;
  }

  async local(key: string, folder: string): Promise<string> {
    const path = join(folder, checkKey(key).replaceAll('/', '_'));
    const content = await this.open(key);
    try {
      await orFull(() => pipeline(content, createWriteStream(path)));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return path;
  }

  async stat(key: string): Promise<{ bytes: number } | undefined> {
    try {
      const command = new HeadObjectCommand({ Bucket: this.bucket, Key: checkKey(key) });
      const head = await this.found(key, this.client.send(command));
      return { bytes: head.ContentLength ?? 0 };
    } catch (error) {
      if (error instanceof FileNotFoundError) return undefined;
      throw error;
    }
  }

  async copy(from: string, to: string, contentType: string): Promise<void> {
    const command = new CopyObjectCommand({
      Bucket: this.bucket,
      Key: checkKey(to),
      CopySource: `${this.bucket}/${checkKey(from)}`,
      ContentType: contentType,
      MetadataDirective: 'REPLACE',
    });
    await this.found(from, this.client.send(command));
  }

  async delete(key: string): Promise<void> {
    await this.asked(this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: checkKey(key) })));
  }

  async *list(prefix: string): AsyncGenerator<ListedFile> {
    const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: checkPrefix(prefix) });
    for (;;) {
      const { value: page, done } = await this.asked(pages.next());
      if (done) return;
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key !== undefined) yield { key: Key, bytes: Size ?? 0, changedAt: LastModified ?? new Date() };
      }
    }
  }

  async presign(key: string, options: PresignOptions): Promise<string | undefined> {
    const { publicEndpoint } = this.config;
    if (publicEndpoint === undefined) return undefined;
    const { contentType, filename, from, seconds } = options;
    const answer = { contentType, contentDisposition: `inline; filename="${filename}"` };
    const times = { signingDate: from, expiresIn: seconds };
    return presignedAddress(this.config, publicEndpoint, checkKey(key), answer, times);
  }

  private async putBytes(Key: string, ContentType: string, parts: AsyncGenerator<Part, undefined>): Promise<void> {
    try {
      const first = (await parts.next()).value ?? new Uint8Array();
      const target = { Bucket: this.bucket, Key, ContentType };
      if (first.byteLength < PART_BYTES)
        await this.asked(this.client.send(new PutObjectCommand({ ...target, Body: first })));
      else await putInParts(this.client, target, first, parts);
    } finally {
      await parts.return(undefined); // Lets go of the source when the store refused.
    }
  }

  private async found<T>(key: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw isMissing(error) ? new FileNotFoundError(key) : asStorageProblem(error);
    }
  }

  private async asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw asStorageProblem(error);
    }
  }
}

/** Gathers chunks into parts of one size; only the last is shorter. */
async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Part, undefined> {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes < PART_BYTES) continue;
    const gathered = Buffer.concat(chunks);
    let start = 0;
    for (; bytes - start >= PART_BYTES; start += PART_BYTES) yield gathered.subarray(start, start + PART_BYTES);
    chunks = [gathered.subarray(start)];
    bytes -= start;
  }
  if (bytes > 0) yield Buffer.concat(chunks);
}

/** The same of a file. */
async function* partsOf(file: FileHandle): AsyncGenerator<Part, undefined> {
  for (let position = 0; ;) {
    const part = Buffer.allocUnsafeSlow(PART_BYTES);
    let filled = 0;
    while (filled < PART_BYTES) {
      const { bytesRead } = await file.read(part, filled, PART_BYTES - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (filled > 0) yield part.subarray(0, filled);
    if (filled < PART_BYTES) return;
    position += filled;
  }
}
