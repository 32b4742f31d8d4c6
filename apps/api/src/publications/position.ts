import { validate } from 'uuid';
import { type CursorKeys } from '../http/index.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** Whether the keys of a cursor are an instant in microseconds and an id: where a list ended that is sorted by both. */
export function isPosition(keys: CursorKeys): keys is readonly [instant: string, id: string] {
  const [instant, id] = keys;
  return keys.length === 2 && typeof instant === 'string' && isInstant(instant) && validate(id);
}

/** The database refuses the 30th of February, which JavaScript takes for the 2nd of March. */
function isInstant(text: string): boolean {
  if (!INSTANT.test(text)) return false;
  const at = new Date(text);
  return (
    !Number.isNaN(at.getTime()) && at.toISOString().slice(0, -1) === text.slice(0, '2026-05-04T09:00:00.123'.length)
  );
}
