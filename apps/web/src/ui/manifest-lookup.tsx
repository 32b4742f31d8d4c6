import { CloseButton, Loader, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isLookedUp, type LookupAnswer } from '#platforms/core';
import { describeError } from '../api/problem.js';
import { lookupQuery } from './manifest-lookups.js';
import { type FieldValue, type FormField } from './manifest-values.js';

interface LookupFieldProps {
  field: FormField;
  /** Whose platform is asked. */
  channelId: string;
  value: FieldValue | undefined;
  /** An empty text = nothing is chosen any more. */
  onChange: (value: FieldValue) => void;
  error: string | undefined;
  disabled: boolean;
}

const QUIET_MS = 350;
/** Fewer letters find everything and nothing. */
const LEAST_LETTERS = 2;

/** One of what the platform finds: searched by typing, chosen from a list. */
export function LookupField({ field, channelId, value, onChange, error, disabled }: LookupFieldProps) {
  const { name, label, help, required, placeholder = 'Type to search' } = field;
  const chosen = isLookedUp(value) ? { value: value.value, label: value.label } : undefined;
  const [typed, setTyped] = useState(chosen?.label ?? '');
  const [asked] = useDebouncedValue(typed.trim(), QUIET_MS);
  const isSearching = asked.length >= LEAST_LETTERS && asked !== chosen?.label;
  const found = useQuery({
    ...lookupQuery(channelId, name, asked),
    enabled: isSearching && !disabled,
    placeholderData: keepPreviousData,
  });
  const answers: LookupAnswer[] = isSearching ? (found.data ?? []) : [];
  const options = unique([...(chosen ? [chosen] : []), ...answers]);
  const problem = isSearching ? found.error : null;
  const isBusy = found.isFetching || (typed.trim() !== asked && typed.trim().length >= LEAST_LETTERS);
  return (
    <Select
      label={label}
      name={name}
      required={required}
      disabled={disabled}
      error={error ?? (problem && <span role="alert">{describeError(problem).detail}</span>)}
      placeholder={placeholder}
      {...(help !== undefined && { description: help })}
      searchable
      data={options}
      // What the platform found is what is offered, in its order.
      filter={({ options: all }) =>
        all.filter((one) => 'value' in one && answers.some(({ value: id }) => id === one.value))
      }
      value={chosen?.value ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        const one = options.find((option) => option.value === id);
        onChange(one ? { value: one.value, label: one.label } : '');
      }}
      rightSectionPointerEvents="all"
      rightSection={
        isBusy ? (
          <Loader size={16} aria-label="Searching" />
        ) : (
          chosen && (
            <CloseButton
              size="sm"
              aria-label={`Clear ${label}`}
              onClick={() => {
                setTyped('');
                onChange('');
              }}
            />
          )
        )
      }
      renderOption={({ option }) => (
        <Option {...option} detail={answers.find(({ value: id }) => id === option.value)?.detail} />
      )}
      // What went wrong stands at the field, and stays there when the list is closed.
      nothingFoundMessage={problem && !isBusy ? undefined : <Nothing typed={typed.trim()} isBusy={isBusy} />}
    />
  );
}

function Option({ label, detail }: { label: string; detail: string | undefined }) {
  return (
    <div>
      <Text size="sm">{label}</Text>
      {detail !== undefined && (
        <Text size="xs" c="dimmed">
          {detail}
        </Text>
      )}
    </div>
  );
}

function Nothing({ typed, isBusy }: { typed: string; isBusy: boolean }) {
  if (typed.length < LEAST_LETTERS) return 'Type at least two letters.';
  if (isBusy) return 'Searching …';
  return `Nothing is found for “${typed}”. Try another spelling.`;
}

function unique<T extends { value: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.value, item])).values()];
}
