import { type Config } from '../config/index.js';
import { explainStart } from './explain.js';
import { loadConfigWithPorts } from './free-ports.js';
import { type Starting } from './patience.js';

/** A program that has started. */
export interface RunningProgram {
  /** What a person is told now. */
  ready: string;
  /** Resolves with a sentence when something that it cannot do without has ended by itself. */
  broken?: Promise<string>;
  /** Ends all of it. */
  stop(): Promise<void>;
}

const STOPPED = '  Stopped. Nothing is lost: the next start goes on from here.\n';

/**
 * Runs one of ClickPost's programs, from reading its settings to the end of the process, and tells it in sentences.
 * SIGINT and SIGTERM end it with code 0, also while it still starts; what cannot go on ends it with code 1.
 */
export async function runProgram(
  start: (config: Config, starting: Starting) => Promise<RunningProgram>,
): Promise<void> {
  let config: Config | undefined;
  const stopping = new AbortController();
  const begin = async (): Promise<RunningProgram> => {
    config = await loadConfigWithPorts();
    return start(config, { tell: (sentence) => say(`  ${sentence}`), stopping: stopping.signal });
  };
  const starting = begin();
  let ending: Promise<void> | undefined;
  const end = (why: string, code: number): void => {
    ending ??= stop(starting, stopping, why, code);
  };
  process.on('SIGINT', () => end('Stopping: finishing what is in hand …', 0));
  process.on('SIGTERM', () => end('Stopping: finishing what is in hand …', 0));
  try {
    const running = await starting;
    if (!ending) say(running.ready);
    void running.broken?.then((why) => end(why, 1));
  } catch (error) {
    if (isToldToStop(error, stopping.signal)) return;
    process.stderr.write(`\n  ClickPost did not start.\n  ${explainStart(error, config)}\n\n`);
    process.exit(1);
  }
}

async function stop(
  starting: Promise<RunningProgram>,
  stopping: AbortController,
  why: string,
  code: number,
): Promise<void> {
  say(`\n  ${why}`);
  stopping.abort();
  try {
    const running = await starting;
    await running.stop();
    say(STOPPED);
  } catch (error) {
    if (isToldToStop(error, stopping.signal)) {
      say(STOPPED);
      process.exit(code);
    }
    process.stderr.write(`  It did not stop cleanly.\n  ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
  process.exit(code);
}

/** Whether a start was given up because a signal came, and has taken away what it had begun. */
function isToldToStop(error: unknown, stopping: AbortSignal): boolean {
  return stopping.aborted && error === stopping.reason;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
