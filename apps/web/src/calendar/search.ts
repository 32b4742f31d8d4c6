import { type SearchSchemaInput } from '@tanstack/react-router';
import { type PublicationState } from '../api/queries.js';
import { PUBLICATION_STATES } from '../ui/publication-state.js';

export const CALENDAR_VIEWS = ['month', 'week', 'list'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** What the calendar shows; kept in the address, so that it can be sent to somebody. */
export interface CalendarSearch {
  view: CalendarView;
  /** A day within the range shown, `2026-11-24`; today where it is left out. */
  date?: string;
  /** Only these channels. */
  channels: string[];
  /** Only these states. */
  states: PublicationState[];
}

export const calendarDefaults = { view: 'month', channels: [], states: [] } satisfies CalendarSearch as CalendarSearch;

/** Reads the address; what it cannot mean is left out. */
export function readCalendarSearch(search: Partial<CalendarSearch> & SearchSchemaInput): CalendarSearch {
  const { view, date, channels, states }: Record<string, unknown> = search;
  return {
    view: CALENDAR_VIEWS.find((known) => known === view) ?? 'month',
    ...(typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date) && { date }),
    channels: texts(channels),
    states: PUBLICATION_STATES.filter((state) => texts(states).includes(state)),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
