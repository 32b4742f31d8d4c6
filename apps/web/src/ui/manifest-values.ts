import { type Schema } from '../api/client.js';

/** A field of a form that a platform's manifest describes. */
export type FormField = Schema<'FormFieldDto'>;
/** What a field holds; an empty text is a field that was emptied. */
export type FieldValue = string | number | boolean;
/** What a form holds, by the name of the field. A field that nobody touched is left out and shows its default. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** What the field shows: what was entered, else its default, else nothing. */
export function shownValue({ name, default: preset }: FormField, values: FieldValues): FieldValue | undefined {
  return values[name] ?? preset;
}

/** What was entered, without the fields that are empty. */
export function filledValues(values: FieldValues): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** The credentials that a form holds, as the API takes them: texts, without the fields that are empty. */
export function credentialsOf(fields: readonly FormField[], values: FieldValues): Record<string, string> {
  const entries = fields.map((field) => [field.name, String(shownValue(field, values) ?? '').trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
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
