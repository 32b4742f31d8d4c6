import { Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core';
import { IconBroadcast, IconChevronDown, IconCircleDashed, type Icon, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { channelsQuery, type PublicationState } from '../api/queries.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { STATE_LOOKS } from '../ui/publication-state.js';
import { StateBadge } from '../ui/state-badge.js';
import classes from './calendar-filters.module.css';
import { CALENDAR_STATES } from './search.js';
import { type CalendarViewState } from './use-calendar.js';

/** What the calendar leaves out, kept in the address: choices, and a chip for each that is made. */
export function CalendarFilters({ calendar }: { calendar: CalendarViewState }) {
  const { workspace, filter, go } = calendar;
  const { data: channels = [] } = useQuery(channelsQuery(workspace.id));
  const channelName = (id: string) => channels.find((channel) => channel.id === id)?.name ?? 'A removed channel';
  const setStates = (states: string[]) => go({ states: states as PublicationState[] });
  return (
    <Group gap="xs">
      <FilterMenu
        label="Channels"
        icon={IconBroadcast}
        chosen={filter.channels}
        onChange={(chosen) => go({ channels: chosen })}
        options={channels.map((channel) => ({
          value: channel.id,
          label: <ChannelLabel channel={channel} size={20} />,
        }))}
      />
      <FilterMenu
        label="States"
        icon={IconCircleDashed}
        chosen={filter.states}
        onChange={setStates}
        options={CALENDAR_STATES.map((state) => ({ value: state, label: <StateBadge state={state} /> }))}
      />
      {filter.channels.map((id) => (
        <Chip
          key={id}
          label={channelName(id)}
          onRemove={() => go({ channels: filter.channels.filter((other) => other !== id) })}
        />
      ))}
      {filter.states.map((state) => (
        <Chip
          key={state}
          label={STATE_LOOKS[state].word}
          onRemove={() => go({ states: filter.states.filter((other) => other !== state) })}
        />
      ))}
      {filter.channels.length + filter.states.length > 1 && (
        <Button
          variant="subtle"
          size="xs"
          className={classes['touch']}
          onClick={() => go({ channels: [], states: [] })}
        >
          Clear filters
        </Button>
      )}
    </Group>
  );
}

interface FilterMenuProps {
  label: string;
  icon: Icon;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  options: { value: string; label: ReactNode }[];
}

function FilterMenu({ label, icon: Sign, chosen, onChange, options }: FilterMenuProps) {
  if (options.length === 0) return null;
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus width={280}>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className={classes['touch']}
          leftSection={<Sign size={15} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <ScrollArea.Autosize mah={360} type="auto">
          <Checkbox.Group value={[...chosen]} onChange={onChange} label={`Show only these ${label.toLowerCase()}`}>
            <Stack gap={0} mt="xs">
              {options.map((option) => (
                <Checkbox
                  key={option.value}
                  value={option.value}
                  label={option.label}
                  classNames={{ body: classes['option'] ?? '', label: classes['optionLabel'] ?? '' }}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      variant="light"
      size="xs"
      radius="xl"
      className={classes['touch']}
      rightSection={<IconX size={13} aria-hidden />}
      onClick={onRemove}
      aria-label={`Remove the filter ${label}`}
    >
      {label}
    </Button>
  );
}
