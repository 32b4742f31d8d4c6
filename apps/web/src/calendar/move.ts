import { Temporal } from 'temporal-polyfill';
import { type PublicationState } from '../api/queries.js';

/** A time as the API takes it: what clocks in the zone show. */
export interface LocalSchedule {
  at: string;
  timeZone: string;
}

/** A time that lies this little in the past still counts as now: clocks differ. The API sees it the same way. */
const GRACE_MS = 60_000;
/** A post for today that was asked for by its day alone goes out at the next of these minutes. */
const ROUND_MINUTES = 30;
/** When a post for another day goes out that was asked for by its day alone. */
const USUAL_HOUR = 9;

/**
 * The instant at which clocks show the same time on another day, also where the clock changes between the two. Where it
 * skips that time, it is as much later.
 * @param at ISO instant
 * @param day `2026-11-24`
 * @param zone IANA name, whose clock is meant
 */
export function moveToDay(at: string, day: string, zone: string): string {
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime();
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant().toString();
}

/** The instant that a clock time means. @param local `2026-11-24T09:00` @param zone IANA name */
export function instantAt(local: string, zone: string): string {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString();
}

/** What clocks in a zone show at an instant: `2026-11-24T09:00`. */
export function localAt(at: string, zone: string): string {
  return Temporal.Instant.from(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute', roundingMode: 'trunc' });
}

/**
 * An instant as the schedule of a publication, in the zone in which its time was chosen, so that this choice is kept.
 * The second of two equal times, when the clock is set back, needs its offset to be told from the first.
 */
export function scheduleAt(at: string, timeZone: string): LocalSchedule {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  const local = zoned.toPlainDateTime();
  const clear = local.toZonedDateTime(timeZone).equals(zoned);
  return {
    at: clear ? local.toString() : zoned.toString({ timeZoneName: 'never' }),
    timeZone,
  };
}

/** Whether it is too late to publish something at an instant. @param now milliseconds since 1970 */
export function isPast(at: string, now: number): boolean {
  return Date.parse(at) < now - GRACE_MS;
}

/** Whether a day has passed in a zone. @param today the day that the zone's clock shows */
export function isPastDay(day: string, today: string): boolean {
  return day < today;
}

/** A good time on a day for a new post, as the zone's clock shows it: `2026-11-24T09:00`. @param now milliseconds */
export function usualTime(day: string, zone: string, now: number): string {
  const clock = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const usual = Temporal.PlainDate.from(day).toPlainDateTime({ hour: USUAL_HOUR });
  const next = clock
    .toPlainDateTime()
    .round({ smallestUnit: 'minute', roundingIncrement: ROUND_MINUTES, roundingMode: 'ceil' });
  const isToday = clock.toPlainDate().toString() === day;
  // Late in the evening the next half hour is tomorrow's; the day that was asked for stays.
  const late = isToday && !next.toPlainDate().equals(usual.toPlainDate());
  const time = late ? clock.toPlainDateTime().with({ minute: 59 }) : next;
  const chosen = isToday && Temporal.PlainDateTime.compare(time, usual) > 0 ? time : usual;
  return chosen.toString({ smallestUnit: 'minute' });
}

/** Whether a publication in this state can be given another time. */
export function mayMove(state: PublicationState): boolean {
  switch (state) {
    case 'scheduled':
    case 'preparing':
    case 'ready':
    case 'held':
    case 'failed':
      return true;
    case 'committing':
    case 'published':
    case 'unconfirmed':
    case 'cancelled':
      return false;
  }
}

/** Why a post with publications in these states cannot be moved, and what to do; undefined when it can. */
export function whyImmovable(states: readonly PublicationState[]): string | undefined {
  const fixed = states.find((state) => !mayMove(state));
  switch (fixed) {
    case undefined:
      return undefined;
    case 'committing':
      return 'It is being published at this moment. Wait for its outcome.';
    case 'published':
      return 'It is published, at least in part. Its time cannot be changed any more.';
    case 'unconfirmed':
      return 'It may be out already. Open the post, look, and say what you found.';
    case 'cancelled':
      return 'It was cancelled. Open the post to schedule it again.';
    case 'scheduled':
    case 'preparing':
    case 'ready':
    case 'held':
    case 'failed':
      return undefined;
  }
}
