import { Input } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './manifest-fields.module.css';
import { type FormField } from './manifest-values.js';

interface FieldGroupProps {
  field: FormField;
  error: string | undefined;
  children: ReactNode;
}

/** Several inputs that are one field: its name, its help and what is wrong with it belong to all of them. */
export function FieldGroup({ field: { label, help, required }, error, children }: FieldGroupProps) {
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <fieldset className={classes['group']} {...(described !== '' && { 'aria-describedby': described })}>
      <legend className={classes['legend']} data-required={required || undefined}>
        {label}
      </legend>
      {help !== undefined && <Input.Description id={`${id}-help`}>{help}</Input.Description>}
      {children}
      {error !== undefined && (
        <Input.Error id={`${id}-error`} mt={5}>
          {error}
        </Input.Error>
      )}
    </fieldset>
  );
}
