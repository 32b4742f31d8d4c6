import { createHash } from 'node:crypto';
import { type SandboxFile } from '#platforms/core';

/** A file that is in memory. */
export function smallFile(bytes: Uint8Array): SandboxFile {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    bytes: content.length,
    get digest() {
      return createHash('sha256').update(content).digest('hex');
    },
    read: (start, end) => content.subarray(start, end),
  };
}
