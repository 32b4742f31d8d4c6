import { createHash, type Hash } from 'node:crypto';
import { appendFileSync, closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type SandboxFile } from '#platforms/core';

const BLOCK_BYTES = 1024 * 1024;

/** A file of the sandbox on disk. Its digest is made as it grows, so that its end does not hold up the whole process. */
export class DiskFile implements SandboxFile {
  private hash: Hash = createHash('sha256');
  private hashed = 0;
  private settled = false;

  /** @param path where it is, or will be once there is anything of it */
  constructor(private path: string) {}

  get bytes(): number {
    return existsSync(this.path) ? statSync(this.path).size : 0;
  }

  get digest(): string {
    this.hashOn(Infinity);
    return this.hash.copy().digest('hex');
  }

  read(start: number, end: number): Buffer {
    return readOf(this.path, start, Math.min(end, this.bytes));
  }

  /** Takes in all that comes. Rejects where it breaks off. */
  async takeIn(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const handle = await open(this.path, 'a', 0o600);
    try {
      for await (const chunk of chunks) {
        await handle.appendFile(chunk);
        this.hash.update(chunk);
        this.hashed += chunk.length;
      }
    } finally {
      await handle.close();
    }
  }

  append(part: SandboxFile, start = 0, end = part.bytes): void {
    const before = this.bytes;
    // A whole file that is nowhere yet need not be copied.
    if (part instanceof DiskFile && !part.settled && before === 0 && start === 0 && end === part.bytes) {
      this.become(part);
      return;
    }
    for (let at = start; at < end || at === start; at += BLOCK_BYTES) {
      // Nothing makes an empty file.
      appendFileSync(this.path, part.read(at, Math.min(end, at + BLOCK_BYTES)), { mode: 0o600 });
    }
    // Twice as much as has come in: what a process before this one took is caught up with by and by.
    this.hashOn(2 * (end - start));
  }

  /** From now on it is there. */
  moveTo(path: string): void {
    renameSync(this.path, path);
    this.path = path;
    this.settled = true;
  }

  /** From now on it is another file, of which nothing is known. */
  protected beginAt(path: string): void {
    this.path = path;
    this.settled = false;
    this.hash = createHash('sha256');
    this.hashed = 0;
  }

  private become(part: DiskFile): void {
    part.moveTo(this.path);
    this.hash = part.hash.copy();
    this.hashed = part.hashed;
  }

  /** Reads on in the file for the digest, at most so many bytes. */
  private hashOn(most: number): void {
    const end = this.hashed + most;
    while (this.hashed < end) {
      const block = readOf(this.path, this.hashed, Math.min(end, this.hashed + BLOCK_BYTES));
      if (block.length === 0) return;
      this.hash.update(block);
      this.hashed += block.length;
    }
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
