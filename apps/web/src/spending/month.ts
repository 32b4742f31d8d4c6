import { Temporal } from 'temporal-polyfill';

/** A month as the address says it: `2026-11`. */
export type Month = string;

const SHAPE = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The month that it is now on the clocks of a zone. */
export function monthIn(zone: string, at: Date = new Date()): Month {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toPlainYearMonth()
    .toString();
}

/** What an address says, where it is a month; undefined for anything else. */
export function readMonth(text: unknown): Month | undefined {
  return typeof text === 'string' && SHAPE.test(text) ? text : undefined;
}

/** So many months later. */
export function monthsLater(month: Month, months: number): Month {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString();
}

/** Its first instant in a zone, and the one behind its last. */
export function boundsOf(month: Month, zone: string): { from: string; to: string } {
  const first = (of: Month) =>
    Temporal.PlainYearMonth.from(of).toPlainDate({ day: 1 }).toZonedDateTime(zone).toInstant().toString();
  return { from: first(month), to: first(monthsLater(month, 1)) };
}

/** `November 2026`, in the language of the browser. */
export function monthInWords(month: Month, locale?: string): string {
  const words = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return words.format(new Date(`${month}-01T00:00:00Z`));
}
