/** How fast something comes along, by what was seen of it lately. */
export interface Pace {
  /** Bytes a second. */
  speed: number;
  /** Milliseconds until the end at this speed. */
  remainingMs: number;
}

/** How much was there at a moment. */
export interface Sample {
  /** Milliseconds of any clock that only goes forward. */
  at: number;
  bytes: number;
}

/** A longer look would be slow to notice that the line has changed, a shorter one would jump. */
const WINDOW_MS = 8_000;
/** From less than this nothing can be told. */
const ENOUGH_MS = 1_000;

/** The samples that still count, with one more. Pure. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  return [...samples.filter(({ at }) => next.at - at <= WINDOW_MS), next];
}

/** The pace of the last seconds; undefined while too little is known, or while nothing moves. Pure. */
export function paceOf(samples: readonly Sample[], totalBytes: number): Pace | undefined {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (!first || !last || last.at - first.at < ENOUGH_MS) return undefined;
  const speed = ((last.bytes - first.bytes) * 1_000) / (last.at - first.at);
  if (speed <= 0) return undefined;
  return { speed, remainingMs: ((totalBytes - last.bytes) / speed) * 1_000 };
}
