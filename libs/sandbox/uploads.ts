import { createHash, type Hash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SandboxUpload } from '#platforms/core';

/** What is larger is not shown in the feed: it would have to be kept as long as the post is. */
export const MAX_SHOWN_BYTES = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/** Files that come in parts, each under a name, in a directory of their own. */
export class Uploads {
  private made: string | undefined;
  /** Of files whose parts are coming in. */
  private readonly digests = new Map<string, RunningDigest>();

  /** @param directory left out = one that is gone with this object */
  constructor(private readonly directory?: string) {}

  open(name: string, keep: (bytes: Uint8Array, contentType: string) => string): SandboxUpload {
    const file = join(this.folder(), createHash('sha256').update(name).digest('hex'));
    const size = () => (existsSync(file) ? statSync(file).size : 0);
    const digest = () => {
      const running = this.digests.get(file) ?? new RunningDigest(file);
      this.digests.set(file, running);
      return running;
    };
    const discard = () => {
      rmSync(file, { force: true });
      this.digests.delete(file);
    };
    return {
      get bytes() {
        return size();
      },
      append: (part) => {
        appendFileSync(file, part, { mode: 0o600 });
        // Twice as much as has come in: what a process before this one took is caught up with by and by.
        digest().goOn(2 * part.length);
      },
      read: (start, end) => readOf(file, start, Math.min(end, size())),
      finish: (contentType) => {
        const bytes = size();
        const made = bytes <= MAX_SHOWN_BYTES ? keep(readOf(file, 0, bytes), contentType) : digest().end();
        discard();
        return made;
      },
      discard,
    };
  }

  /** Throws all of them away, those of a process before this one too. */
  clear(): void {
    const folder = this.directory ?? this.made;
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    this.made = undefined;
    this.digests.clear();
  }

  close(): void {
    if (this.directory === undefined) this.clear();
  }

  private folder(): string {
    if (this.made === undefined) {
      this.made = this.directory ?? mkdtempSync(join(tmpdir(), 'clickpost-practice-'));
      mkdirSync(this.made, { recursive: true });
    }
    return this.made;
  }
}

/** The SHA-256 of a file that grows: made as it grows, so that its end does not hold up the whole process. */
class RunningDigest {
  private readonly hash: Hash = createHash('sha256');
  private bytes = 0;

  constructor(private readonly file: string) {}

  /** Reads on in the file, at most so many bytes. */
  goOn(most: number): void {
    const end = this.bytes + most;
    while (this.bytes < end) {
      const block = readOf(this.file, this.bytes, Math.min(end, this.bytes + BLOCK_BYTES));
      if (block.length === 0) return;
      this.hash.update(block);
      this.bytes += block.length;
    }
  }

  /** Reads to the end. In hex. */
  end(): string {
    this.goOn(Infinity);
    return this.hash.digest('hex');
  }
}

/** Fewer bytes where there are no more. */
function readOf(file: string, start: number, end: number): Buffer {
  if (!existsSync(file)) return Buffer.alloc(0);
  const block = Buffer.alloc(Math.max(0, end - start));
  const opened = openSync(file, 'r');
  try {
    let read = 0;
    while (read < block.length) {
      const more = readSync(opened, block, read, block.length - read, start + read);
      if (more === 0) break;
      read += more;
    }
    return block.subarray(0, read);
  } finally {
    closeSync(opened);
  }
}
