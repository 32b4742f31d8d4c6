import { ValidateBy } from 'class-validator';
import { instantOf } from '#kernel';

const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** A date and time with an offset, as text: `2026-05-04T09:00:00Z`. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'instant',
    validator: {
      validate: isInstant,
      // The usual cause: an address turns a plus sign into a blank.
      defaultMessage: () =>
        '$property is not an instant. Use ISO 8601 with an offset, "2027-03-28T07:00:00Z"; in an address, write "+" as "%2B".',
    },
  });
}

/** JavaScript takes the 30th of February for the 2nd of March: what no clock ever shows is refused. */
function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !WITH_OFFSET.test(value)) return false;
  try {
    instantOf(value.slice(0, 'YYYY-MM-DDTHH:MM'.length), 'UTC');
    return !Number.isNaN(Date.parse(value));
  } catch {
    return false; // Of a time that does not exist there is no instant.
  }
}
