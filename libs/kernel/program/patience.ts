import { setTimeout as sleep } from 'node:timers/promises';

/** How a program that is starting is heard and stopped. */
export interface Starting {
  /** Says a sentence to whoever started it. */
  tell: (sentence: string) => void;
  /** Aborted when it is told to stop. */
  stopping: AbortSignal;
}

/**
 * So long a start waits for servers that may be starting as well. Whoever supervises the program starts it again after
 * that, and sees by its end that something is wrong.
 */
export const START_PATIENCE_MS = 60_000;
const AGAIN_MS = 500;

/**
 * Does what needs another server, again and again while that is away, and tells so at once.
 * @param waitsFor why a failure may pass by itself, as a sentence; undefined where it does not
 * @param lastsMs after that the failure is thrown
 * @throws what `work` throws; the reason of `stopping` when the program is told to stop
 */
export async function patiently<T>(
  { tell, stopping }: Starting,
  work: () => Promise<T>,
  waitsFor: (error: unknown) => string | undefined,
  lastsMs = START_PATIENCE_MS,
): Promise<T> {
  const end = performance.now() + lastsMs;
  let told: string | undefined;
  for (;;) {
    try {
      const done = await work();
      if (told !== undefined) tell('It answers: going on.');
      return done;
    } catch (error) {
      const why = waitsFor(error);
      const leftMs = end - performance.now();
      if (why === undefined || leftMs <= 0) throw error;
      if (why !== told) tell(`${why} Trying again for ${Math.ceil(leftMs / 1000)} s …`);
      told = why;
      await sleep(AGAIN_MS, undefined, { signal: stopping }).catch(() => stopping.throwIfAborted());
    }
  }
}
