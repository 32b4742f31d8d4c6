import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CONFIG, type Config } from '#kernel';

/** A folder for temporary files. */
export interface WorkFolder {
  path: string;
  /** Removes it with everything in it; more than once does no harm. */
  remove(): Promise<void>;
}

/** How often a living process says so, for those that cannot see it (another container, another machine). */
const HEARTBEAT_MS = 60_000;
/** Silent for so long it is taken for dead. */
const SILENT_MS = 15 * 60_000;
const SWEEP_EVERY_MS = 60 * 60_000;

/**
 * Folders for temporary files under `DATA_DIR/work`. All of one process lie in a folder that is named after it, so that
 * what a killed process left behind is known for what it is, and removed at the next start or within the hour.
 */
@Injectable()
export class WorkFolders implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(WorkFolders.name);
  private readonly root: string;
  private own: Promise<string> | undefined;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(@Inject(CONFIG) config: Pick<Config, 'dataDir'>) {
    this.root = join(config.dataDir, 'work');
  }

  async onModuleInit(): Promise<void> {
    await this.sweepOrLog();
    this.every(SWEEP_EVERY_MS, () => this.sweepOrLog());
    this.every(HEARTBEAT_MS, () => this.beat());
  }

  /** Removes everything of this process. */
  async onModuleDestroy(): Promise<void> {
    this.timers.forEach(clearInterval);
    if (this.own) await rm(await this.own, { recursive: true, force: true });
  }

  /** Gives the task a new, empty folder, and removes it afterwards whatever happens. */
  async use<T>(task: (folder: string) => Promise<T>): Promise<T> {
    const folder = await this.open();
    try {
      return await task(folder.path);
    } finally {
      await folder.remove();
    }
  }

  /** A new, empty folder, that only this process may read. Whoever asks for it removes it. */
  async open(): Promise<WorkFolder> {
    this.own ??= ownerName().then((name) => join(this.root, name));
    const path = join(await this.own, randomUUID());
    await mkdir(path, { recursive: true, mode: 0o700 });
    return { path, remove: () => rm(path, { recursive: true, force: true }) };
  }

  /** Removes the folders of processes that are gone, and answers how many those were. */
  async sweep(): Promise<number> {
    const names = await readdir(this.root).catch(ifMissing([]));
    const removed = await Promise.all(
      names.map(async (name) => {
        const path = join(this.root, name);
        if (!(await isGone(name, path))) return false;
        // What a program of it still writes while it dies may be in the way for a moment.
        await rm(path, { recursive: true, force: true, maxRetries: 3 });
        return true;
      }),
    );
    return removed.filter(Boolean).length;
  }

  private async sweepOrLog(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.logger.error({ err: error }, 'Temporary files of processes that are gone could not be removed.');
    }
  }

  private async beat(): Promise<void> {
    if (!this.own) return;
    const now = new Date();
    await utimes(await this.own, now, now).catch(ifMissing(undefined));
  }

  private every(milliseconds: number, task: () => Promise<void>): void {
    const timer = setInterval(() => void task(), milliseconds);
    this.timers.push(timer.unref());
  }
}

const NAME = /^([0-9a-f]{12})-(\d+)-(\d+)-[0-9a-f-]{36}$/;

/** Which process this is, among all that there ever were: a process id alone is given to others later. */
async function ownerName(): Promise<string> {
  return [await visibleFrom(), process.pid, (await startOf(process.pid)) ?? 0, randomUUID()].join('-');
}

async function isGone(name: string, path: string): Promise<boolean> {
  const [, from, pid, start] = NAME.exec(name) ?? [];
  if (from === (await visibleFrom())) {
    const found = await startOf(Number(pid));
    if (found === undefined) return true;
    if (found !== 0) return found !== Number(start);
  }
  const modified = await stat(path).then(({ mtimeMs }) => mtimeMs, ifMissing(Date.now()));
  return Date.now() - modified > SILENT_MS;
}

/** Processes that share this can see each other: the same run of a machine, and the same container. */
async function visibleFrom(): Promise<string> {
  const parts =
    process.platform === 'linux'
      ? await Promise.all([readFile('/proc/sys/kernel/random/boot_id', 'utf8'), readlink('/proc/self/ns/pid')])
      : [hostname()];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

/** When a process started, in the kernel's own count; 0 where only its presence can be known; undefined = it is gone. */
async function startOf(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return isPresent(pid) ? 0 : undefined;
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(ifMissing(undefined));
  // The name of the program stands in brackets and may contain anything; its state and the rest follow.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? undefined : Number(fields[19]);
}

function isPresent(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A file that is not there (any more), or a process that went while it was asked for. */
const ifMissing =
  <T>(value: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return value;
    throw error;
  };
