import { setTimeout as wait } from 'node:timers/promises';

/** Longer than anything takes that is done for a known account alone, in milliseconds. */
export const EVEN_TIME_MS = 300;

/** Resolves when everything that began now may be answered, so that its time tells nobody what was done meanwhile. */
export function evenTime(): Promise<void> {
  return wait(EVEN_TIME_MS);
}
