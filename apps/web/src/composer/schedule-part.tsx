import { Box, SegmentedControl, Select, Text } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { IconCalendarClock, IconWorld } from '@tabler/icons-react';
import { type Dispatch, memo, useMemo } from 'react';
import { deviceZone } from '../ui/zone.js';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { CostNote } from './cost-note.js';
import { type DraftAction, type ScheduleChoice } from './draft.js';
import { FindingList } from './finding-list.js';
import { type Finding } from './findings.js';
import { PLACES } from './places.js';
import { QuickChoices } from './quick-choices.js';
import { scheduleMeanings } from './schedule-rules.js';
import { UsageNote } from './usage-note.js';
import { localAt } from './zoned-time.js';

/** When it goes out: at a time in a zone, now, or not yet. */
export function SchedulePart({ isScheduled }: { isScheduled: boolean }) {
  const { draft, dispatch, findings, workspace } = useComposer();
  const { kind } = draft.schedule;
  const wrong = findings.filter(({ cause }) => cause.part === 'schedule');
  const choices: { value: ScheduleChoice['kind']; label: string }[] = [
    { value: 'at', label: 'Schedule' },
    { value: 'now', label: 'Publish now' },
    { value: 'draft', label: isScheduled ? 'Back to draft' : 'Keep as draft' },
  ];
  return (
    <section className={classes['schedule']} aria-label="When">
      <SegmentedControl
        aria-label="When it goes out"
        size="sm"
        data={choices}
        value={kind}
        onChange={(value) => dispatch({ type: 'schedule', change: { kind: value } })}
      />
      {kind === 'at' && (
        <TimeFields
          schedule={draft.schedule}
          wrong={wrong.length === 0 ? NONE : wrong}
          workspaceZone={workspace.timeZone}
          dispatch={dispatch}
        />
      )}
      {kind === 'draft' && (
        <Text size="sm" c="dimmed">
          {isScheduled ? 'It is taken off the calendar and kept among the drafts.' : 'It is kept among the drafts.'}
        </Text>
      )}
      {kind !== 'draft' && (
        <div className={classes['beforehand']}>
          <CostNote />
          <UsageNote />
        </div>
      )}
    </section>
  );
}

const NONE: readonly Finding[] = [];

interface TimeFieldsProps {
  schedule: ScheduleChoice;
  /** What stands against the time. */
  wrong: readonly Finding[];
  workspaceZone: string;
  dispatch: Dispatch<DraftAction>;
}

/** Some hundred zones lie in it: it is drawn anew only when the time changes, not at every key of the text. */
const TimeFields = memo(function TimeFields({ schedule, wrong, workspaceZone, dispatch }: TimeFieldsProps) {
  const change = (next: Partial<ScheduleChoice>) => dispatch({ type: 'schedule', change: next });
  const meanings = scheduleMeanings(schedule, { device: deviceZone, workspace: workspaceZone });
  const zones = useMemo(() => zoneOptions([workspaceZone, deviceZone]), [workspaceZone]);
  const today = localAt(new Date().toISOString(), schedule.zone).slice(0, 10);
  return (
    <>
      <div className={classes['timeFields']}>
        <DateTimePicker
          id={PLACES.schedule}
          aria-label={pickerLabel(schedule.local, wrong)}
          placeholder="Date and time"
          valueFormat={shownTime}
          leftSection={<IconCalendarClock size={17} aria-hidden />}
          minDate={today}
          highlightToday
          weekendDays={[]}
          defaultTimeValue="09:00"
          value={schedule.local === '' ? null : `${schedule.local.replace('T', ' ')}:00`}
          error={wrong.length > 0}
          ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
          timePickerProps={{ hoursInputLabel: 'Hours', minutesInputLabel: 'Minutes' }}
          submitButtonProps={{ 'aria-label': 'Done' }}
          // The popover is named by what opens it.
          popoverProps={{ id: PLACES.schedule, position: 'top-start', withinPortal: true }}
          onChange={(value) => change({ local: value === null ? '' : value.slice(0, 16).replace(' ', 'T') })}
        />
        <Select
          aria-label="Time zone"
          leftSection={<IconWorld size={17} aria-hidden />}
          searchable
          selectFirstOptionOnChange
          limit={80}
          nothingFoundMessage="No such zone"
          data={zones}
          value={schedule.zone}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(zone) => zone !== null && change({ zone })}
          comboboxProps={{ position: 'top-end', width: 280 }}
        />
      </div>
      <Box hiddenFrom="sm">
        <QuickChoices schedule={schedule} dispatch={dispatch} />
      </Box>
      <div role="status" className={classes['meanings']}>
        {meanings.map((sentence) => (
          <Text key={sentence} size="sm" c="dimmed">
            {sentence}
          </Text>
        ))}
      </div>
      <FindingList findings={wrong} />
    </>
  );
});

/** What the picker is called: what it is, what it holds, and what is wrong with that. */
function pickerLabel(local: string, wrong: readonly Finding[]): string {
  const value = shownTime(local);
  return [value === '' ? 'Date and time' : `Date and time: ${value}`, ...wrong.map(({ message }) => message)].join(
    '. ',
  );
}

/** A local time as people read it; empty where none is chosen. */
function shownTime(local: string): string {
  if (local === '') return '';
  const shape = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  // As if it were UTC: only its digits are shown.
  return new Intl.DateTimeFormat(undefined, { ...shape, timeZone: 'UTC' }).format(
    new Date(`${local.slice(0, 16).replace(' ', 'T')}Z`),
  );
}

/** Every zone of the browser, those that are meant most often first. */
function zoneOptions(first: readonly string[]) {
  const near = [...new Set([...first, 'UTC'])];
  const option = (zone: string) => ({ value: zone, label: zone.replaceAll('_', ' ') });
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => !near.includes(zone));
  return [
    { group: 'Yours', items: near.map(option) },
    { group: 'All zones', items: others.map(option) },
  ];
}
