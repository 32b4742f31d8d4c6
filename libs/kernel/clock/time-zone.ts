import { DateTime, FixedOffsetZone, IANAZone } from 'luxon';

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

/** The rules of all time zones: the offset of a zone's clocks from UTC, in minutes, at an instant. */
export interface ZoneRules {
  /** Which edition of the time zone database they are: `2026a`. Later ones sort after earlier ones. */
  readonly version: string;
  /** @throws RangeError for an unknown zone */
  offset(zone: string, instantMs: number): number;
}

/** The rules that this process came with, those of ICU: nothing else in ClickPost tells what clocks show. */
export const systemZoneRules: ZoneRules = {
  version: process.versions['tz'] ?? '',
  offset: (zone, instantMs) => {
    if (!isTimeZone(zone)) throw new RangeError(`"${zone}" is not a time zone`);
    return IANAZone.create(zone).offset(instantMs);
  },
};

/** Whether a text is a local date and time: `2026-03-29T02:30`, with seconds if wanted, without offset. */
export function isLocalTime(text: string): boolean {
  return LOCAL_TIME.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/**
 * The instant at which clocks in the zone show a local time. A time that the clocks skip is moved forward by the gap
 * (02:30 becomes 03:30); of a time that they show twice, the first is meant.
 * @param local `2026-03-29T02:30`, with seconds if wanted, without offset
 * @throws RangeError when either is not valid
 */
export function instantOf(local: string, zone: string, rules: ZoneRules = systemZoneRules): Date {
  const offset = (instantMs: number): number => rules.offset(zone, instantMs);
  if (!isLocalTime(local)) {
    offset(0);
    throw new RangeError(`"${local}" is not a local time`);
  }
  const asUtc = DateTime.fromISO(local, { zone: 'utc' }).toMillis();
  const at = (offsetMinutes: number): number => asUtc - offsetMinutes * 60_000;
  // Luxon leaves it open which of two instants it takes, so both sides of a possible change are tried here.
  const before = offset(asUtc - DAY_MS);
  const after = offset(asUtc + DAY_MS);
  const isAfterChange = offset(at(before)) !== before && offset(at(after)) === after;
  return new Date(at(isAfterChange ? after : before));
}

/**
 * What clocks in the zone show at an instant: `2026-03-29T03:30:00`, without offset.
 * @throws RangeError when the zone or the instant is not valid
 */
export function localOf(instant: Date, zone: string, rules: ZoneRules = systemZoneRules): string {
  const text = atOffset(instant, zone, rules).toISO({ includeOffset: false, suppressMilliseconds: true });
  if (text === null) throw new RangeError('not a valid instant');
  return text;
}

/**
 * An instant as clocks in the zone show it, with their offset: `2026-10-25T02:30:00+01:00`.
 * @throws RangeError when the zone or the instant is not valid
 */
export function offsetTimeOf(instant: Date, zone: string): string {
  const text = atOffset(instant, zone, systemZoneRules).toISO({ suppressMilliseconds: true });
  if (text === null) throw new RangeError('not a valid instant');
  return text.replace(/Z$/, '+00:00');
}

function atOffset(instant: Date, zone: string, rules: ZoneRules): DateTime {
  const minutes = rules.offset(zone, instant.getTime());
  return DateTime.fromMillis(instant.getTime(), { zone: FixedOffsetZone.instance(minutes) });
}
