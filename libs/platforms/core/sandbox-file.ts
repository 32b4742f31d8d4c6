import { type SandboxFile } from './sandbox.js';

const BLOCK_BYTES = 1024 * 1024;

/** Where these bytes begin in a file, one place after the other. The file is read piece by piece. */
export function* placesOf(wanted: Uint8Array, file: Pick<SandboxFile, 'bytes' | 'read'>): Generator<number> {
  for (let from = 0; from < file.bytes; from += BLOCK_BYTES) {
    // Further than the piece: one that begins in it may end behind it.
    const block = file.read(from, from + BLOCK_BYTES + wanted.length - 1);
    for (let at = block.indexOf(wanted); at >= 0; at = block.indexOf(wanted, at + 1)) yield from + at;
  }
}

/** Whether a file holds these words, wherever. */
export function holdsText(text: string, file: Pick<SandboxFile, 'bytes' | 'read'>): boolean {
  return placesOf(Buffer.from(text), file).next().done !== true;
}
