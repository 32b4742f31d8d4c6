import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type S3Config } from '../config/index.js';
import { s3ClientConfig } from './s3-client-config.js';
import { storageFull, storageUnavailable } from './storage-problem.js';

/** There is no such object, or no such upload of one. */
export function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

/** What went wrong at the store, in the API's words. */
export function asStorageProblem(error: unknown): Error {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  if (status === 507 || (error instanceof S3ServiceException && /full|quota/i.test(error.name)))
    return storageFull(error);
  return storageUnavailable(error);
}

interface Presigner {
  presign(request: UnsignedRequest, options: PresigningTimes): Promise<SignedRequest>;
}

interface UnsignedRequest {
  method: 'GET';
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  headers: Record<string, string>;
  query: Record<string, string>;
}

interface SignedRequest extends UnsignedRequest {
  query: Record<string, string>;
}

interface PresigningTimes {
  signingDate: Date;
  /** Seconds. */
  expiresIn: number;
}

/** What an address says besides where the object lies. */
export interface PresignedAnswer {
  contentType: string;
  contentDisposition: string;
}

/**
 * The address of an object that anybody may read for a while, signed with the SDK's own signer
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). Asks nobody.
 */
export async function presignedAddress(
  config: S3Config,
  endpoint: string,
  key: string,
  answer: PresignedAnswer,
  times: PresigningTimes,
): Promise<string> {
  const client = new S3Client({ ...s3ClientConfig(config), endpoint });
  try {
    const signer = await client.config.signer();
    if (!canPresign(signer)) throw new Error('The signer of the SDK signs no addresses.');
    const { protocol, host, hostname, port, pathname } = new URL(endpoint);
    const root = pathname.replace(/\/$/, '');
    const inPath = config.forcePathStyle;
    const virtual = (name: string): string => (inPath ? name : `${config.bucket}.${name}`);
    const path = inPath ? `${root}/${config.bucket}/${key}` : `${root}/${key}`;
    const { query } = await signer.presign(
      {
        method: 'GET',
        protocol,
        hostname: virtual(hostname),
        ...(port && { port: Number(port) }),
        path,
        headers: { host: virtual(host), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        query: {
          'response-content-type': answer.contentType,
          'response-content-disposition': answer.contentDisposition,
        },
      },
      times,
    );
    return `${protocol}//${virtual(host)}${path}?${new URLSearchParams(query).toString().replaceAll('+', '%20')}`;
  } finally {
    client.destroy();
  }
}

function canPresign(signer: object): signer is Presigner {
  return 'presign' in signer && typeof signer.presign === 'function';
}
