import { isTimeZone, Problem } from '#kernel';

/**
 * @returns the same text
 * @throws Problem 422 unless it is the name of an IANA time zone; an offset (`+02:00`) is none, for it knows no summer time
 */
export function checkTimeZone(timeZone: string): string {
  if (isTimeZone(timeZone)) return timeZone;
  throw Problem.validation([
    {
      field: 'timeZone',
      rule: 'isTimeZone',
      message: 'This is not the name of a time zone.',
      remedy: 'Use an IANA name such as Europe/Berlin or America/New_York.',
    },
  ]);
}
