import { DateTime, IANAZone } from 'luxon';

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Asking the machine takes half a millisecond, and every schedule asks several times. */
const known = new Set<string>();
/** A zone's name is valid in any mixture of capitals, so there is no end to valid names. */
const KNOWN_AT_MOST = 2_000;

/** Whether it is an IANA time zone that this machine knows (`Europe/Berlin`, `UTC`). A bare offset is none. */
export function isTimeZone(zone: string): boolean {
  if (known.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone) || !IANAZone.isValidZone(zone)) return false;
  if (known.size < KNOWN_AT_MOST) known.add(zone);
  return true;
}

/**
 * The instant at which clocks in the zone show a local time. A time that the clocks skip is moved forward by the gap
 * (02:30 becomes 03:30); of a time that they show twice, the first is meant.
 * @param local `2026-03-29T02:30`, with seconds if wanted, without offset
 * @throws RangeError when either is not valid
 */
export function instantOf(local: string, zone: string): Date {
  const rules = rulesOf(zone);
  const asUtc = DateTime.fromISO(local, { zone: 'utc' });
  if (!LOCAL_TIME.test(local) || !asUtc.isValid) throw new RangeError(`"${local}" is not a local time`);
  const at = (offsetMinutes: number): number => asUtc.toMillis() - offsetMinutes * 60_000;
  // Luxon leaves it open which of two instants it takes, so both sides of a possible change are tried here.
  const before = rules.offset(asUtc.toMillis() - DAY_MS);
  const after = rules.offset(asUtc.toMillis() + DAY_MS);
  const isAfterChange = rules.offset(at(before)) !== before && rules.offset(at(after)) === after;
  return new Date(at(isAfterChange ? after : before));
}

/**
 * What clocks in the zone show at an instant: `2026-03-29T03:30:00`, without offset.
 * @throws RangeError when the zone or the instant is not valid
 */
export function localOf(instant: Date, zone: string): string {
  const text = DateTime.fromJSDate(instant, { zone: rulesOf(zone) }).toISO({
    includeOffset: false,
    suppressMilliseconds: true,
  });
  if (text === null) throw new RangeError('not a valid instant');
  return text;
}

function rulesOf(zone: string): IANAZone {
  if (!isTimeZone(zone)) throw new RangeError(`"${zone}" is not a time zone`);
  return IANAZone.create(zone);
}
