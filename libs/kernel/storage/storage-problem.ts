import { types } from 'node:util';
import { Problem } from '../errors/index.js';

const RETRY_AFTER_SECONDS = 30;

/** 507: there is no room for the file. Nothing of it was kept. */
export function storageFull(cause: unknown): Problem {
  const detail =
    'There is no room left for files. Ask whoever runs this installation to make room, then send it again.';
  return new Problem('storage-full', detail, { cause });
}

/** 503: the store does not answer as it should. Nothing was half-written. */
export function storageUnavailable(cause: unknown): Problem {
  const detail = 'The file storage cannot be reached. Try again in a moment; if it lasts, tell your administrator.';
  return new Problem('unavailable', detail, { cause, retryAfter: RETRY_AFTER_SECONDS });
}

/** Whether a disk or a quota on it is full. */
export function isFull(error: unknown): boolean {
  return isErrno(error) && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** Says in the API's words that a disk is full; whatever else is wrong is thrown as it is. */
export async function orFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isFull(error) ? storageFull(error) : error;
  }
}

/** Whether it is an error of the system, with its code. */
export function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'code' in error;
}
