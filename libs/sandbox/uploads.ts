import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
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

  /** @param directory left out = one that is gone with this object */
  constructor(private readonly directory?: string) {}

  open(name: string, keep: (bytes: Uint8Array, contentType: string) => string): SandboxUpload {
    const file = join(this.folder(), createHash('sha256').update(name).digest('hex'));
    const size = () => (existsSync(file) ? statSync(file).size : 0);
    return {
      get bytes() {
        return size();
      },
      append: (part) => appendFileSync(file, part, { mode: 0o600 }),
      finish: (contentType) => {
        const digest = size() <= MAX_SHOWN_BYTES ? keep(readOf(file), contentType) : digestOf(file);
        rmSync(file, { force: true });
        return digest;
      },
      discard: () => rmSync(file, { force: true }),
    };
  }

  clear(): void {
    if (this.made !== undefined) rmSync(this.made, { recursive: true, force: true });
    this.made = undefined;
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

function readOf(file: string): Uint8Array {
  return existsSync(file) ? readFileSync(file) : new Uint8Array();
}

function digestOf(file: string): string {
  const hash = createHash('sha256');
  const block = Buffer.alloc(BLOCK_BYTES);
  const opened = openSync(file, 'r');
  try {
    for (let read = readSync(opened, block); read > 0; read = readSync(opened, block))
      hash.update(block.subarray(0, read));
  } finally {
    closeSync(opened);
  }
  return hash.digest('hex');
}
