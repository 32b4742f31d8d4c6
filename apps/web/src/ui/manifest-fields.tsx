import { Checkbox, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type FieldValue, type FieldValues, type FormField, shownValue } from './manifest-values.js';
import { SecretInput } from './secret-input.js';

interface ManifestFieldsProps {
  fields: readonly FormField[];
  /** What was entered so far; fields that are left out show their default. */
  values: FieldValues;
  /** An empty text says that the field was emptied. */
  onChange: (name: string, value: FieldValue) => void;
  /** What is wrong, by the name of the field. */
  errors?: Readonly<Record<string, string | undefined>>;
  disabled?: boolean;
}

/** The fields of a form that a platform's manifest describes: what connecting asks for, or the settings of a post. */
export function ManifestFields({ fields, values, onChange, errors = {}, disabled = false }: ManifestFieldsProps) {
  return (
    <Stack gap="md">
      {fields.map((field) => (
        <ManifestField
          key={field.name}
          field={field}
          value={shownValue(field, values)}
          onChange={(value) => onChange(field.name, value)}
          error={errors[field.name]}
          disabled={disabled}
        />
      ))}
    </Stack>
  );
}

interface ManifestFieldProps {
  field: FormField;
  value: FieldValue | undefined;
  onChange: (value: FieldValue) => void;
  error: string | undefined;
  disabled: boolean;
}

function ManifestField({ field, value, onChange, error, disabled }: ManifestFieldProps) {
  const { name, label, help, placeholder, required, type, maxLength } = field;
  const about = { name, label, error, disabled, ...(help !== undefined && { description: help }) };
  const input = {
    ...about,
    required,
    ...(placeholder !== undefined && { placeholder }),
    ...(maxLength !== undefined && { maxLength }),
  };
  const text = { value: String(value ?? ''), autoCapitalize: 'none', autoCorrect: 'off', spellCheck: type === 'text' };
  switch (type) {
    case 'boolean':
      return <Checkbox {...about} checked={value === true} onChange={(event) => onChange(event.target.checked)} />;
    case 'select':
      return <Choice input={input} field={field} value={value} onChange={onChange} />;
    case 'number':
      return (
        <NumberInput
          {...input}
          value={typeof value === 'number' ? value : ''}
          onChange={(entered) => onChange(entered)}
        />
      );
    case 'secret':
      // Password managers offer no sign-in of ClickPost where a credential of another service is asked for.
      return (
        <SecretInput
          {...input}
          {...text}
          autoComplete="new-password"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'url':
    case 'text':
      return (
        <TextInput
          {...input}
          {...text}
          type={type}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

interface ChoiceProps {
  input: { label: string; error: string | undefined; disabled: boolean; required: boolean };
  field: FormField;
  value: FieldValue | undefined;
  onChange: (value: FieldValue) => void;
}

/** What has no default can be left open again. */
function Choice({ input, field: { required, options = [], default: preset }, value, onChange }: ChoiceProps) {
  return (
    <Select
      {...input}
      data={options}
      value={typeof value === 'string' && value !== '' ? value : null}
      onChange={(chosen) => onChange(chosen ?? '')}
      clearable={!required && preset === undefined}
    />
  );
}
