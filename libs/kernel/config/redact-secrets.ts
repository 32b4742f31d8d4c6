import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * Gives an object a printed form, in `JSON.stringify`, `console.log` and the logger, without the values of the named properties.
 * The properties themselves stay as they are.
 */
export function redactSecrets<T extends object>(object: T, secrets: readonly (keyof T & string)[]): T {
  const printed = (): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [
        key,
        (secrets as readonly string[]).includes(key) && isPresent(value) ? REDACTED : (value as unknown),
      ]),
    );
  Object.defineProperty(object, 'toJSON', { value: printed, enumerable: false });
  Object.defineProperty(object, inspect.custom, { value: printed, enumerable: false });
  return object;
}

function isPresent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
