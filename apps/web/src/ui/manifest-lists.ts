import { isLookedUp, type LookedUp, type LookupAnswer } from '#platforms/core';
import { type FieldValue, type FieldValues, type FormField } from './manifest-values.js';

/** As many of a list come at once. Of a longer one the rest is found by searching. */
const LIST_MOST = 250;

/** The setting that another one depends on, and what is chosen there. */
export interface Upper {
  label: string;
  /** Undefined while nothing is. */
  chosen: LookedUp | undefined;
}

/** What a field depends on; undefined where it depends on nothing. */
export function upperOf(
  { dependsOn }: Pick<FormField, 'dependsOn'>,
  fields: readonly FormField[],
  values: FieldValues,
): Upper | undefined {
  const field = fields.find(({ name }) => name === dependsOn);
  return field && { label: field.label, chosen: chosenIn(values[field.name]) };
}

/** What a `lookup` field holds. */
export function chosenIn(value: FieldValue | undefined): LookedUp | undefined {
  return isLookedUp(value) ? { value: value.value, label: value.label } : undefined;
}

/** The fields whose choice counts no more when another value is chosen in this one, whatever is between them. */
export function dependentsOf(name: string, fields: readonly FormField[]): string[] {
  const direct = fields.filter(({ dependsOn }) => dependsOn === name).map((field) => field.name);
  return direct.flatMap((one) => [one, ...dependentsOf(one, fields)]);
}

/** Those of them in which something is chosen, when the value of a field changes; none where it stays the same. */
export function clearedBy(
  name: string,
  value: FieldValue,
  fields: readonly FormField[],
  values: FieldValues,
): string[] {
  if (chosenIn(value)?.value === chosenIn(values[name])?.value) return [];
  return dependentsOf(name, fields).filter((one) => chosenIn(values[one]) !== undefined);
}

/** Whether a list may go on behind what came of it. */
export function isCutOff(all: readonly unknown[]): boolean {
  return all.length >= LIST_MOST;
}

/** Whether what was chosen once is in the list no more. */
export function isGone(chosen: LookedUp | undefined, all: readonly LookedUp[] | undefined): boolean {
  if (!chosen || !all || isCutOff(all)) return false;
  return !all.some(({ value }) => value === chosen.value);
}

/** Those of a list that hold every word that was typed, in their name or in what tells them apart. */
export function matching(all: readonly LookupAnswer[], typed: string): LookupAnswer[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...all];
  return all.filter(({ label, detail = '' }) => {
    const text = folded(`${label} ${detail}`);
    return words.every((word) => text.includes(word));
  });
}

/** Without case and accents: who looks for Cafe finds Café. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
