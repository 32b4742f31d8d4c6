import { type FieldError } from '#kernel';
import {
  type DraftMediaKind,
  type FormField,
  isAsked,
  isDate,
  isLookedUp,
  isMark,
  isTime,
  type Json,
  type JsonObject,
  type Mark,
  missingBefore,
  settingsFor,
} from '#platforms/core';

/** What is typed rather than chosen. */
const ENTERED: readonly FormField['type'][] = ['text', 'url', 'secret', 'number', 'texts'];
/** More of them are found in the form itself. */
const MOST_CHOICES = 8;

/** The settings of a channel as they are sent, and every one that is wrong. */
export interface ReadSettings {
  values: JsonObject;
  errors: FieldError[];
}

/**
 * Reads what was entered into a platform's form. Pure. What is not asked for is kept by whoever wrote it, and neither checked
 * nor among the values.
 */
export function readSettings(
  all: readonly FormField[],
  given: JsonObject,
  {
    path,
    files,
    withoutSettings,
  }: {
    /** Where the settings stand in the request. */
    path: string;
    /** Of which kinds the files are that the post itself has on this channel. */
    files: readonly DraftMediaKind[];
    /** What of the form this channel does not have. */
    withoutSettings?: readonly string[] | null;
  },
): ReadSettings {
  const fields = settingsFor(all, { withoutSettings });
  const errors: FieldError[] = [];
  const values: JsonObject = {};
  for (const name of Object.keys(given)) {
    if (fields.some((field) => field.name === name)) continue;
    const elsewhere = all.find((field) => field.name === name);
    if (elsewhere) {
      if (!isEmpty(given[name])) errors.push(notHere(elsewhere, path));
      continue;
    }
    const known = fields.map((field) => field.name).join(', ') || 'none';
    errors.push({
      field: `${path}/${name}`,
      rule: 'unknown-setting',
      message: `There is no setting "${name}" here.`,
      remedy: `Known settings: ${known}.`,
    });
  }
  for (const field of fields.filter((field) => isAsked(field, fields, given, files))) {
    const value = enteredOf(field, given);
    if (isEmpty(value)) {
      if (field.required) errors.push(missing(field, path));
      continue;
    }
    const wrong = wrongSetting(field, value);
    if (wrong) {
      errors.push(notTaken(field, path, wrong));
      continue;
    }
    const first = missingBefore(field, fields, given);
    if (first) {
      errors.push(chosenWithout(field, first, path));
      continue;
    }
    errors.push(...lostMarks(field, value, path, files.length));
    values[field.name] = value;
  }
  return { values, errors };
}

function wrongSetting(field: FormField, value: unknown): string | undefined {
  const { label, min, max, maxLength = 2_000 } = field;
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${field.label} is true or false.`;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} is a number.`;
      if (min !== undefined && value < min) return `${label} is ${min} at the least.`;
      return max !== undefined && value > max ? `${label} is ${max} at the most.` : undefined;
    case 'select':
      return wrongChoice(field, value);
    case 'text':
    case 'url':
    case 'secret':
      if (typeof value !== 'string') return `${label} is a text.`;
      return value.length > maxLength ? `${label} is too long.` : undefined;
    case 'date':
      return isDate(value) ? undefined : `${label} is a day, such as 2026-12-31.`;
    case 'time':
      return isTime(value) ? undefined : `${label} is a time of day, such as 18:30.`;
    case 'consent':
      return value === true ? undefined : `"${label}" is agreed to, which is kept as true, or it is not.`;
    case 'texts':
      if (!isListOf(value, (item) => typeof item === 'string' && item.trim() !== ''))
        return `${label} is a list of texts.`;
      return wrongItems(field, value as string[]);
    case 'marks':
      if (!isListOf(value, isMark)) return `${label} is a list of {media, x, y, text}; x and y are from 0 to 1.`;
      return wrongItems(
        field,
        (value as Mark[]).map(({ text }) => text),
      );
    case 'lookup':
      return isLookedUp(value) && value.value !== ''
        ? undefined
        : `${label} is a {value, label} that was found by a search.`;
  }
}

/** What counts: what was entered, else what the form says. Nobody agrees by saying nothing; `false` is no agreement either. */
function enteredOf({ name, type, default: preset }: FormField, given: JsonObject): Json | undefined {
  const value = given[name] ?? undefined;
  if (type === 'consent') return value === false ? undefined : value;
  return value ?? preset;
}

function missing(field: FormField, path: string): FieldError {
  const { name, label, type } = field;
  if (type !== 'consent') {
    const remedy = choicesOf(field) ?? `${ENTERED.includes(type) ? 'Enter' : 'Choose'} one.`;
    return { field: `${path}/${name}`, rule: 'setting-required', message: `${label} is missing.`, remedy };
  }
  return {
    field: `${path}/${name}`,
    rule: 'setting-consent',
    message: `"${label}" has to be agreed to before this goes out.`,
    remedy: 'Agree to it, or leave this channel out.',
  };
}

function isEmpty(value: Json | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function notHere({ name, label }: FormField, path: string): FieldError {
  return {
    field: `${path}/${name}`,
    rule: 'setting-not-here',
    message: `${label} cannot be set on this channel.`,
    remedy: `Leave ${label} out for this channel.`,
  };
}

/** What was chosen is one of those below something else, and that was not chosen. */
function chosenWithout({ name, label }: FormField, first: FormField, path: string): FieldError {
  return {
    field: `${path}/${name}`,
    rule: 'setting-depends-on',
    message: `${label} was chosen without ${first.label}.`,
    remedy: `Choose ${first.label} first, or leave ${label} out.`,
  };
}

function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}

function wrongItems({ label, minItems = 0, maxItems = 100, maxLength = 2_000 }: FormField, items: readonly string[]) {
  if (items.length < minItems) return `${label} needs ${minItems} at the least.`;
  if (items.length > maxItems) return `${label} takes ${maxItems} at the most.`;
  const long = items.find((item) => item.length > maxLength);
  return long === undefined ? undefined : `${label}: "${long.slice(0, 20)}…" is longer than ${maxLength} characters.`;
}

/** Marks on files that the post does not have. */
function lostMarks(field: FormField, value: unknown, path: string, files: number): FieldError[] {
  if (field.type !== 'marks') return [];
  return (value as Mark[]).flatMap(({ media, text }, index) =>
    media < files
      ? []
      : [
          {
            field: `${path}/${field.name}/${index}`,
            rule: 'setting-mark-media',
            message: `${field.label}: "${text}" stands on file ${media + 1}, and there ${there(files)} here.`,
            remedy: 'Remove it, or put it on a file of this post.',
          },
        ],
  );
}

function there(files: number): string {
  if (files === 0) return 'is no file';
  return files === 1 ? 'is 1 file' : `are ${files} files`;
}

/** Something else was sent than a form offers: whoever calls the API is told by which words the choices go there. */
function wrongChoice({ label, options = [] }: FormField, value: unknown): string | undefined {
  if (options.some((option) => option.value === value)) return undefined;
  return `${label} has no such choice; there is ${options.map((option) => option.value).join(', ')}.`;
}

function notTaken(field: FormField, path: string, message: string): FieldError {
  const remedy = choicesOf(field) ?? field.help ?? `Correct ${field.label}.`;
  return { field: `${path}/${field.name}`, rule: 'setting-value', message, remedy };
}

/** What people may choose, as the form shows it; undefined where that is nothing, or too much to be told. */
function choicesOf({ options = [] }: FormField): string | undefined {
  if (options.length === 0 || options.length > MOST_CHOICES) return undefined;
  return `Choose one of: ${options.map(({ label }) => `"${label}"`).join(', ')}.`;
}
