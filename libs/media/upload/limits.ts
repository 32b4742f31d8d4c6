import { type MediaFacts, type MediaKind } from '../plan/facts.js';
import { UploadError } from '../problem.js';
import { PROBE_LIMITS } from '../run/probe-limits.js';

/** 50 MB. */
export const MAX_IMAGE_BYTES = 50_000_000;

/** The largest file of a kind, in bytes, where no file may be larger than `maxBytes`. */
export function maxBytesOf(kind: MediaKind, maxBytes: number): number {
  switch (kind) {
    case 'image':
      return Math.min(MAX_IMAGE_BYTES, maxBytes);
    case 'document':
      return Math.min(PROBE_LIMITS.documentBytes, maxBytes);
    case 'video':
      return maxBytes;
  }
}

/** @throws UploadError 413 for what is larger than its kind may be */
export function requireFitting({ kind, bytes }: Pick<MediaFacts, 'kind' | 'bytes'>, maxBytes: number): void {
  const most = maxBytesOf(kind, maxBytes);
  if (bytes > most) throw tooLarge(most, kind);
}

const NAMES: Readonly<Record<MediaKind, string>> = { image: 'An image', video: 'A video', document: 'A document' };

/** 413: what would be accepted, in megabytes as people count them. */
export function tooLarge(maxBytes: number, kind?: MediaKind): UploadError {
  const most = maxBytes >= 1_000_000 ? `${Math.floor(maxBytes / 1_000_000)} MB` : `${maxBytes} bytes`;
  return new UploadError(
    413,
    'file',
    'upload.too-large',
    kind ? `${NAMES[kind]} may have ${most} at most.` : `A file may have ${most} at most.`,
    'Upload a smaller version of it.',
  );
}

/** Nobody goes on with an upload after so long. */
export const UPLOAD_HOURS = 24;
