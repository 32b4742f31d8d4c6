import { type DraftMediaKind, type FormField as Field, isAsked, isMark, type Json, type Mark } from '#platforms/core';

/** A field of a form that a platform's manifest describes. */
export type FormField = Field;
/** What a field holds; an empty text is a field that was emptied. */
export type FieldValue = Json;
/** What a form holds, by the name of the field. A field that nobody touched is left out and shows its default. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** What the field shows: what was entered, else its default, else nothing. */
export function shownValue({ name, default: preset }: FormField, values: FieldValues): FieldValue | undefined {
  return values[name] ?? preset;
}

/** Of which kinds the files of a post are, as far as that is known. */
export type FileKinds = readonly DraftMediaKind[];

/** The fields that count as things stand. @param files of the post whose settings they are */
export function askedFields(fields: readonly FormField[], values: FieldValues, files: FileKinds = []): FormField[] {
  return fields.filter((field) => isAsked(field, fields, values, files));
}

/** What was entered in the fields that count as things stand. @param files of the post whose settings they are */
export function askedValues(
  fields: readonly FormField[],
  values: FieldValues,
  files: FileKinds,
): Record<string, FieldValue> {
  const names = fields.filter((field) => !isAsked(field, fields, values, files)).map(({ name }) => name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** What goes out: what was entered in the fields that count, and where nothing was, what they say by themselves. */
export function sentValues(
  fields: readonly FormField[],
  values: FieldValues,
  files: FileKinds,
): Record<string, FieldValue> {
  const presets = askedFields(fields, values, files).flatMap(({ name, default: preset }) =>
    preset === undefined ? [] : [[name, preset] as const],
  );
  return { ...Object.fromEntries(presets), ...askedValues(fields, values, files) };
}

/** What was entered, without the fields that are empty and the empty lines of lists. */
export function filledValues(values: FieldValues): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, withoutBlanks(value)] as const)
      .filter(([, value]) => !isNothing(value)),
  );
}

function withoutBlanks(value: FieldValue): FieldValue {
  return Array.isArray(value) ? value.filter((item) => typeof item !== 'string' || item.trim() !== '') : value;
}

function isNothing(value: FieldValue): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0);
}

/** The marks of a form after the files that they are on changed: each stays on its file, and goes with it. */
export function followFiles(values: FieldValues, before: readonly string[], after: readonly string[]): FieldValues {
  const moved = Object.entries(values).map(([name, value]): [string, FieldValue] => {
    const marks = marksIn(value);
    if (marks.length === 0) return [name, value];
    const followed = marks.map((mark) => ({ ...mark, media: after.indexOf(before[mark.media] ?? '') }));
    return [name, marksAsValue(followed.filter(({ media }) => media >= 0))];
  });
  return Object.fromEntries(moved);
}

/** The marks that a field holds. */
export function marksIn(value: FieldValue | undefined): Mark[] {
  const items: readonly FieldValue[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) => (isMark(item) ? [{ media: item.media, x: item.x, y: item.y, text: item.text }] : []));
}

/** Marks as a field holds them. */
export function marksAsValue(marks: readonly Mark[]): FieldValue {
  return marks.map(({ media, x, y, text }) => ({ media, x, y, text }));
}

/** The texts that a list holds. */
export function textsIn(value: FieldValue | undefined): string[] {
  const items: readonly FieldValue[] = Array.isArray(value) ? value : [];
  return items.filter((item) => typeof item === 'string');
}

/** The credentials that a form holds, as the API takes them: texts, without the fields that are empty. */
export function credentialsOf(fields: readonly FormField[], values: FieldValues): Record<string, string> {
  const entries = fields.map((field) => [field.name, textOf(shownValue(field, values)).trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** What a field of one line shows. */
export function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The errors below a path of the API (`credentials`), by the name of the field: `credentials/password` as `password`. */
export function errorsBelow(path: string, errors: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = `${path}/`;
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([field]) => field.startsWith(prefix))
      .map(([field, message]) => [field.slice(prefix.length), message]),
  );
}
