import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type SandboxFile } from '#platforms/core';
import { DiskFile } from './disk-file.js';
import { type Folder } from './folder.js';

const NAME = 'media';

/** Files of the feed by the SHA-256 of their bytes, one file each. */
export class MediaStore {
  constructor(private readonly folder: Folder) {}

  /** Keeps a file, and does not copy what is on disk. Returns its digest. */
  keep(file: SandboxFile): string {
    const { digest } = file;
    const path = join(this.folder.below(NAME), digest);
    if (existsSync(path)) return digest;
    const kept = file instanceof DiskFile ? file : copyOf(file, `${path}.part`);
    kept.moveTo(path);
    return digest;
  }

  /** Where a file is; undefined where there is none. */
  find(digest: string): { folder: string; name: string } | undefined {
    if (!/^[0-9a-f]{64}$/.test(digest)) return undefined;
    const folder = this.folder.below(NAME);
    return existsSync(join(folder, digest)) ? { folder, name: digest } : undefined;
  }

  clear(): void {
    this.folder.remove(NAME);
  }
}

/** What a process before this one copied and did not finish begins anew. */
function copyOf(file: SandboxFile, path: string): DiskFile {
  rmSync(path, { force: true });
  const copy = new DiskFile(path);
  copy.append(file);
  return copy;
}
