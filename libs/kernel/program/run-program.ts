import { type Config } from '../config/index.js';
import { explainStart } from './explain.js';
import { loadConfigWithPorts } from './free-ports.js';

/** A program that has started. */
export interface RunningProgram {
  /** What a person is told now. */
  ready: string;
  /** Resolves with a sentence when something that it cannot do without has ended by itself. */
  broken?: Promise<string>;
  /** Ends all of it. */
  stop(): Promise<void>;
}

/**
 * Runs one of ClickPost's programs, from reading its settings to the end of the process, and tells it in sentences.
 * SIGINT and SIGTERM end it with code 0, also while it still starts; what cannot go on ends it with code 1.
 */
export async function runProgram(
  start: (config: Config, tell: (sentence: string) => void) => Promise<RunningProgram>,
): Promise<void> {
  let config: Config | undefined;
  const begin = async (): Promise<RunningProgram> => {
    config = await loadConfigWithPorts();
    return start(config, (sentence) => say(`  ${sentence}`));
  };
  const starting = begin();
  let ending: Promise<void> | undefined;
  const end = (why: string, code: number): void => {
    ending ??= stop(starting, why, code);
  };
  process.on('SIGINT', () => end('Stopping: finishing what is in hand …', 0));
  process.on('SIGTERM', () => end('Stopping: finishing what is in hand …', 0));
  try {
    const running = await starting;
    if (!ending) say(running.ready);
    void running.broken?.then((why) => end(why, 1));
  } catch (error) {
    process.stderr.write(`\n  ClickPost did not start.\n  ${explainStart(error, config)}\n\n`);
    process.exit(1);
  }
}

async function stop(starting: Promise<RunningProgram>, why: string, code: number): Promise<void> {
  say(`\n  ${why}`);
  try {
    const running = await starting;
    await running.stop();
    say('  Stopped. Nothing is lost: the next start goes on from here.\n');
  } catch (error) {
    process.stderr.write(`  It did not stop cleanly.\n  ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
  process.exit(code);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
