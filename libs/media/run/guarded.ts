import { execa } from 'execa';
import { type Duplex, type Readable } from 'node:stream';

/** What a program may use. Whatever is exceeded ends it. */
export interface GuardedBounds {
  /** Milliseconds on the clock. */
  timeMs: number;
  /** Bytes of address space; more than a program really uses, as libraries, stacks and mapped files count too. Not on macOS. */
  memoryBytes: number;
  /** Bytes of the largest file that it may write; 0 = it may write none. */
  fileBytes: number;
  /** Bytes that it may print to its standard output. */
  outputBytes?: number;
}

export interface GuardedOptions {
  args: readonly string[];
  bounds: GuardedBounds;
  /** Where it runs; relative paths in its arguments are seen from here. */
  cwd?: string;
  /** Ends it before its time. */
  signal?: AbortSignal;
  /** Gets each line of the standard output as it comes; what it throws ends the program and is thrown. */
  onLine?: (line: string) => void;
}

/** What a program printed before it ended well. */
export interface GuardedResult {
  /** Empty where the lines went to `onLine`. */
  stdout: string;
  /** The end of it. */
  stderr: string;
}

/** Why a program did not end well: by itself (`exit`), or because it met one of its bounds or was told to stop. */
export type GuardedEnd = 'exit' | 'cancelled' | 'time' | 'memory' | 'file-size' | 'output';

/** A program that failed or was ended. Its message is for logs, not for people. */
export class GuardedError extends Error {
  override readonly name = 'GuardedError';

  constructor(
    readonly program: string,
    readonly end: GuardedEnd,
    /** The end of what it printed to its standard error. */
    readonly stderr: string,
    /** 128 + the number of the signal where one ended it. */
    readonly exitCode: number | undefined,
  ) {
    super(`${program} ended: ${end}${exitCode === undefined ? '' : ` (${exitCode})`}. ${stderr.slice(-500)}`.trim());
  }
}

const DEFAULT_OUTPUT_BYTES = 8 * 1024 * 1024;
const STDERR_KEPT = 16 * 1024;
/** A program that floods its standard error keeps a core busy for nothing. */
const STDERR_BYTES = 64 * 1024 * 1024;
/** An unread line that is longer is no line. */
const LINE_BYTES = 64 * 1024;
/** How long the shell may take to end what it started, before the whole group is killed. */
const GRACE_MS = 3_000;

/**
 * Starts the program with its limits at low priority, and ends it when descriptor 3 closes: that is how it is told to
 * stop, and what the kernel does when this process dies, however it dies. Units: 512 bytes for -f, 1024 for -v.
 */
const SHELL = `
ulimit -c 0
ulimit -f "$1" || exit 126
ulimit -v "$2" 2>/dev/null
shift 2
nice -n 10 "$@" 3<&- &
program=$!
{ read -r _ <&3; kill -9 $program; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait $program
code=$?
{ kill -9 $watcher; wait $watcher; } 2>/dev/null
exit $code
`;

/** Nothing of our own environment, where secrets are. Few arenas: each thread's would take 64 MiB of address space. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', MALLOC_ARENA_MAX: '2' };

/**
 * Runs a program that meets untrusted files: bounded in time, memory, files and output, at low priority, without input
 * and without our environment; it dies with this process. On Windows only time and output are bounded.
 * @throws GuardedError when it fails or is ended
 */
export async function runGuarded(program: string, options: GuardedOptions): Promise<GuardedResult> {
  if (options.signal?.aborted) throw new GuardedError(program, 'cancelled', '', undefined);
  const child = start(program, options);
  const run = new Run(options, () => child.end());
  run.read(child.stdout, child.stderr);
  const exitCode = await child.ended.finally(() => run.close());
  return run.resultOf(program, exitCode);
}

interface Child {
  stdout: Readable;
  stderr: Readable;
  end: () => void;
  /** The exit code, once everything is read; undefined where the program could not be started. */
  ended: Promise<number | undefined>;
}

function start(program: string, { args, bounds, cwd }: GuardedOptions): Child {
  const common = { ...(cwd !== undefined && { cwd }), reject: false, buffer: false, extendEnv: false } as const;
  if (process.platform === 'win32') {
    const child = execa(program, [...args], { ...common, stdin: 'ignore', extendEnv: true });
    return {
      stdout: child.stdout,
      stderr: child.stderr,
      end: () => child.kill('SIGKILL'),
      ended: child.then(({ exitCode }) => exitCode),
    };
  }
  const limits = [Math.ceil(bounds.fileBytes / 512), Math.ceil(bounds.memoryBytes / 1024)].map(String);
  const child = execa('/bin/sh', ['-c', SHELL, 'guarded', ...limits, program, ...args], {
    ...common,
    env: ENVIRONMENT,
    // A group of its own: Ctrl-C in a terminal is for us, who then end it in order.
    detached: true,
    cleanup: false,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const lifeline = child.stdio[3] as unknown as Duplex;
  // It breaks when the shell ends first, which is the usual end.
  lifeline.on('error', () => undefined);
  let grace: NodeJS.Timeout | undefined;
  const end = (): void => {
    lifeline.destroy();
    grace ??= setTimeout(() => killGroup(child.pid), GRACE_MS);
  };
  const ended = child.then(({ exitCode }) => exitCode);
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    end,
    ended: ended.finally(() => {
      clearTimeout(grace);
      lifeline.destroy();
    }),
  };
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** What a running program printed so far, and why it was ended, if it was. */
class Run {
  private readonly kept: Buffer[] = [];
  private printed = 0;
  private complained = 0;
  private line = '';
  private stderr = '';
  private stopped: GuardedEnd | undefined;
  private thrown: Error | undefined;
  private readonly timer: NodeJS.Timeout;
  private readonly abort = (): void => this.stop('cancelled');

  constructor(
    private readonly options: GuardedOptions,
    private readonly end: () => void,
  ) {
    this.timer = setTimeout(() => this.stop('time'), options.bounds.timeMs);
    options.signal?.addEventListener('abort', this.abort, { once: true });
  }

  read(stdout: Readable, stderr: Readable): void {
    const decoder = new TextDecoder();
    stdout.on('data', (chunk: Buffer) => {
      this.printed += chunk.length;
      if (this.printed > (this.options.bounds.outputBytes ?? DEFAULT_OUTPUT_BYTES)) this.stop('output');
      else if (this.options.onLine) this.takeLines(decoder.decode(chunk, { stream: true }), this.options.onLine);
      else this.kept.push(chunk);
    });
    stderr.on('data', (chunk: Buffer) => {
      this.complained += chunk.length;
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-STDERR_KEPT);
      if (this.complained > STDERR_BYTES) this.stop('output');
    });
  }

  close(): void {
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener('abort', this.abort);
  }

  resultOf(program: string, exitCode: number | undefined): GuardedResult {
    if (this.thrown) throw this.thrown;
    if (this.stopped !== undefined) throw new GuardedError(program, this.stopped, this.stderr, undefined);
    if (exitCode !== 0) throw new GuardedError(program, endOf(exitCode, this.stderr), this.stderr, exitCode);
    if (this.options.onLine && this.line !== '') this.options.onLine(this.line);
    return { stdout: Buffer.concat(this.kept).toString('utf8'), stderr: this.stderr };
  }

  private stop(why: GuardedEnd): void {
    this.stopped ??= why;
    this.end();
  }

  private takeLines(text: string, onLine: (line: string) => void): void {
    if (this.stopped !== undefined || this.thrown) return;
    const lines = (this.line + text).split(/\r?\n/);
    this.line = lines.pop() ?? '';
    if (this.line.length > LINE_BYTES) return this.stop('output');
    try {
      lines.forEach(onLine);
    } catch (error) {
      this.thrown = error instanceof Error ? error : new Error(String(error));
      this.end();
    }
  }
}

/** SIGXFSZ is 25 on Linux and macOS: the kernel's word for a file that would grow too large. */
const FILE_TOO_LARGE = 128 + 25;

/** ffmpeg says in words what the kernel refused it; other programs are killed by it. */
function endOf(exitCode: number | undefined, stderr: string): GuardedEnd {
  if (exitCode === FILE_TOO_LARGE || /File too large/.test(stderr)) return 'file-size';
  return /Cannot allocate memory|out of memory|memory exhausted|bad_alloc|malloc of size/i.test(stderr)
    ? 'memory'
    : 'exit';
}
