import { type Readable } from 'node:stream';

export interface StoredFile {
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
}

/** First and last byte, both included, as in HTTP. Without `end`: to the end of the file. */
export interface ByteRange {
  start: number;
  end?: number;
}

/** What can be read without knowing where files lie. `put` is all or nothing: a file is whole or not there. */
export interface FileStorage {
  /** Writes or replaces a file. When `body` fails, so does this, and what was there before stays. */
  put(key: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<StoredFile>;
  /** @throws FileNotFoundError */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** Size in bytes, or nothing where there is no such file. */
  stat(key: string): Promise<{ bytes: number } | undefined>;
  /** Succeeds also when there is no such file. */
  delete(key: string): Promise<void>;
}

/** There is no file of this key. */
export class FileNotFoundError extends Error {
  override readonly name = 'FileNotFoundError';
  constructor(readonly key: string) {
    super(`There is no file "${key}".`);
  }
}

const MAX_KEY_LENGTH = 512;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * Lets through keys such as `organization/asset/original.jpg`: segments of letters, digits, `_`, `-` and inner dots.
 * @throws RangeError for everything else, above all for what could climb out of a folder
 */
export function checkKey(key: string): string {
  if (key.length > MAX_KEY_LENGTH || !key.split('/').every((segment) => SEGMENT.test(segment))) {
    throw new RangeError(`${JSON.stringify(key.slice(0, 80))} is not a storage key`);
  }
  return key;
}
