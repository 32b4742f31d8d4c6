import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, replaceEqualDeep, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useWorkspace } from '../app/workspace.js';
import { NARROW_PX } from '../theme/tokens.js';
import { useDisplayZone } from '../ui/zone.js';
import { calendarQuery } from './calendar-query.js';
import { groupEntries } from './groups.js';
import { dayIn, existingDay, firstDayOfWeek, layoutOf, rangeOf, step, titleOf } from './range.js';
import { type CalendarSearch } from './search.js';
import { useNow } from './use-now.js';

const route = getRouteApi('/signed-in/w/$workspaceId/calendar');

/** What the calendar shows, from the address and the screen, and how to go elsewhere. */
export function useCalendarView() {
  const workspace = useWorkspace();
  const zone = useDisplayZone(workspace.timeZone);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useMediaQuery(`(max-width: ${NARROW_PX - 0.02}px)`, false, { getInitialValueInEffect: false });
  const now = useNow();
  const today = dayIn(zone, new Date(now));
  const view = search.view ?? (narrow ? 'list' : 'month');
  const layout = layoutOf(view, narrow);
  const date = search.date ? existingDay(search.date) : today;
  const firstDay = firstDayOfWeek(navigator.language);
  const range = useMemo(() => rangeOf(layout, date, firstDay), [layout, date, firstDay]);
  const go = (change: Partial<CalendarSearch>) => void navigate({ search: (before) => ({ ...before, ...change }) });
  return {
    workspace,
    zone,
    narrow,
    now,
    today,
    view,
    layout,
    date,
    firstDay,
    range,
    title: titleOf(layout, date, range, !narrow || !date.startsWith(today.slice(0, 4))),
    filter: search,
    go,
    /** Goes a range forward or back. */
    move: (direction: 1 | -1) => go({ date: step(layout, date, direction) }),
    /** Goes to the range around today. */
    goToday: () => void navigate({ search: ({ date: _date, ...rest }) => rest }),
  };
}

export type CalendarViewState = ReturnType<typeof useCalendarView>;

/** The publications of the range that is shown, and of those beside it beforehand. */
export function useCalendarEntries({ workspace, zone, layout, date, firstDay, range, filter, now }: CalendarViewState) {
  const queryClient = useQueryClient();
  const query = useQuery({ ...calendarQuery(workspace.id, range, zone), placeholderData: keepPreviousData });
  const loaded = query.isSuccess && !query.isPlaceholderData;
  useEffect(() => {
    if (!loaded) return;
    for (const direction of [1, -1] as const) {
      const beside = rangeOf(layout, step(layout, date, direction), firstDay);
      void queryClient.prefetchQuery(calendarQuery(workspace.id, beside, zone));
    }
  }, [queryClient, loaded, workspace.id, zone, layout, date, firstDay]);
  const { channels, states } = filter;
  const groups = useUnlessEqual(
    useMemo(
      () => (query.data ? groupEntries(query.data, { channels, states }, now) : []),
      [query.data, channels, states, now],
    ),
  );
  return { query, groups, loaded };
}

/** The value before where the new one says the same, so that nothing is drawn anew for it. */
function useUnlessEqual<T>(value: T): T {
  const [kept, keep] = useState(value);
  const next = useMemo(() => replaceEqualDeep<T>(kept, value), [kept, value]);
  if (next !== kept) keep(next);
  return next;
}
