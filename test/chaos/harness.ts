import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The harness as `npm run build` leaves it: it starts compiled programs. */
const MAIN = join(import.meta.dirname, '../../dist/test/chaos/main.js');

/** The keys of the JSON line, in order. */
export const FIGURES = [
  ...['publications', 'kills', 'faults', 'published', 'failed', 'held', 'cancelled', 'unconfirmed'],
  ...['lost', 'doubled', 'wrongVersion', 'unapproved', 'unexplained'],
];

/** What a run came to. */
export interface Ran {
  code: number | null;
  /** The last line of standard output, which is JSON where the run came to its end. */
  figures: Record<string, number>;
  /** Everything that it printed behind its plan: what counted with its story, and the table. */
  report: string;
  /** What a line of the table counts; NaN where there is no such line. */
  count: (what: string) => number;
}

/** Runs of the chaos harness for a spec, a bounded number at a time. */
export class Harness {
  private readonly running = new Set<ChildProcess>();
  private lanes: { free: Promise<unknown> }[];

  constructor(atOnce: number) {
    this.lanes = Array.from({ length: atOnce }, () => ({ free: Promise.resolve() }));
  }

  /** Runs it as soon as there is room. The runs begin in the order in which they were asked for. */
  run(...args: string[]): Promise<Ran> {
    // The first lane gets the run, and goes to the end of the row.
    const [lane, ...others] = this.lanes;
    const ran = (lane?.free ?? Promise.resolve()).then(() => this.start(args));
    this.lanes = [...others, { free: ran.catch(() => undefined) }];
    return ran;
  }

  /** Ends what is still running, which takes away everything that it started. */
  async end(): Promise<void> {
    const ended = [...this.running].map((child) => once(child, 'close'));
    for (const child of this.running) child.kill('SIGTERM');
    await Promise.all(ended);
  }

  private async start(args: readonly string[]): Promise<Ran> {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.running.add(child);
    let [said, told] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    const [code] = (await once(child, 'close')) as [number | null];
    this.running.delete(child);
    return read(code, said, told);
  }
}

function read(code: number | null, said: string, told: string): Ran {
  const lines = said.trim().split('\n');
  const last = lines.at(-1) ?? '';
  const isPlan = (line: string) => /^(Plan of seed|People:|Aimed at|Every 0\.7 s| *\d+\.\d s )/.test(line);
  const report = [...lines.filter((line) => !isPlan(line)), ...told.trim().split('\n').slice(-15)].join('\n');
  const count = (what: string) => {
    const row = lines.find((line) => line.startsWith(`| ${what} `));
    return Number(row?.split('|')[2]);
  };
  return { code, figures: last.startsWith('{') ? JSON.parse(last) : {}, report, count };
}
