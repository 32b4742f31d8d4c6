import {
  appendFileSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Json, type SandboxCollection } from '#platforms/core';

/** One line of a journal: a value set, or an id deleted. */
type Entry = [collection: string, id: string] | [collection: string, id: string, value: Json];

/**
 * The collections of one platform: maps in memory and, given a directory, a journal beside them that has every change
 * before the answer leaves. A killed process loses nothing that was answered; a half-written last line was not answered.
 */
export class PlatformStore {
  private readonly collections = new Map<string, Map<string, Json>>();
  private readonly journal?: number;

  constructor(platform: string, directory?: string) {
    if (directory === undefined) return;
    mkdirSync(directory, { recursive: true });
    const file = join(directory, `${platform}.jsonl`);
    if (existsSync(file)) this.replay(readFileSync(file, 'utf8'));
    this.compact(file);
    this.journal = openSync(file, 'a', 0o600);
  }

  /** A map that survives. An object got from it belongs to it: change it only together with a `set`. */
  collection<T extends Json>(name: string): SandboxCollection<T> {
    const map = this.map(name);
    return {
      get: (id) => map.get(id) as T | undefined,
      set: (id, value) => {
        map.set(id, value);
        this.write([name, id, value]);
      },
      delete: (id) => {
        const existed = map.delete(id);
        if (existed) this.write([name, id]);
        return existed;
      },
      entries: () => [...map.entries()] as [string, T][],
    };
  }

  clear(): void {
    for (const map of this.collections.values()) map.clear();
    if (this.journal !== undefined) ftruncateSync(this.journal);
  }

  close(): void {
    if (this.journal !== undefined) closeSync(this.journal);
  }

  private map(name: string): Map<string, Json> {
    const map = this.collections.get(name) ?? new Map<string, Json>();
    this.collections.set(name, map);
    return map;
  }

  private write(entry: Entry): void {
    if (this.journal !== undefined) appendFileSync(this.journal, `${JSON.stringify(entry)}\n`);
  }

  private replay(journal: string): void {
    // What stands behind the last line break was torn off while being written.
    for (const line of journal.split('\n').slice(0, -1)) {
      const [name, id, value] = JSON.parse(line) as Entry;
      if (value === undefined) this.map(name).delete(id);
      else this.map(name).set(id, value);
    }
  }

  private compact(file: string): void {
    const lines = [...this.collections].flatMap(([name, map]) =>
      [...map].map(([id, value]) => `${JSON.stringify([name, id, value])}\n`),
    );
    const next = openSync(`${file}.next`, 'w', 0o600);
    for (const line of lines) appendFileSync(next, line);
    closeSync(next);
    renameSync(`${file}.next`, file);
  }
}
