import { Readable } from 'node:stream';
import { type MediaSource } from '#platforms/core';

/** How the bytes of a file are read that is in memory. */
export function readable(bytes: Uint8Array<ArrayBuffer>): Pick<MediaSource, 'read' | 'open'> {
  return {
    read: async () => bytes,
    open: async ({ start, end } = { start: 0 }) =>
      Readable.from([bytes.subarray(start, end === undefined ? undefined : end + 1)]),
  };
}
