import { CloseButton, Loader, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { type LookedUp, type LookupAnswer } from '#platforms/core';
import classes from './manifest-fields.module.css';
import { type FieldValue, type FormField } from './manifest-values.js';

const QUIET_MS = 350;

/** What is typed into a field that is searched. */
export interface Typing {
  text: string;
  setText: (text: string) => void;
  /** What is searched for; nothing while the name of what is chosen stands there. */
  search: string;
  /** The same, once nobody types. */
  asked: string;
}

/** What is typed, and what is searched for by it. */
export function useTyping(chosen: LookedUp | undefined): Typing {
  const [text, setText] = useState(chosen?.label ?? '');
  const search = text === chosen?.label ? '' : text.trim();
  const [asked] = useDebouncedValue(search, QUIET_MS);
  return { text, setText, search, asked: search === '' ? '' : asked };
}

interface LookupSelectProps {
  field: FormField;
  /** An empty text = nothing is chosen any more. */
  onChange: (value: FieldValue) => void;
  disabled: boolean;
  chosen: LookedUp | undefined;
  typing: Typing;
  /** What is offered, in this order. */
  answers: readonly LookupAnswer[];
  /** What can be chosen by its id. */
  known: readonly LookupAnswer[];
  isBusy: boolean;
  /** Why nothing can be chosen yet. */
  why: string | undefined;
  error?: SelectProps['error'];
  placeholder: string;
  /** What is said in place of the list. */
  nothing: string | undefined;
}

/** A field that is chosen in from what was found, in its order. */
export function LookupSelect(props: LookupSelectProps) {
  const { field, onChange, disabled, chosen, typing, answers, known, isBusy, why, error, placeholder, nothing } = props;
  const { name, label, help, required } = field;
  const options = unique([...(chosen ? [chosen] : []), ...known]).map((one) => ({
    value: one.value,
    label: one.label,
  }));
  const description = [help, why].filter((words) => words !== undefined).join(' ');
  return (
    <Select
      {...{ label, name, required, error, placeholder, nothingFoundMessage: nothing }}
      disabled={disabled || why !== undefined}
      {...(description !== '' && { description })}
      searchable
      data={options}
      // What was found is what is offered, in its order.
      filter={() => answers.map(({ value, label: text }) => ({ value, label: text }))}
      maxDropdownHeight={300}
      value={chosen?.value ?? null}
      searchValue={typing.text}
      onSearchChange={typing.setText}
      onChange={(id) => {
        const one = options.find((option) => option.value === id);
        onChange(one ?? '');
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
                typing.setText('');
                onChange('');
              }}
            />
          )
        )
      }
      renderOption={({ option }) => (
        <Option {...option} detail={answers.find(({ value: id }) => id === option.value)?.detail} />
      )}
    />
  );
}

function Option({ label, detail }: { label: string; detail: string | undefined }) {
  return (
    <span className={classes['option']}>
      {label}
      {detail !== undefined && <span>{detail}</span>}
    </span>
  );
}

/** Each id once. */
export function unique<T extends { value: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.value, item])).values()];
}
