import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../app/workspace.js';
import filters from '../ui/filters.module.css';
import { FindField } from '../ui/find-field.js';
import { membersQuery } from '../members/queries.js';
import classes from './audit.module.css';
import { auditOperationsQuery } from './queries.js';
import { type AuditSearch, changed, PERIODS } from './search.js';

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}

/** What the list leaves out. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const choices = useChoices();
  return (
    <search className={filters['bar']} aria-label="Filters">
      <FindField
        key={search.find ?? ''}
        find={search.find}
        onFind={(find) => onChange(changed(search, 'find', find))}
        placeholder="A name, what was done, an IP address"
        maxLength={200}
      />
      <div className={filters['choices']}>
        {choices.map(({ name, label, all, data }) => (
          <Select
            key={name}
            aria-label={label}
            data={[{ value: '', label: all }, ...data]}
            value={search[name] ?? ''}
            onChange={(value) => onChange(changed(search, name, value ?? undefined))}
            searchable={data.length > 8}
            nothingFoundMessage="Nothing of this name."
            comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
          />
        ))}
      </div>
      {Object.keys(search).length > 0 && (
        <div>
          <Button variant="subtle" size="xs" className={classes['clear']} onClick={() => onChange({})}>
            {search.thing === undefined ? 'Clear filters' : 'Show everything, and not only what was done to one thing'}
          </Button>
        </div>
      )}
    </search>
  );
}

interface Choice {
  name: 'who' | 'what' | 'workspace' | 'when';
  /** The name of the field. */
  label: string;
  /** What stands there when nothing is left out. */
  all: string;
  data: { value: string; label: string }[];
}

function useChoices(): Choice[] {
  const { organization, workspaces } = useMe();
  const { data: members = [] } = useQuery(membersQuery(organization.id));
  const { data: operations = [] } = useQuery(auditOperationsQuery);
  return [
    {
      name: 'who',
      label: 'Who',
      all: 'Everybody',
      data: members.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'what',
      label: 'What was done',
      all: 'Everything',
      data: operations.map(({ operation, words }) => ({ value: operation, label: sentence(words) })),
    },
    {
      name: 'workspace',
      label: 'Workspace',
      all: 'Everywhere',
      data: workspaces.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'when',
      label: 'Time',
      all: 'At any time',
      data: Object.entries(PERIODS).map(([value, label]) => ({ value, label })),
    },
  ];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
