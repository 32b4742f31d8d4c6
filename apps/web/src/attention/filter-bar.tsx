import { Button, Group, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { channelsQuery, platformsQuery } from '../api/queries.js';
import { useMe } from '../app/workspace.js';
import filters from '../ui/filters.module.css';
import { FindField } from '../ui/find-field.js';
import classes from './filter-bar.module.css';
import { FIND_NAMES, type Understanding } from './find.js';
import { type CauseCount } from './queries.js';
import { type AttentionSearch, changed, type Period, PERIODS } from './search.js';

interface FilterBarProps {
  search: AttentionSearch;
  onChange: (search: AttentionSearch) => void;
  /** The causes that there are, to choose from. */
  causes: readonly CauseCount[];
  /** As what the text in the search field was understood. */
  understood: Understanding | undefined;
}

/** What the list leaves out: choices, and a chip for each that is made. */
export function FilterBar({ search, onChange, causes, understood }: FilterBarProps) {
  const choices = useChoices(search, causes);
  return (
    <search className={filters['bar']} aria-label="Filters">
      <FindField
        key={search.find ?? ''}
        find={search.find}
        onFind={(find) => onChange(changed(search, 'find', find))}
        placeholder="Text, id, request id or code"
        maxLength={400}
      />
      <div className={filters['choices']}>
        {choices.map(({ name, label, all, data }) => (
          <Select
            key={name}
            aria-label={label}
            data={[{ value: '', label: all }, ...data]}
            value={search[name] ?? ''}
            onChange={(value) =>
              onChange(
                changed(search, name, (value === null || value === '' ? undefined : value) as Period | undefined),
              )
            }
            allowDeselect={false}
            searchable={data.length > 8}
            comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
          />
        ))}
      </div>
      <Chips search={search} onChange={onChange} choices={choices} understood={understood} />
    </search>
  );
}

interface Choice {
  name: Exclude<keyof AttentionSearch, 'find'>;
  /** The name of the field. */
  label: string;
  /** What stands there when nothing is left out. */
  all: string;
  data: { value: string; label: string }[];
}

function useChoices(search: AttentionSearch, causes: readonly CauseCount[]): Choice[] {
  const { workspaces } = useMe();
  const { data: platforms = [] } = useQuery(platformsQuery);
  const [only] = workspaces;
  const workspace = search.workspace ?? (workspaces.length === 1 ? only?.id : undefined);
  const { data: channels = [] } = useQuery({ ...channelsQuery(workspace ?? ''), enabled: workspace !== undefined });
  const choices: Choice[] = [
    {
      name: 'workspace',
      label: 'Client',
      all: 'All clients',
      data: workspaces.length < 2 ? [] : workspaces.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'channel',
      label: 'Channel',
      all: 'All channels',
      data: channels.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'network',
      label: 'Network',
      all: 'All networks',
      data: platforms.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'cause',
      label: 'Reason',
      all: 'All reasons',
      data: causes.map(({ cause, title }) => ({ value: cause, label: title })),
    },
    {
      name: 'due',
      label: 'Time',
      all: 'Due at any time',
      data: Object.entries(PERIODS).map(([value, label]) => ({ value, label })),
    },
  ];
  return choices.filter(({ name, data }) => data.length > 0 || search[name] !== undefined);
}

interface ChipsProps extends Pick<FilterBarProps, 'search' | 'onChange' | 'understood'> {
  choices: readonly Choice[];
}

function Chips({ search, onChange, choices, understood }: ChipsProps) {
  const found = understood ? `${FIND_NAMES[understood.field]}: ${understood.value}` : search.find;
  const chips: { name: keyof AttentionSearch; label: string }[] = [
    ...(search.find === undefined ? [] : [{ name: 'find' as const, label: found ?? search.find }]),
    ...choices.flatMap(({ name, data }) => {
      const value = search[name];
      if (value === undefined) return [];
      return [{ name, label: data.find((option) => option.value === value)?.label ?? 'Something that is gone' }];
    }),
  ];
  if (chips.length === 0) return null;
  return (
    <Group gap="xs">
      {chips.map(({ name, label }) => (
        <Button
          key={name}
          variant="light"
          size="xs"
          radius="xl"
          className={classes['chip']}
          rightSection={<IconX size={13} aria-hidden />}
          onClick={() => onChange(changed(search, name, undefined))}
          aria-label={`Remove the filter ${label}`}
        >
          {label}
        </Button>
      ))}
      {chips.length > 1 && (
        <Button variant="subtle" size="xs" className={classes['chip']} onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </Group>
  );
}
