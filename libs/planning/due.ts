import { type FieldError, instantOf, isLocalTime, isTimeZone, localOf, offsetTimeOf, Problem } from '#kernel';
import { type Due } from '#publishing';
import { type Schedule } from './post-content.js';

/** A time that lies this little in the past still counts as now: clocks differ, and people take a moment. */
const GRACE_MS = 60_000;
/** Nobody means a time further away than this. */
const FURTHEST_YEARS = 5;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** What a schedule is read against: the workspace's zone, and the database's time. */
export interface Reading {
  zone: string;
  now: Date;
}

/**
 * The instant that a schedule means, or undefined for a draft. What was chosen by the zone's clock is kept as a local time,
 * and follows the zone's rules; what was chosen as an instant is kept with its offset, and stays. Throws a problem that names
 * the field.
 */
export function dueOf(schedule: Schedule, { zone, now }: Reading): Due | undefined {
  if (schedule === null) return undefined;
  if (schedule === 'next-slot') throw noSlots();
  if (schedule === 'now') return { at: now, timeZone: zone, local: offsetTimeOf(now, zone) };
  const { timeZone } = schedule;
  if (!isTimeZone(timeZone)) {
    throw invalid({
      field: 'schedule/timeZone',
      rule: 'unknown-time-zone',
      message: `"${timeZone}" is not a time zone.`,
      remedy: 'Use an IANA name such as "Europe/Berlin" or "UTC".',
    });
  }
  const at = instantAt(schedule.at, timeZone);
  if (at.getTime() < now.getTime() - GRACE_MS) {
    throw invalid({
      field: 'schedule/at',
      rule: 'past',
      message: `The time ${localOf(at, timeZone)} (${timeZone}) has passed; there it is ${localOf(now, timeZone)} now.`,
      remedy: 'Choose a later time, or schedule it "now".',
    });
  }
  if (at.getTime() > now.getTime() + FURTHEST_YEARS * 366 * 86_400_000) {
    throw invalid({
      field: 'schedule/at',
      rule: 'too-far',
      message: `The time lies more than ${FURTHEST_YEARS} years ahead.`,
      remedy: 'Check the year.',
    });
  }
  const local = isLocalTime(schedule.at) ? localOf(at, timeZone) : offsetTimeOf(at, timeZone);
  return { at, timeZone, local };
}

/** A local time means the zone's clock; with an offset it is an instant already. */
function instantAt(at: string, timeZone: string): Date {
  try {
    if (!/(Z|[+-]\d{2}:\d{2})$/.test(at)) return instantOf(at, timeZone);
    return readInstant(at);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw invalid({
      field: 'schedule/at',
      rule: 'time',
      message: `"${at.slice(0, 40)}" is not a date and time.`,
      remedy: 'Use ISO 8601: "2027-03-28T09:00" (the zone\'s clock) or "2027-03-28T07:00:00Z".',
    });
  }
}

/**
 * The instant that a date and time with an offset names: `2027-03-28T07:00:00Z`.
 * @throws RangeError when it is none
 */
export function readInstant(text: string): Date {
  if (!WITH_OFFSET.test(text)) throw new RangeError(`"${text}" is not a date and time with an offset`);
  // JavaScript takes the 30th of February for the 2nd of March: what no clock ever shows has to be refused first.
  instantOf(text.slice(0, 'YYYY-MM-DDTHH:MM'.length), 'UTC');
  return new Date(text);
}

function invalid(error: FieldError): Problem {
  return Problem.validation([error]);
}

function noSlots(): Problem {
  return new Problem('no-slots', 'A channel of this post has no queue slots.', {
    errors: [
      {
        field: 'schedule',
        rule: 'no-slots',
        message: '"next-slot" needs weekly slots on every channel of the post.',
        remedy: 'Give a time ({"at", "timeZone"}) or "now".',
      },
    ],
  });
}
