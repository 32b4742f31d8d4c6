import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Uploaded files by the SHA-256 of their bytes: in memory, or one file each in a directory. */
export class MediaStore {
  private readonly inMemory = new Map<string, Uint8Array>();

  constructor(private readonly directory?: string) {
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
  }

  keep(bytes: Uint8Array): string {
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (this.directory === undefined) {
      this.inMemory.set(digest, bytes);
    } else if (!existsSync(join(this.directory, digest))) {
      const file = join(this.directory, digest);
      writeFileSync(`${file}.part`, bytes, { mode: 0o600 });
      renameSync(`${file}.part`, file);
    }
    return digest;
  }

  find(digest: string): Uint8Array | undefined {
    if (!/^[0-9a-f]{64}$/.test(digest)) return undefined;
    if (this.directory === undefined) return this.inMemory.get(digest);
    const file = join(this.directory, digest);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  clear(): void {
    this.inMemory.clear();
    if (this.directory === undefined) return;
    rmSync(this.directory, { recursive: true, force: true });
    mkdirSync(this.directory, { recursive: true });
  }
}
