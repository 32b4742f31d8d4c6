import { instantOf, isLocalTime, localOf, systemZoneRules, type ZoneRules } from '#kernel';

/** No zone ever moved its clocks by more than a day; what is further off has another reason than its rules. */
const FURTHEST_MS = 26 * 3_600_000;

/** A due time as it is stored. */
export interface StoredDue {
  at: Date;
  timeZone: string;
  /** As it was chosen: a local time follows the zone's rules; one with an offset is an instant, and stays. */
  local: string;
}

/**
 * The instant at which something is due under the rules as they are now, where that is another one than is stored. Undefined
 * where it stays: chosen as an instant; still shown by the clocks as it was chosen (the second of two equal times); stored
 * for another reason than the zone's rules; or of a zone that these rules do not know.
 *
 * A local time that the new rules skip is moved forward by the gap, and comes back to its time when they do.
 */
export function movedByRules(due: StoredDue, rules: ZoneRules = systemZoneRules): Date | undefined {
  if (!isLocalTime(due.local)) return undefined;
  try {
    const at = instantOf(due.local, due.timeZone, rules);
    const by = Math.abs(at.getTime() - due.at.getTime());
    if (by === 0 || by > FURTHEST_MS || localOf(due.at, due.timeZone, rules) === due.local) return undefined;
    return at;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
