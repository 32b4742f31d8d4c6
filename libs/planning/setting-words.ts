import { type FormField, isDate, type JsonObject, lookedUpOf, marksOf, textsOf } from '#platforms/core';

/** The value of a setting as people read it; empty where there is nothing to read. Pure. */
export function settingWords({ name, type, options = [] }: FormField, values: JsonObject): string {
  const value = values[name];
  switch (type) {
    case 'texts':
      return textsOf(values, name).join(', ');
    case 'marks':
      return marksOf(values, name)
        .map(({ text }) => text)
        .join(', ');
    case 'lookup':
      return lookedUpOf(values, name)?.label ?? '';
    case 'boolean':
      return value === true ? 'Yes' : 'No';
    case 'consent':
      return value === true ? 'Agreed' : '';
    case 'date':
      return isDate(value) ? dayWords(value) : plainText(value);
    case 'time':
    case 'text':
    case 'url':
    case 'secret':
    case 'select':
    case 'number':
      return options.find((option) => option.value === value)?.label ?? plainText(value);
  }
}

/** 2026-12-31 -> `31 December 2026`. */
function dayWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  });
}

function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
