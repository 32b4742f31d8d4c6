import { Button, Chip, Group, SegmentedControl, Select } from '@mantine/core';
import { IconLayoutGrid, IconList } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import filters from '../ui/filters.module.css';
import { FindField } from '../ui/find-field.js';
import classes from './filter-bar.module.css';
import { tagsQuery } from './queries.js';
import { changed, cleared, isFiltered, type Kind, KINDS, type LibrarySearch, ORDERS } from './search.js';

interface FilterBarProps {
  workspaceId: string;
  search: LibrarySearch;
  onChange: (search: LibrarySearch) => void;
  /** A list that is chosen from has no other look. */
  hasView?: boolean;
}

/** What the list leaves out, how it is sorted, and how it looks. */
export function FilterBar({ workspaceId, search, onChange, hasView = true }: FilterBarProps) {
  const { data: tags = [] } = useQuery(tagsQuery(workspaceId));
  const select = { comboboxProps: { width: 'max-content', position: 'bottom-start' } } as const;
  return (
    <search className={filters['bar']} aria-label="Filters">
      <FindField
        key={search.find ?? ''}
        find={search.find}
        onFind={(find) => onChange(changed(search, 'find', find))}
        placeholder="A name, a tag, a description"
        maxLength={200}
      />
      <div className={filters['choices']}>
        <Select
          {...select}
          aria-label="Kind"
          data={[
            { value: '', label: 'All kinds' },
            ...Object.entries(KINDS).map(([value, label]) => ({ value, label })),
          ]}
          value={search.kind ?? ''}
          onChange={(kind) => onChange(changed(search, 'kind', (kind || undefined) as Kind | undefined))}
        />
        <Select
          {...select}
          aria-label="Tag"
          data={[{ value: '', label: 'All tags' }, ...tagChoices(tags, search.tag)]}
          value={search.tag ?? ''}
          onChange={(tag) => onChange(changed(search, 'tag', tag || undefined))}
          searchable={tags.length > 8}
          nothingFoundMessage="No tag of this name."
        />
        <Select
          {...select}
          aria-label="Order"
          data={Object.entries(ORDERS).map(([value, label]) => ({ value, label }))}
          value={search.sort ?? 'newest'}
          onChange={(sort) => onChange(changed(search, 'sort', sortOf(sort)))}
        />
        {hasView && <ViewSwitch search={search} onChange={onChange} />}
      </div>
      <Group gap="xs" className={classes['chips'] ?? ''}>
        <Chip
          variant="outline"
          checked={search.unused ?? false}
          onChange={(on) => onChange(changed(search, 'unused', on || undefined))}
        >
          Not used
        </Chip>
        <Chip
          variant="outline"
          checked={search.undescribed ?? false}
          onChange={(on) => onChange(changed(search, 'undescribed', on || undefined))}
        >
          Without description
        </Chip>
        {isFiltered(search) && (
          <Button variant="subtle" size="xs" onClick={() => onChange(cleared(search))}>
            Clear filters
          </Button>
        )}
      </Group>
    </search>
  );
}

function ViewSwitch({ search, onChange }: Pick<FilterBarProps, 'search' | 'onChange'>) {
  return (
    <SegmentedControl
      className={classes['view'] ?? ''}
      aria-label="View"
      value={search.view ?? 'grid'}
      onChange={(view) => onChange(changed(search, 'view', view === 'list' ? 'list' : undefined))}
      data={[
        { value: 'grid', label: <Sign icon={IconLayoutGrid} word="Pictures" /> },
        { value: 'list', label: <Sign icon={IconList} word="List" /> },
      ]}
    />
  );
}

function Sign({ icon: Icon, word }: { icon: typeof IconList; word: string }) {
  return (
    <>
      <Icon size={18} stroke={1.7} aria-hidden style={{ display: 'block' }} />
      <span className="visually-hidden">{word}</span>
    </>
  );
}

function tagChoices(tags: readonly { tag: string; count: number }[], chosen: string | undefined) {
  const known = tags.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }));
  const isKnown = chosen === undefined || tags.some(({ tag }) => tag === chosen);
  return isKnown ? known : [{ value: chosen, label: chosen }, ...known];
}

function sortOf(sort: string | null): LibrarySearch['sort'] {
  return sort === 'name' || sort === 'size' ? sort : undefined;
}
