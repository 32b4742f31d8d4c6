import { type LogEntry } from './log-evidence.js';

const UNITS: readonly [name: string, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** A length of time in its largest whole unit: `2 seconds`, `5 minutes`. @param ms milliseconds, the sign does not matter */
export function span(ms: number): string {
  const length = Math.abs(ms);
  const [name, unit] = UNITS.find(([, one]) => length >= one) ?? ['second', 1000];
  const count = Math.max(1, Math.floor(length / unit));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** How far an instant lies from another one: `on time` within the second, else `2 seconds after its time`. */
export function fromDue(at: string, dueAt: string): string {
  const ms = Date.parse(at) - Date.parse(dueAt);
  if (Math.abs(ms) < 1000) return 'on time';
  return `${span(ms)} ${ms > 0 ? 'after' : 'before'} its time`;
}

/**
 * How far an entry lies from the due time, where that says something: what is done in time is only said of the request that
 * publishes, and the end says it in its own sentence.
 */
export function distanceOf({ kind, at }: Pick<LogEntry, 'kind' | 'at'>, dueAt: string): string | undefined {
  const words = fromDue(at, dueAt);
  if (kind === 'published') return undefined;
  return words !== 'on time' || kind === 'fenced' ? words : undefined;
}
