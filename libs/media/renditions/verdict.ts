import { MediaProblem, VideoToolsError } from '../problem.js';
import { GuardedError } from '../run/guarded.js';
import { type RenditionFailure } from './rows.js';

/** What becomes of a rendition whose making did not succeed: it never will, or the fault is ours and passes. */
export type Verdict = { kind: 'failed'; failure: RenditionFailure } | { kind: 'later' };

/** The store or the disk of this installation had a fault: nothing is said about the file by it. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
}

/** The file that a rendition is made of is gone. */
export const ORIGINAL_MISSING: RenditionFailure = {
  rule: 'media.original-missing',
  message: 'The uploaded file is no longer there.',
  remedy: 'Upload it again and attach it again.',
};

/** It took longer than any file of its size and length should. */
export const TOOK_TOO_LONG: RenditionFailure = {
  rule: 'media.took-too-long',
  message: 'Making this version took too long and was stopped.',
  remedy: 'Try again later. If it happens again, upload a shorter or smaller version.',
};

/** Whoever made it ended in the middle of it, again and again. */
export const ENDED_TWICE: RenditionFailure = {
  rule: 'media.worker-ended',
  message: 'The worker ended twice while making it.',
  remedy: 'Try again. If it happens again, upload the file in another format.',
};

const NOT_MADE: RenditionFailure = {
  rule: 'media.rendition-failed',
  message: 'This version could not be made.',
  remedy: 'Try again. If it happens again, upload the file in another format.',
};

/** A fault that nobody knows is taken for one of the file after so many tries. */
export const MAX_UNKNOWN_FAULTS = 4;

/** Of a full or broken disk, or of a machine that has no more to give. */
const OURS: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
  'EACCES',
  'EPERM',
]);
const NO_SPACE = /No space left on device|Disk quota exceeded/;

/**
 * Judges by what was thrown. Pure.
 * @param setbacks how often it was given back before
 */
export function verdictOn(error: unknown, setbacks: number): Verdict {
  if (isOurs(error)) return { kind: 'later' };
  if (error instanceof MediaProblem) {
    const { rule, message, remedy } = error;
    return { kind: 'failed', failure: { rule, message, remedy } };
  }
  if (error instanceof GuardedError) {
    return { kind: 'failed', failure: error.end === 'time' ? TOOK_TOO_LONG : NOT_MADE };
  }
  return setbacks < MAX_UNKNOWN_FAULTS ? { kind: 'later' } : { kind: 'failed', failure: NOT_MADE };
}

/** Also where the fault is the cause of another: whoever makes a file may not know a full disk from a bad file. */
function isOurs(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreFault || error instanceof VideoToolsError) return true;
  if (error instanceof GuardedError && NO_SPACE.test(error.stderr)) return true;
  if ('code' in error && typeof error.code === 'string' && OURS.has(error.code)) return true;
  return isOurs(error.cause);
}
