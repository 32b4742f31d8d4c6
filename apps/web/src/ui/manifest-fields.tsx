import { Checkbox, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { barredBy, type SettingTerms, toldOnceOn } from '#platforms/core';
import { ConsentField } from './manifest-consent.js';
import { LookupField } from './manifest-lookup.js';
import { clearedBy, type Upper, upperOf } from './manifest-lists.js';
import { type FormFile, MarksField } from './manifest-marks.js';
import { TextsField } from './manifest-texts.js';
import {
  askedFields,
  type FileKinds,
  type FieldValue,
  type FieldValues,
  type FormField,
  shownValue,
  textOf,
} from './manifest-values.js';
import { SecretInput } from './secret-input.js';

/** What the fields of a post's settings need beside their values. */
export interface FormPost {
  /** Whose platform is asked where a field searches. */
  channelId: string;
  /** What that platform is called. */
  network: string;
  /** The files of the post, in order. */
  files: readonly FormFile[];
  kinds: FileKinds;
}

interface ManifestFieldsProps {
  fields: readonly FormField[];
  /** What was entered so far; fields that are left out show their default. */
  values: FieldValues;
  /** An empty text says that the field was emptied. */
  onChange: (name: string, value: FieldValue) => void;
  /** What is wrong, by the name of the field. */
  errors?: Readonly<Record<string, string | undefined>>;
  disabled?: boolean;
  /** The post whose settings these are. */
  post?: FormPost;
  /** The name of a field that is asked for elsewhere. */
  except?: string;
  /** What the network says right now of some of them, by their names. */
  terms?: Readonly<Record<string, SettingTerms>>;
}

/** The fields of a form that a platform's manifest describes: what connecting asks for, or the settings of a post. */
export function ManifestFields({
  fields,
  values,
  onChange,
  errors = {},
  disabled = false,
  post,
  except,
  terms = {},
}: ManifestFieldsProps) {
  const asked = askedFields(fields, values, post?.kinds).filter(({ name }) => name !== except);
  const [cleared, setCleared] = useState<readonly string[]>([]);
  const change = (name: string, value: FieldValue) => {
    const lost = clearedBy(name, value, fields, values);
    onChange(name, value);
    for (const one of lost) onChange(one, '');
    setCleared((before) => [...before.filter((one) => one !== name && !lost.includes(one)), ...lost]);
  };
  return (
    <Stack gap="md">
      {asked.map((field) => (
        // By its name it is found when something is wrong with it.
        <div key={field.name} data-setting={field.name}>
          <ManifestField
            field={field}
            value={shownValue(field, values)}
            onChange={(value) => change(field.name, value)}
            error={errors[field.name]}
            disabled={disabled}
            post={post}
            upper={upperOf(field, fields, values)}
            isCleared={cleared.includes(field.name)}
            unavailable={terms[field.name]?.unavailable ?? barredBy(field, fields, values, post?.kinds)}
            told={toldOnceOn(field, fields, values, post?.kinds)}
            barred={(option) => barredBy(option, fields, values, post?.kinds)}
          />
        </div>
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
  post: FormPost | undefined;
  /** What it depends on. */
  upper: Upper | undefined;
  /** Another choice there has emptied it. */
  isCleared: boolean;
  /** Why it may not be switched on right now. */
  unavailable: string | undefined;
  /** What to know of it now that it is on. */
  told: string | undefined;
  /** Why one of its options may not be chosen right now. */
  barred: (option: Option) => string | undefined;
}

type Option = NonNullable<FormField['options']>[number];

function ManifestField({ post, upper, isCleared, unavailable, told, barred, ...props }: ManifestFieldProps) {
  const { field } = props;
  switch (field.type) {
    case 'texts':
      return <TextsField {...props} />;
    case 'marks':
      return <MarksField {...props} files={post?.files ?? []} />;
    case 'lookup':
      return (
        <LookupField
          {...{ ...props, upper, isCleared }}
          channelId={post?.channelId ?? ''}
          network={post?.network ?? ''}
        />
      );
    case 'consent':
      return <ConsentField {...props} />;
    case 'boolean':
    case 'date':
    case 'time':
    case 'select':
    case 'number':
    case 'secret':
    case 'url':
    case 'text':
      return <OneInput {...{ ...props, unavailable, told, barred }} type={field.type} />;
  }
}

type OneInputProps = Omit<ManifestFieldProps, 'post' | 'upper' | 'isCleared'> & {
  type: Exclude<FormField['type'], 'texts' | 'marks' | 'lookup' | 'consent'>;
};

function OneInput({ field, type, value, onChange, error, disabled, unavailable, told, barred }: OneInputProps) {
  const { name, label, help, placeholder, required, maxLength, min, max } = field;
  const about = { name, label, error, disabled, ...(help !== undefined && { description: help }) };
  const input = { ...about, required, ...(placeholder !== undefined && { placeholder }) };
  const text = {
    ...input,
    ...(maxLength !== undefined && { maxLength }),
    value: textOf(value),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  const plain = { ...text, autoCapitalize: 'none', autoCorrect: 'off', spellCheck: type === 'text' };
  switch (type) {
    case 'boolean':
      return (
        <Checkbox
          {...about}
          {...((unavailable ?? told) !== undefined && {
            description: [unavailable ?? help, told].filter(Boolean).join(' '),
          })}
          // What was switched on before can still be switched off.
          disabled={disabled || (unavailable !== undefined && value !== true)}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case 'select':
      return <Choice {...{ input, field, value, onChange, barred }} />;
    case 'number':
      return (
        <NumberInput
          {...input}
          {...(min !== undefined && { min })}
          {...(max !== undefined && { max })}
          value={typeof value === 'number' ? value : ''}
          onChange={(entered) => onChange(entered)}
        />
      );
    case 'secret':
      // Password managers offer no sign-in of ClickPost where a credential of another service is asked for.
      return <SecretInput {...plain} autoComplete="new-password" />;
    case 'date':
    case 'time':
      return <TextInput {...text} type={type} />;
    case 'url':
      return <TextInput {...plain} type="url" autoComplete="off" />;
    case 'text':
      return field.multiline === true ? (
        <Textarea {...text} minRows={2} maxRows={8} autoComplete="off" />
      ) : (
        <TextInput {...plain} type="text" autoComplete="off" />
      );
  }
}

interface ChoiceProps {
  input: { label: string; error: string | undefined; disabled: boolean; required: boolean };
  field: FormField;
  value: FieldValue | undefined;
  onChange: (value: FieldValue) => void;
  barred: (option: Option) => string | undefined;
}

/** What has no default can be left open again. What may not be chosen right now says why, where it is and when it is pointed at. */
function Choice({ input, field: { required, options = [], default: preset }, value, onChange, barred }: ChoiceProps) {
  const why = new Map(options.map((option) => [option.value, barred(option)]));
  const isAnyBarred = [...why.values()].some((reason) => reason !== undefined);
  return (
    <Select
      {...input}
      data={options.map(({ value: id, label }) => ({ value: id, label, disabled: why.get(id) !== undefined }))}
      // Else the list is left as it is everywhere, with its sign at what is chosen.
      {...(isAnyBarred && {
        renderOption: ({ option: { value: id, label } }) => <Offered label={label} why={why.get(id)} />,
      })}
      placeholder="Choose…"
      value={typeof value === 'string' && value !== '' ? value : null}
      onChange={(chosen) => onChange(chosen ?? '')}
      clearable={!required && preset === undefined}
    />
  );
}

function Offered({ label, why }: { label: string; why: string | undefined }) {
  if (why === undefined) return label;
  return (
    <div title={why}>
      {label}
      <Text size="xs">{why}</Text>
    </div>
  );
}
