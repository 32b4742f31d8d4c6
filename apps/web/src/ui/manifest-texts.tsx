import { ActionIcon, Button, Input, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { FieldGroup } from './manifest-group.js';
import classes from './manifest-fields.module.css';
import { type FieldValue, type FormField, textsIn } from './manifest-values.js';

interface TextsFieldProps {
  field: FormField;
  value: FieldValue | undefined;
  onChange: (value: string[]) => void;
  error: string | undefined;
  disabled: boolean;
}

/** A list of short texts: written, added to, taken from and put in another order. */
export function TextsField({ field, value, onChange, error, disabled }: TextsFieldProps) {
  const { label, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = field;
  const id = useId();
  const [said, say] = useState('');
  const written = textsIn(value);
  // Those that are needed at least stand ready as soon as there is one.
  const rows = written.length === 0 ? [] : padded(written, minItems);
  const focus = (place: string) => requestAnimationFrame(() => document.getElementById(`${id}-${place}`)?.focus());
  const add = () => {
    if (rows.length >= maxItems) return;
    onChange(rows.length === 0 ? padded([''], minItems) : [...rows, '']);
    focus(String(rows.length));
  };
  const move = (from: number, to: number) => {
    onChange(rows.toSpliced(from, 1).toSpliced(to, 0, rows[from] ?? ''));
    say(`Moved to place ${to + 1} of ${rows.length}.`);
    const isUp = to < from;
    const isAtEnd = to === (isUp ? 0 : rows.length - 1);
    // The button went along; at the end of the way only the other one can be pressed.
    focus(`${to}-${isUp === isAtEnd ? 'down' : 'up'}`);
  };
  const remove = (index: number) => {
    const rest = rows.toSpliced(index, 1);
    onChange(rest.every((text) => text.trim() === '') ? [] : rest);
    say(`Removed from place ${index + 1}.`);
    focus(rest.length === 0 ? 'add' : String(Math.max(0, index - 1)));
  };
  return (
    <FieldGroup field={field} error={error}>
      {rows.length > 0 && (
        <ol className={classes['items']}>
          {rows.map((text, index) => (
            <TextRow
              key={index}
              {...{ field, id, text, index, disabled }}
              count={rows.length}
              invalid={error !== undefined}
              onChange={(next) => onChange(rows.with(index, next))}
              onNext={() => (index === rows.length - 1 ? add() : focus(String(index + 1)))}
              onMove={(to) => move(index, to)}
              onRemove={() => remove(index)}
            />
          ))}
        </ol>
      )}
      <div className={classes['foot']}>
        <Button
          id={`${id}-add`}
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          aria-label={`Add to ${label}`}
          disabled={disabled || rows.length >= maxItems}
          onClick={add}
        >
          Add
        </Button>
        <Text size="xs" c="dimmed" className="tabular">
          {countInWords(rows.filter((text) => text.trim() !== '').length, field)}
        </Text>
      </div>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </FieldGroup>
  );
}

interface TextRowProps {
  field: FormField;
  id: string;
  text: string;
  index: number;
  count: number;
  invalid: boolean;
  disabled: boolean;
  onChange: (text: string) => void;
  /** Enter goes on to the next line. */
  onNext: () => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function TextRow({ field, id, text, index, count, invalid, disabled, onChange, onNext, ...does }: TextRowProps) {
  const { label, placeholder, maxLength } = field;
  const left = maxLength === undefined ? undefined : maxLength - text.length;
  const look = { variant: 'subtle', color: 'gray', size: 'lg', disabled } as const;
  const name = `${label}, ${index + 1}`;
  return (
    <li className={classes['item']}>
      <TextInput
        id={`${id}-${index}`}
        aria-label={`${name} of ${count}`}
        autoComplete="off"
        value={text}
        error={invalid || (left !== undefined && left < 0)}
        disabled={disabled}
        {...(placeholder !== undefined && { placeholder })}
        rightSection={left !== undefined && isNear(left, maxLength) && <Left left={left} />}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onNext();
        }}
      />
      {count > 1 && (
        <>
          <ActionIcon
            {...look}
            id={`${id}-${index}-up`}
            aria-label={`Move ${name} up`}
            disabled={disabled || index === 0}
            onClick={() => does.onMove(index - 1)}
          >
            <IconArrowUp size={17} aria-hidden />
          </ActionIcon>
          <ActionIcon
            {...look}
            id={`${id}-${index}-down`}
            aria-label={`Move ${name} down`}
            disabled={disabled || index === count - 1}
            onClick={() => does.onMove(index + 1)}
          >
            <IconArrowDown size={17} aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon {...look} aria-label={`Remove ${name}`} onClick={does.onRemove}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function Left({ left }: { left: number }) {
  return (
    <Input.Placeholder className="tabular" c={left < 0 ? 'var(--mantine-color-error)' : 'dimmed'} fz="xs">
      {left}
      <span className="visually-hidden">{left < 0 ? ' characters too many' : ' characters left'}</span>
    </Input.Placeholder>
  );
}

/** Warned of from the last fifth on. */
function isNear(left: number, max: number | undefined): boolean {
  return max !== undefined && left <= Math.ceil(max / 5);
}

function padded(texts: readonly string[], least: number): string[] {
  return [...texts, ...Array.from({ length: Math.max(0, least - texts.length) }, () => '')];
}

/** `2 of at most 4`, `1 of at least 2` */
export function countInWords(count: number, { minItems = 0, maxItems }: Pick<FormField, 'minItems' | 'maxItems'>) {
  if (count > 0 && count < minItems) return `${count} of at least ${minItems}`;
  if (maxItems !== undefined) return count === 0 ? `up to ${maxItems}` : `${count} of at most ${maxItems}`;
  return count === 0 ? '' : String(count);
}
