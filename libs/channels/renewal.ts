/**
 * When tokens are renewed before they expire, as SQL over `now()`: after three quarters of their life, give or take a tenth
 * of it, so that sign-ins of one morning do not all come back at once. The rest of their life is for trying again.
 * @param expires an SQL expression; null where it is not known when they expire
 */
export function renewAt(expires: string): string {
  return `now() + (${expires} - now()) * (0.7 + random() * 0.1)`;
}

/** Pauses between tries that did not succeed, in seconds; the last one stays. Up to half of each is left out by chance. */
const PAUSES_SECONDS = [60, 300, 900, 3600];

/** The pause after a try that did not succeed, as SQL: an interval. `failures` counts those before it. */
export function renewalPause(failures: string): string {
  const list = `array[${PAUSES_SECONDS.join(', ')}]`;
  return `make_interval(secs => (${list})[least(${failures} + 1, ${PAUSES_SECONDS.length})] * (0.5 + random() * 0.5))`;
}
