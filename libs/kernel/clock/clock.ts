/** Where the time comes from, so that tests can set it. */
export interface Clock {
  /** The wall clock. It may jump; never measure a duration with it. */
  now(): Date;
  /** Milliseconds that only ever grow, from an arbitrary start. */
  monotonic(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
};
