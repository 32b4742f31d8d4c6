import { Anchor, Checkbox, Input } from '@mantine/core';
import { Fragment, useId } from 'react';
import classes from './manifest-fields.module.css';
import { linkedPieces } from './linked-pieces.js';
import { type FieldValue, type FormField } from './manifest-values.js';

interface ConsentFieldProps {
  field: FormField;
  value: FieldValue | undefined;
  onChange: (value: FieldValue) => void;
  error: string | undefined;
  disabled: boolean;
}

/** A declaration that has to be agreed to by hand; its words lead to what they name. Taken back, it is as if nothing was said. */
export function ConsentField({ field, value, onChange, error, disabled }: ConsentFieldProps) {
  const { name, label, links = [], help, required } = field;
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`].filter(Boolean);
  return (
    <div className={classes['consent']} data-missing={error !== undefined || undefined}>
      <Checkbox
        name={name}
        disabled={disabled}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked ? true : '')}
        error={error !== undefined}
        aria-required={required || undefined}
        aria-invalid={error !== undefined || undefined}
        {...(described.length > 0 && { 'aria-describedby': described.join(' ') })}
        label={
          <>
            {linkedPieces(label, links).map(({ text, url }, index) => (
              <Fragment key={index}>
                {url === undefined ? (
                  text
                ) : (
                  <Anchor
                    inherit
                    href={url}
                    target="_blank"
                    rel="noreferrer"
                    c="var(--clickpost-link)"
                    underline="always"
                  >
                    {text}
                    <span className="visually-hidden"> (in a new tab)</span>
                  </Anchor>
                )}
              </Fragment>
            ))}
            {required && (
              <span className={classes['asterisk']} aria-hidden>
                {' *'}
              </span>
            )}
          </>
        }
      />
      {help !== undefined && (
        <Input.Description id={`${id}-help`} mt={5}>
          {help}
        </Input.Description>
      )}
      {error !== undefined && (
        <Input.Error id={`${id}-error`} mt={5}>
          {error}
        </Input.Error>
      )}
    </div>
  );
}
