import '@mantine/dates/styles.layer.css';
import { Button, Group, Stack, Text } from '@mantine/core';
import { DateInput, TimeInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { formatDateTime } from '../ui/dates.js';
import { zoneName } from '../ui/zone.js';
import { type EntryGroup } from './groups.js';
import { instantAt, isPast, localAt } from './move.js';

const DAY_LENGTH = '2026-11-24'.length;

interface RescheduleFormProps {
  group: EntryGroup;
  /** The zone in which times are shown and entered. */
  zone: string;
  /** Moves to an instant. */
  onMove: (to: string) => void;
  onCancel: () => void;
}

/** Another time for a post, for those who do not drag. */
export function RescheduleForm({ group, zone, onMove, onCancel }: RescheduleFormProps) {
  const local = localAt(group.dueAt, zone);
  const form = useForm({
    initialValues: { day: local.slice(0, DAY_LENGTH), time: local.slice(DAY_LENGTH + 1) },
    validate: {
      day: (day) => (day ? null : 'Choose a day.'),
      time: (time, { day }) => timeProblem(day, time, zone),
    },
  });
  // The button that opened the form is gone.
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [picking, setPicking] = useState(false);
  const { day, time } = form.values;
  const to = day && time ? instantAt(`${day}T${time}`, zone) : undefined;
  return (
    <form
      onSubmit={form.onSubmit(() => {
        if (to) onMove(to);
      })}
      aria-label="Reschedule"
      noValidate
    >
      <Stack gap="sm">
        <Group gap="sm" align="flex-start" grow>
          <DateInput
            label="Day"
            valueFormat="D MMM YYYY"
            minDate={localAt(new Date().toISOString(), zone).slice(0, DAY_LENGTH)}
            ref={first}
            popoverProps={{ onOpen: () => setPicking(true), onClose: () => setPicking(false) }}
            // Escape closes the days, and not the whole drawer with them.
            data-mantine-stop-propagation={picking}
            {...form.getInputProps('day')}
          />
          <TimeInput label="Time" {...form.getInputProps('time')} />
        </Group>
        <Text size="sm" c="dimmed">
          {zoneName(zone)} time.
          {to && group.timeZone !== zone && ` In ${zoneName(group.timeZone)}: ${formatDateTime(to, group.timeZone)}.`}
        </Text>
        <Group gap="xs">
          <Button type="submit">Move</Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function timeProblem(day: string | null, time: string, zone: string): string | null {
  if (!time) return 'Enter a time.';
  if (day && isPast(instantAt(`${day}T${time}`, zone), Date.now())) return 'That time has passed. Choose a later one.';
  return null;
}
