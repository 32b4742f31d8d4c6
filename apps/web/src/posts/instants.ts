import { formatClock, formatShortDay, formatTime } from '../ui/dates.js';

/** Instants within sentences. */
export interface Instants {
  /** `24 Nov at 09:00:02`: after "from", "to", "for". */
  noun: (at: string) => string;
  /** `on 24 Nov at 09:00:02`: after a verb. */
  adverb: (at: string) => string;
}

/**
 * Instants as read in a zone; the day is left out for what lies on the same day as `near`, and seconds where there are none.
 * @param near ISO instant @param sameDay what stands for that day: `today`
 */
export function instantsNear(near: string, zone: string, sameDay = ''): Instants {
  const clock = (at: string) => (new Date(at).getUTCSeconds() === 0 ? formatTime(at, zone) : formatClock(at, zone));
  const isNear = (at: string) => formatShortDay(at, zone) === formatShortDay(near, zone);
  const prefix = sameDay === '' ? '' : `${sameDay} at `;
  return {
    noun: (at) => (isNear(at) ? `${prefix}${clock(at)}` : `${formatShortDay(at, zone)} at ${clock(at)}`),
    adverb: (at) => (isNear(at) ? `${prefix || 'at '}${clock(at)}` : `on ${formatShortDay(at, zone)} at ${clock(at)}`),
  };
}
