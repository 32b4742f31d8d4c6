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

/** A file as a list names it. */
export interface ListedFile {
  key: string;
  bytes: number;
  changedAt: Date;
}

/** How a store's own address answers. */
export interface PresignOptions {
  contentType: string;
  /** Letters, digits, `-`, `_` and dots. */
  filename: string;
  /** From when it holds; equal times give equal addresses. */
  from: Date;
  /** How long, at most a week. */
  seconds: number;
}

/**
 * What can be read without knowing where files lie. Writing is all or nothing: a file is whole or not there. A full disk is a
 * 507 problem, a store that does not answer a 503 problem.
 */
export interface FileStorage {
  /** Writes or replaces a file. When `body` fails, so does this, and what was there before stays. */
  put(key: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<StoredFile>;
  /**
   * Takes over a file of this machine, durably and without a second copy where the two lie on one volume. The file at `path`
   * stays the caller's to remove; it must not be written to any more.
   */
  putFile(key: string, path: string, contentType: string): Promise<void>;
  /** @throws FileNotFoundError */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /**
   * A path of this machine where the file can be read, and must not be written. A store that is elsewhere brings it into
   * `folder`, an existing folder of the caller's, who removes it with that.
   * @throws FileNotFoundError
   */
  local(key: string, folder: string): Promise<string>;
  /** Size in bytes, or nothing where there is no such file. */
  stat(key: string): Promise<{ bytes: number } | undefined>;
  /** Writes or replaces a file with what another one holds. @throws FileNotFoundError */
  copy(from: string, to: string, contentType: string): Promise<void>;
  /** Succeeds also when there is no such file. */
  delete(key: string): Promise<void>;
  /** Every file whose key begins with `prefix`, which ends with `/` or is empty, in no particular order. */
  list(prefix: string): AsyncIterable<ListedFile>;
  /** An address of the store itself at which anybody can read the file; undefined where the store cannot be reached from outside. */
  presign(key: string, options: PresignOptions): Promise<string | undefined>;
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

/** Lets through the prefixes of keys: whole segments, or nothing at all. @throws RangeError */
export function checkPrefix(prefix: string): string {
  if (prefix !== '') {
    if (!prefix.endsWith('/')) throw new RangeError(`${JSON.stringify(prefix.slice(0, 80))} does not end with a slash`);
    checkKey(prefix.slice(0, -1));
  }
  return prefix;
}
