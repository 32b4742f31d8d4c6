import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type SandboxFile } from '#platforms/core';
import { DiskFile } from './disk-file.js';
import { type Folder } from './folder.js';

const NAME = 'incoming';

/** More than any network takes at once; the most is TikTok's, 4 GB. */
export const LARGEST_FILE_BYTES = 5 * 1024 ** 3;

/** More was sent than is taken. Its status is that of the answer. */
export class TooLargeError extends Error {
  readonly status = 413;

  constructor(most: number) {
    super(`The practice networks take at most ${most} bytes here.`);
  }
}

/** The files that come in while one request is answered. Those that nobody kept are gone with it. */
export class Incoming {
  private readonly paths: string[] = [];

  constructor(private readonly folder: Folder) {}

  /** Throws away what a process before this one left behind. */
  static clear(folder: Folder): void {
    folder.remove(NAME);
  }

  /** Takes in a file of any size. Rejects where it breaks off, or with `TooLargeError`. */
  async take(chunks: AsyncIterable<Uint8Array>): Promise<SandboxFile> {
    const path = join(this.folder.below(NAME), randomUUID());
    this.paths.push(path);
    const file = new DiskFile(path);
    await file.takeIn(chunks);
    return file;
  }

  discard(): void {
    // What was kept has moved on.
    for (const path of this.paths) rmSync(path, { force: true });
  }
}

/** All that comes, as long as it is no more than this. */
export async function* limited(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) throw new TooLargeError(most);
    yield chunk;
  }
}

/** All of it in memory: for little. */
export async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
