import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type MediaSource } from '#platforms/core';

/** How the bytes of a file are read that is in memory. */
export function readable(bytes: Uint8Array<ArrayBuffer>): Pick<MediaSource, 'read' | 'open' | 'address'> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return {
    address: async () => `https://clickpost.example/media/${digest}/file`,
    read: async () => bytes,
    open: async ({ start, end } = { start: 0 }) =>
      Readable.from([bytes.subarray(start, end === undefined ? undefined : end + 1)]),
  };
}
