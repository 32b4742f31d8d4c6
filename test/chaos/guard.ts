import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The word with which a run that took everything away itself lets its guard go. */
const DONE = 'done';

/**
 * A process that outlives the run by a moment: however the run ends, be it by kill -9, what it had started is ended and
 * its folder removed.
 */
export class Guard {
  private constructor(private readonly process: ChildProcess) {}

  static start(folder: string): Guard {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // Ctrl-C reaches the whole group, and this one has to be there after it.
      detached: true,
    });
    child.stdin?.on('error', () => undefined);
    child.unref();
    return new Guard(child);
  }

  /** A process was started that has to end with the run, or has ended: its number may be another one's soon. */
  tell(event: 'started' | 'ended', pid: number): void {
    this.process.stdin?.write(`${event} ${pid}\n`);
  }

  /** Nothing is left to be ended. */
  release(): void {
    this.process.stdin?.end(`${DONE}\n`);
  }
}

/** Waits for the end of its input, which comes with the end of the run. */
async function standGuard(folder: string): Promise<void> {
  const pids = new Set<number>();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === DONE) return;
    const [event, pid] = line.split(' ');
    if (event === 'started') pids.add(Number(pid));
    else pids.delete(Number(pid));
  }
  for (const pid of [...pids, ...postmasterOf(folder)]) endProcess(pid);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function postmasterOf(folder: string): number[] {
  try {
    const [first] = readFileSync(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
    return [Number(first)];
  } catch {
    return []; // No file, no server.
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const [, script, given] = process.argv;
if (script === fileURLToPath(import.meta.url) && given !== undefined) await standGuard(given);
