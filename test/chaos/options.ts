import { parseArgs } from 'node:util';
import { isScene, SCENES, type SceneName } from './plan-scenes.js';
import { VARIANTS } from './variants/variants.js';

/** What a run is asked for. The same options give the same plan. */
export interface Options {
  publications: number;
  kills: number;
  seed: number;
  queue: 'postgres' | 'redis';
  workers: number;
  /** The engine is broken on purpose, in this way: the run has to fail. */
  variant?: string;
  /** The run is made of this situation alone. */
  focus?: SceneName;
  /** Publications due per second, on average. */
  rate: number;
  /** After the last disturbance, no longer than this passes without something coming to its end, in seconds. */
  settle: number;
  /** Leaves the logs of the processes behind. */
  keep: boolean;
}

const WHOLE = /^\d{1,7}$/;

/** Reads the command line. Throws a sentence that names what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const { queue, variant, focus } = values;
  if (queue !== 'postgres' && queue !== 'redis') throw new Error('--queue is either "postgres" or "redis".');
  if (variant !== undefined && !VARIANTS.some(({ name }) => name === variant)) {
    throw new Error(`There is no variant "${variant}". There are: ${VARIANTS.map(({ name }) => name).join(', ')}.`);
  }
  if (focus !== undefined && !isScene(focus)) {
    throw new Error(`There is no situation "${focus}". There are: ${Object.keys(SCENES).join(', ')}.`);
  }
  return {
    publications: whole('publications', values.publications, 1),
    kills: whole('kills', values.kills, 0),
    seed: whole('seed', values.seed, 0),
    queue,
    workers: whole('workers', values.workers, 1),
    rate: whole('rate', values.rate, 1),
    settle: whole('settle', values.settle, 1),
    keep: values.keep,
    ...(variant !== undefined && { variant }),
    ...(focus !== undefined && { focus }),
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      publications: { type: 'string', default: '100' },
      kills: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      queue: { type: 'string', default: 'postgres' },
      workers: { type: 'string', default: '2' },
      variant: { type: 'string' },
      focus: { type: 'string' },
      rate: { type: 'string', default: '4' },
      settle: { type: 'string', default: '240' },
      keep: { type: 'boolean', default: false },
    },
  });
}

function whole(name: string, text: string, least: number): number {
  if (!WHOLE.test(text) || Number(text) < least) throw new Error(`--${name} must be a whole number from ${least} up.`);
  return Number(text);
}
