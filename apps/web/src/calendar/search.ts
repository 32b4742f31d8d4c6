import { type SearchSchemaInput } from '@tanstack/react-router';
import { type PublicationState } from '../api/queries.js';
import { PUBLICATION_STATES } from '../ui/publication-state.js';

export const CALENDAR_VIEWS = ['month', 'week', 'list'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** What the calendar shows; kept in the address, so that it can be sent to somebody. */
export interface CalendarSearch {
  /** Where it is left out, what suits the screen: the month, or the list on a phone. */
  view?: CalendarView;
  /** A day within the range shown, `2026-11-24`; today where it is left out. */
  date?: string;
  /** Only these channels. */
  channels: string[];
  /** Only these states. */
  states: PublicationState[];
}

export const calendarDefaults = { channels: [], states: [] } satisfies CalendarSearch as CalendarSearch;

/** The states that a calendar shows: all but what was given up. */
export const CALENDAR_STATES = PUBLICATION_STATES.filter((state) => state !== 'cancelled');

/** Reads the address; what it cannot mean is left out. */
export function readCalendarSearch(search: Partial<CalendarSearch> & SearchSchemaInput): CalendarSearch {
  const { view, date, channels, states }: Record<string, unknown> = search;
  const known = CALENDAR_VIEWS.find((name) => name === view);
  return {
    ...(known && { view: known }),
    ...(isDay(date) && { date }),
    channels: texts(channels),
    states: CALENDAR_STATES.filter((state) => texts(states).includes(state)),
  };
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
