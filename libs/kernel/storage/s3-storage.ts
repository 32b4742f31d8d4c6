import { type Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type S3Config } from '../config/index.js';
import { type ByteRange, checkKey, FileNotFoundError, type FileStorage, type StoredFile } from './file-storage.js';
import { Measure } from './measure.js';

/** Above the 5 MiB that parts must have, and 10,000 of them are 80 GB: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_BYTES = 8 * 1024 * 1024;

/** Files in a bucket of an S3 store. */
export class S3Storage implements FileStorage {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(config: S3Config) {
    this.bucket = config.bucket;
    this.client = new S3Client({
      endpoint: config.endpoint,
      region: config.region,
      forcePathStyle: config.forcePathStyle,
      credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
      // Many stores refuse the checksums that the SDK would add by itself: https://github.com/aws/aws-sdk-js-v3/issues/6810
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(key: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<StoredFile> {
    const target = { Bucket: this.bucket, Key: checkKey(key) };
    const measure = new Measure();
    const parts = inParts(measure.pass(body));
    try {
      const first = (await parts.next()).value ?? new Uint8Array();
      if (first.byteLength < PART_BYTES) {
        await this.client.send(new PutObjectCommand({ ...target, Body: first, ContentType: contentType }));
      } else {
        await this.putInParts(target, contentType, first, parts);
      }
    } finally {
      await parts.return(undefined); // Lets go of the source when the store refused.
    }
    return measure.result();
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end ?? ''}`;
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: checkKey(key), ...(Range && { Range }) });
    const { Body } = await this.client.send(command).catch((error: unknown) => {
      throw isMissing(error) ? new FileNotFoundError(key) : error;
    });
    // In Node the SDK answers with a stream of Node: https://github.com/aws/aws-sdk-js-v3#streams
    return Body as Readable;
  }

  async stat(key: string): Promise<{ bytes: number } | undefined> {
    try {
      const head = await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: checkKey(key) }));
      return { bytes: head.ContentLength ?? 0 };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: checkKey(key) }));
  }

  private async putInParts(
    target: { Bucket: string; Key: string },
    contentType: string,
    first: Uint8Array,
    rest: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const { UploadId } = await this.client.send(
      new CreateMultipartUploadCommand({ ...target, ContentType: contentType }),
    );
    const upload = { ...target, UploadId };
    try {
      const Parts = [await this.putPart(upload, 1, first)];
      for await (const part of rest) Parts.push(await this.putPart(upload, Parts.length + 1, part));
      await this.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    } catch (error) {
      // Parts of an upload that is never ended are kept and paid for. The first error says more than one of the tidying up.
      await this.client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
  }

  private async putPart(
    upload: { Bucket: string; Key: string; UploadId: string | undefined },
    PartNumber: number,
    Body: Uint8Array,
  ): Promise<{ PartNumber: number; ETag: string | undefined }> {
    const { ETag } = await this.client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    return { PartNumber, ETag };
  }
}

/** Gathers chunks into parts of one size; only the last is shorter. */
async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
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

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}
