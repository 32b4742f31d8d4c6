import { ActionIcon, Button, Group, SegmentedControl, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { ZoneSwitch } from '../ui/zone-switch.js';
import classes from './calendar-toolbar.module.css';
import { type CalendarView } from './search.js';
import { type CalendarViewState } from './use-calendar.js';

const VIEWS: { value: CalendarView; label: string }[] = [
  { value: 'month', label: 'Month' },
  { value: 'week', label: 'Week' },
  { value: 'list', label: 'List' },
];

/** Where one is in the calendar, and how to get elsewhere. */
export function CalendarToolbar({ calendar }: { calendar: CalendarViewState }) {
  const { view, layout, title, workspace, go, move, goToday } = calendar;
  const unit = layout === 'month' ? 'month' : layout === 'week' ? 'week' : 'days';
  return (
    <div className={classes['bar']}>
      <Group gap="xs" wrap="nowrap" className={classes['where']}>
        <Button variant="default" onClick={goToday} className={classes['touch']}>
          Today
        </Button>
        <ActionIcon.Group>
          <ActionIcon
            variant="default"
            size="input-sm"
            className={classes['touch']}
            aria-label={`Previous ${unit}`}
            onClick={() => move(-1)}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="input-sm"
            className={classes['touch']}
            aria-label={`Next ${unit}`}
            onClick={() => move(1)}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </ActionIcon.Group>
        <Title order={2} size="h3" ml="xs" aria-live="polite" className={classes['title']}>
          {title}
        </Title>
      </Group>
      <div className={classes['zone']}>
        <ZoneSwitch workspaceZone={workspace.timeZone} />
      </div>
      <SegmentedControl
        aria-label="View"
        data={VIEWS}
        value={view}
        onChange={(chosen) => go({ view: chosen })}
        className={classes['views']}
      />
    </div>
  );
}
