import { Temporal } from 'temporal-polyfill';
import { type CalendarView } from './search.js';

/** How the days are laid out: `days` = three days beside each other, in place of a week on a phone. */
export type Layout = 'month' | 'week' | 'days' | 'list';

/** The days that are shown. */
export interface DayRange {
  /** The first day, `2026-11-23`. */
  first: string;
  /** The day behind the last one. */
  end: string;
}

/** How many days lie beside each other on a phone. */
const NARROW_DAYS = 3;
/** How many days a list tells. */
const LIST_DAYS = 28;
const WEEK = 7;

/** The layout of a view on a wide or a narrow screen. */
export function layoutOf(view: CalendarView, narrow: boolean): Layout {
  return view === 'week' && narrow ? 'days' : view;
}

/** The day that the clock of a zone shows. @param zone IANA name */
export function dayIn(zone: string, at: Date = new Date()): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** A day of the address as a day that exists: the 31st of a shorter month is its last day. */
export function existingDay(date: string): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' }).toString();
}

/** The days that a layout shows around a day. A month has its whole weeks. @param firstDay of the week, 1 = Monday ... 7 */
export function rangeOf(layout: Layout, date: string, firstDay: number): DayRange {
  const day = Temporal.PlainDate.from(date);
  switch (layout) {
    case 'month': {
      const first = weekStart(day.with({ day: 1 }), firstDay);
      const lastWeek = weekStart(day.with({ day: day.daysInMonth }), firstDay);
      return days(first, lastWeek.add({ days: WEEK }));
    }
    case 'week': {
      const first = weekStart(day, firstDay);
      return days(first, first.add({ days: WEEK }));
    }
    case 'days':
      return days(day, day.add({ days: NARROW_DAYS }));
    case 'list':
      return days(day, day.add({ days: LIST_DAYS }));
  }
}

/** The day to go to from a day, one range forward (1) or back (-1). */
export function step(layout: Layout, date: string, direction: 1 | -1): string {
  const day = Temporal.PlainDate.from(date);
  switch (layout) {
    case 'month':
      return day.with({ day: 1 }).add({ months: direction }).toString();
    case 'week':
      return day.add({ days: direction * WEEK }).toString();
    case 'days':
      return day.add({ days: direction * NARROW_DAYS }).toString();
    case 'list':
      return day.add({ days: direction * LIST_DAYS }).toString();
  }
}

/** The instants at which a range begins and ends in a zone. */
export function instantsOf({ first, end }: DayRange, zone: string): { from: string; to: string } {
  return { from: startOfDay(first, zone), to: startOfDay(end, zone) };
}

/** All days of a range. */
export function eachDay({ first, end }: DayRange): string[] {
  const found: string[] = [];
  let day = Temporal.PlainDate.from(first);
  while (day.toString() < end) {
    found.push(day.toString());
    day = day.add({ days: 1 });
  }
  return found;
}

/**
 * What a range is called: `November 2026`, or `23 – 29 Nov 2026`.
 * @param year whether the days of a range say their year
 * @param language the browser's where left out
 */
export function titleOf(layout: Layout, date: string, range: DayRange, year: boolean, language?: string): string {
  if (layout === 'month') {
    const format = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return format.format(new Date(`${date}T00:00Z`));
  }
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(year && ({ year: 'numeric' } as const)),
    timeZone: 'UTC',
  });
  const last = Temporal.PlainDate.from(range.end).subtract({ days: 1 });
  return format.formatRange(new Date(`${range.first}T00:00Z`), new Date(`${last.toString()}T00:00Z`));
}

/** On which day weeks begin where the person lives, 1 = Monday ... 7 = Sunday. */
export function firstDayOfWeek(language: string): number {
  const locale = new Intl.Locale(language) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}

function weekStart(day: Temporal.PlainDate, firstDay: number): Temporal.PlainDate {
  return day.subtract({ days: (day.dayOfWeek - firstDay + WEEK) % WEEK });
}

function startOfDay(day: string, zone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString();
}

function days(first: Temporal.PlainDate, end: Temporal.PlainDate): DayRange {
  return { first: first.toString(), end: end.toString() };
}
