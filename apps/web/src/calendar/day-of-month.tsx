import { Stack, Text } from '@mantine/core';
import { DayHeading, EventRows } from './event-list.js';
import { type EntryGroup } from './groups.js';
import { MonthDots } from './month-dots.js';
import { localAt } from './move.js';
import { type CalendarViewState } from './use-calendar.js';

interface DayOfMonthProps {
  calendar: CalendarViewState;
  groups: readonly EntryGroup[];
  mayEdit: boolean;
  onOpen: (group: EntryGroup) => void;
}

/** The month on a phone: its days, and under them the posts of the one that is open. */
export function DayOfMonth({ calendar, groups, mayEdit, onOpen }: DayOfMonthProps) {
  const { range, date, today, zone, workspace, go } = calendar;
  const ofDay = groups.filter(({ dueAt }) => localAt(dueAt, zone).startsWith(date));
  return (
    <Stack gap="md">
      <MonthDots
        range={range}
        date={date}
        today={today}
        zone={zone}
        groups={groups}
        onChoose={(day) => go({ date: day })}
      />
      <section aria-labelledby={`day-${date}`} aria-live="polite">
        <DayHeading day={date} today={today} zone={zone} workspaceId={workspace.id} mayEdit={mayEdit} />
        {ofDay.length > 0 ? (
          <EventRows groups={ofDay} zone={zone} onOpen={onOpen} />
        ) : (
          <Text size="sm" c="dimmed">
            Nothing goes out on this day.
          </Text>
        )}
      </section>
    </Stack>
  );
}
