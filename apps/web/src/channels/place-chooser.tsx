import { Badge, Checkbox, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react';
import { allChosen, matching, type Place, toggle, toggleAll } from './place-choice.js';
import classes from './places.module.css';

/** Fewer are seen at a glance. */
const SEARCHED = 9;

interface PlaceChooserProps {
  places: readonly Place[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** The places that an account reaches, to choose among: by search, all at once, or one by one. */
export function PlaceChooser({ places, chosen, onChange }: PlaceChooserProps) {
  const [search, setSearch] = useState('');
  // There may be hundreds: what is typed comes first, then the list.
  const shown = matching(places, useDeferredValue(search));
  const latest = useRef({ chosen, onChange });
  useEffect(() => {
    latest.current = { chosen, onChange };
  });
  const toggleOne = useCallback((id: string) => latest.current.onChange(toggle(id, latest.current.chosen)), []);
  const open = shown.filter(({ isChannel }) => !isChannel);
  const standing = allChosen(shown, chosen);
  return (
    <div className={classes['chooser']}>
      {places.length >= SEARCHED && (
        <TextInput
          type="search"
          aria-label="Search by name"
          placeholder="Search by name"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className={classes['bar']}>
        {open.length > 1 && (
          <Checkbox
            label={search.trim() === '' ? `All ${open.length}` : `All ${open.length} found`}
            checked={standing === 'all'}
            indeterminate={standing === 'some'}
            onChange={() => onChange(toggleAll(shown, chosen))}
          />
        )}
        <Text size="sm" c="dimmed" role="status">
          {chosen.size === 0 ? 'None chosen' : `${chosen.size} chosen`}
        </Text>
      </div>
      {shown.length === 0 ? (
        <Text size="sm" py="md">
          Nothing is called “{search.trim()}”. Search for another part of the name.
        </Text>
      ) : (
        <ul className={classes['list']} tabIndex={0} aria-label="Places">
          {shown.map((place) => (
            <li key={place.id}>
              <Choice place={place} isChosen={chosen.has(place.id)} onToggle={toggleOne} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface ChoiceProps {
  place: Place;
  isChosen: boolean;
  onToggle: (id: string) => void;
}

/** Drawn anew only where it changed itself. */
const Choice = memo(function Choice({ place, isChosen, onToggle }: ChoiceProps) {
  const { name, notes, isChannel, shared } = place;
  return (
    <Checkbox
      classNames={{ body: classes['choice'] ?? '', labelWrapper: classes['words'] ?? '' }}
      checked={isChosen || isChannel}
      disabled={isChannel}
      onChange={() => onToggle(place.id)}
      label={
        <>
          <span className={classes['name']}>{name}</span>
          {isChannel && (
            <Badge size="sm" variant="light" color="teal">
              Connected
            </Badge>
          )}
        </>
      }
      description={[...notes, ...(shared ? ['another workspace publishes there'] : [])].join(' · ') || undefined}
    />
  );
});
