import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { asStorageProblem } from './s3-client.js';

/** A piece of a file. */
export type Part = Uint8Array;

/** Above the 5 MiB that parts must have, and 10,000 of them are 80 GB: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const PART_BYTES = 8 * 1024 * 1024;

/** Parts on their way at the same time; with the one that is being read, what a file takes of memory. */
const AT_ONCE = 3;

interface Target {
  Bucket: string;
  Key: string;
  ContentType: string;
}

/**
 * Sends a file in parts, a few at a time, so that memory does not grow with the file. The object appears when all of them are
 * there. Throws what `rest` throws, and a problem where the store fails; then no parts stay behind.
 */
export async function putInParts(
  client: S3Client,
  { ContentType, ...target }: Target,
  first: Part,
  rest: AsyncIterable<Part>,
): Promise<void> {
  const asked = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      throw asStorageProblem(error);
    }
  };
  const { UploadId } = await asked(client.send(new CreateMultipartUploadCommand({ ...target, ContentType })));
  const upload = { ...target, UploadId };
  const sending = new Set<Promise<void>>();
  const sent: { PartNumber: number; ETag: string | undefined }[] = [];
  const send = (PartNumber: number, Body: Part): void => {
    const part = asked(client.send(new UploadPartCommand({ ...upload, PartNumber, Body }))).then(({ ETag }) => {
      sent.push({ PartNumber, ETag });
      sending.delete(part);
    });
    sending.add(part);
    // Awaited below, by whoever is first; until then its failure is nobody's.
    part.catch(() => undefined);
  };
  try {
    send(1, first);
    let number = 1;
    for await (const part of rest) {
      while (sending.size >= AT_ONCE) await Promise.race(sending);
      send((number += 1), part);
    }
    await Promise.all(sending);
    const Parts = sent.sort((one, other) => one.PartNumber - other.PartNumber);
    await asked(client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })));
  } catch (error) {
    // Parts of an upload that is never ended are kept and paid for; one that arrives later than the end would be, too.
    await Promise.allSettled(sending);
    // The first error says more than one of the tidying up.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}
