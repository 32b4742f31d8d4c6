import { readFile } from 'node:fs/promises';

const SAMPLE_MS = 100;

/** Watches how much memory processes hold (VmRSS of Linux), one after the other, and remembers the most of each. */
export class MemoryWatch {
  /** Bytes of each process that was watched: as it was at first, and the most that it ever was. */
  readonly seen: { name: string; idle: number; most: number }[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();

  /** Watches a process, which is idle now, until it is gone or `end` is called. */
  async watch(name: string, pid: number): Promise<void> {
    const idle = await heldBy(pid);
    if (idle === undefined) throw new Error(`${name} is gone.`);
    const row = { name, idle, most: idle };
    this.seen.push(row);
    const timer = setInterval(() => {
      void heldBy(pid).then((bytes) => {
        if (bytes === undefined) this.stop(timer);
        else row.most = Math.max(row.most, bytes);
      });
    }, SAMPLE_MS);
    this.timers.add(timer);
  }

  /** The largest growth of any of them, in bytes. */
  get growth(): number {
    return Math.max(...this.seen.map(({ idle, most }) => most - idle));
  }

  end(): void {
    for (const timer of this.timers) this.stop(timer);
  }

  private stop(timer: NodeJS.Timeout): void {
    clearInterval(timer);
    this.timers.delete(timer);
  }
}

/** Undefined where there is no such process any more. */
async function heldBy(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
