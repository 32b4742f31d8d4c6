import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Guard } from './guard.js';

/** How to start a program again and again. */
export interface ChildOptions {
  name: string;
  command: string;
  arguments: readonly string[];
  env: Record<string, string>;
  /** Where its words go. */
  log: string;
  /** What it says when it is ready. */
  ready: RegExp;
  /** Knows every process that it becomes. */
  guard: Guard;
}

/** An end that nobody had asked for. */
export interface Ending {
  /** Milliseconds since 1970. */
  at: number;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that it said since it was started, without secrets. */
  lastWords: string[];
}

const READY_MS = 60_000;
const LOOK_MS = 50;
/** As an operator's supervisor would wait. */
const SUPERVISOR_MS = 500;
/** A sentence, and the top of a stack. */
const LAST_LINES = 12;
const LONGEST_LINE = 400;

/** A program of the installation, kept alive: one that ends by itself is started again. */
export class Child {
  private process: ChildProcess | undefined;
  /** One thing is done to it at a time: a second kill waits until it is back from the first. */
  private turn: Promise<unknown> = Promise.resolve();
  private logStart = 0;
  private ending = false;
  private down = false;
  /** When it ended without being told to, and how. */
  readonly endings: Ending[] = [];

  constructor(private readonly options: ChildOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** Starts it. Does not wait until it is ready. */
  start(): void {
    if (this.ending || this.process) return;
    this.down = false;
    const { command, env, log } = this.options;
    const { PATH = '', HOME = '' } = process.env;
    const output = openSync(log, 'a');
    this.logStart = statSync(log).size;
    const child = spawn(command, [...this.options.arguments], {
      env: { PATH, HOME, ...env },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.process = child;
    const { pid } = child;
    if (pid !== undefined) this.options.guard.tell('started', pid);
    child.once('error', () => undefined);
    child.once('exit', (code, signal) => {
      if (pid !== undefined) this.options.guard.tell('ended', pid);
      this.process = undefined;
      if (this.ending || this.down) return;
      this.endings.push({ at: Date.now(), code, signal, lastWords: this.lastWords() });
      setTimeout(() => this.start(), SUPERVISOR_MS);
    });
  }

  /** Waits until it has said that it is ready, since it was started last. */
  async isReady(): Promise<void> {
    const end = performance.now() + READY_MS;
    while (!this.options.ready.test(this.words())) {
      if (this.ending) return;
      if (performance.now() > end) throw new Error(`${this.name} did not get ready:\n${this.words().slice(-3_000)}`);
      await sleep(LOOK_MS);
    }
  }

  /** kill -9, and back after a while. */
  kill(backAfterMs: number): Promise<void> {
    return this.inTurn(async () => {
      await this.end('SIGKILL');
      await sleep(backAfterMs);
      this.start();
    });
  }

  /** SIGTERM, and back once it has ended. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.end('SIGTERM');
      this.start();
    });
  }

  /** A pause of the whole process that it cannot notice. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.process?.kill(signal);
  }

  /** Ends it for good, whatever else is being done to it. */
  async stop(): Promise<void> {
    this.ending = true;
    await this.end('SIGKILL');
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(async () => {
      // What the supervisor has not started again yet is there before it is ended once more.
      if (!this.process) this.start();
      await work();
    });
    this.turn = mine.catch(() => undefined);
    await mine;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    if (!child) return;
    this.down = true;
    const ended = once(child, 'exit');
    child.kill(signal);
    if (signal === 'SIGTERM') child.kill('SIGCONT');
    await ended;
  }

  private lastWords(): string[] {
    const { env } = this.options;
    const said = secretsOf(env).reduce((words, secret) => words.replaceAll(secret, '[redacted]'), this.words());
    const lines = said.split('\n').filter((line) => line.trim() !== '');
    return lines.slice(-LAST_LINES).map((line) => line.slice(0, LONGEST_LINE));
  }

  /** What it said since it was started last. A long run's log is long, and only its end is read. */
  private words(): string {
    const { log } = this.options;
    const bytes = Buffer.alloc(Math.max(0, statSync(log).size - this.logStart));
    const file = openSync(log, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, this.logStart)).toString('utf8');
    } finally {
      closeSync(file);
    }
  }
}

/** What a program was given that nobody may read: values that are named so, and passwords of addresses. */
function secretsOf(env: Readonly<Record<string, string>>): string[] {
  const named = Object.entries(env).flatMap(([name, value]) => (/SECRET|TOKEN|PASSWORD/.test(name) ? [value] : []));
  const passwords = Object.values(env).flatMap((value) => (URL.canParse(value) ? [new URL(value).password] : []));
  return [...named, ...passwords, ...passwords.map(decodeURIComponent)].filter((secret) => secret !== '');
}
