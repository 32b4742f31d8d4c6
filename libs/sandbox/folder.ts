import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a sandbox keeps files: in the directory that it was given, or in one that is gone when it closes. */
export class Folder {
  private passing: string | undefined;
  private readonly made = new Set<string>();

  constructor(private readonly directory?: string) {}

  /** The path of a folder in it, which is there then. */
  below(name: string): string {
    const path = join(this.path(), name);
    if (!this.made.has(name)) mkdirSync(path, { recursive: true, mode: 0o700 });
    this.made.add(name);
    return path;
  }

  /** Throws away a folder in it, also one of a process before this one. */
  remove(name: string): void {
    this.made.delete(name);
    const path = this.directory ?? this.passing;
    if (path !== undefined) rmSync(join(path, name), { recursive: true, force: true });
  }

  close(): void {
    if (this.passing !== undefined) rmSync(this.passing, { recursive: true, force: true });
    this.passing = undefined;
    this.made.clear();
  }

  private path(): string {
    return this.directory ?? (this.passing ??= mkdtempSync(join(tmpdir(), 'clickpost-practice-')));
  }
}
