import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type SandboxFile, type SandboxUpload } from '#platforms/core';
import { DiskFile } from './disk-file.js';
import { type Folder } from './folder.js';

type Keep = (file: SandboxFile, contentType: string) => string;

/** Files that come in parts, each under a name, in a folder of their own. */
export class Uploads {
  /** Those that were asked for, by their paths. */
  private readonly open = new Map<string, Upload>();

  /**
   * @param name of the folder
   * @param keep takes a file that is complete
   */
  constructor(
    private readonly folder: Folder,
    private readonly name: string,
    private readonly keep: Keep,
  ) {}

  named(name: string): SandboxUpload {
    const path = join(this.folder.below(this.name), createHash('sha256').update(name).digest('hex'));
    const upload = this.open.get(path) ?? new Upload(path, this.keep, () => this.open.delete(path));
    this.open.set(path, upload);
    return upload;
  }

  /** Throws all of them away, those of a process before this one too. */
  clear(): void {
    this.folder.remove(this.name);
    this.open.clear();
  }
}

class Upload extends DiskFile implements SandboxUpload {
  constructor(
    private readonly home: string,
    private readonly keep: Keep,
    private readonly onEnd: () => void,
  ) {
    super(home);
  }

  finish(contentType: string): string {
    const digest = this.keep(this, contentType);
    this.discard();
    return digest;
  }

  discard(): void {
    // What was kept has moved on, unless the same was kept before.
    rmSync(this.home, { force: true });
    this.beginAt(this.home);
    this.onEnd();
  }
}
