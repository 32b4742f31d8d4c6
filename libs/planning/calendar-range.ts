import { type FieldError, Problem } from '#kernel';
import { readInstant } from './due.js';

/** A quarter and the days that a grid shows around it; more than that is a report and no calendar. */
const LONGEST_DAYS = 100;
const DAY_MS = 86_400_000;

/** From the first instant to the one behind the last. */
export interface CalendarRange {
  from: Date;
  to: Date;
}

/**
 * Which part of the calendar, or of any other record of a time, is asked for.
 * @param from ISO 8601 with an offset, as `to`
 * @param longestDays how much may be asked for at once; a calendar's where left out
 * @throws Problem 422 that names each wrong field
 */
export function calendarRange(from: string, to: string, longestDays = LONGEST_DAYS): CalendarRange {
  const [first, last] = [instant(from), instant(to)];
  if (!first || !last) {
    throw Problem.validation([...(first ? [] : [noInstant('from', from)]), ...(last ? [] : [noInstant('to', to)])]);
  }
  const wrong = wrongSpan(last.getTime() - first.getTime(), longestDays);
  if (wrong) throw Problem.validation([{ field: 'to', ...wrong }]);
  return { from: first, to: last };
}

function wrongSpan(spanMs: number, longestDays: number): Omit<FieldError, 'field'> | undefined {
  if (spanMs <= 0) {
    return { rule: 'range', message: '"to" is not later than "from".', remedy: 'Send a later "to".' };
  }
  if (spanMs <= longestDays * DAY_MS) return undefined;
  return {
    rule: 'too-long',
    message: `From "from" to "to" it is more than ${longestDays} days.`,
    remedy: `Ask for at most ${longestDays} days at a time.`,
  };
}

function instant(text: string): Date | undefined {
  try {
    return readInstant(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function noInstant(field: string, text: string): FieldError {
  return {
    field,
    rule: 'instant',
    message: `"${text.slice(0, 40)}" is not an instant.`,
    // The usual cause: an address turns a plus sign into a blank.
    remedy: 'Use ISO 8601 with an offset, "2027-03-28T07:00:00Z"; in an address, write "+" as "%2B".',
  };
}
