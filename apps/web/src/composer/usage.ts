import { formatDateTime } from '../ui/dates.js';
import { formatNumber } from '../ui/numbers.js';

/** A limit that a platform tells, and how much of it is used. */
export interface Usage {
  what: string;
  used: number;
  limit: number;
  /** ISO instant from which on it is counted from nothing; null where the window moves with the time. */
  resetsAt: string | null;
}

/** Below this share of a limit nobody has to think of it. */
const WORTH_SAYING = 0.5;

/** Whether a limit is far enough used up to be said without being asked for. */
export function isWorthSaying({ used, limit }: Usage): boolean {
  return used >= limit * WORTH_SAYING;
}

/** Whether nothing goes out until there is room again. */
export function isUsedUp({ used, limit }: Usage): boolean {
  return used >= limit;
}

/** How much of a limit is used, in a sentence. @param zone in which an end of a day is told */
export function usageInWords(usage: Usage, zone: string): string {
  const [used, limit] = [formatNumber(usage.used), formatNumber(usage.limit)];
  const reset = usage.resetsAt === null ? undefined : formatDateTime(usage.resetsAt, zone);
  if (!isUsedUp(usage)) {
    return `${used} of ${limit} ${usage.what} are used${reset === undefined ? '' : `, counted anew from ${reset} on`}.`;
  }
  const again = reset === undefined ? 'when there is room again' : `from ${reset} on, when it is counted anew`;
  return `All ${limit} ${usage.what} are used. What is due now goes out ${again}.`;
}

/** What opens or closes the limits that are not said by themselves. @param said how many are */
export function moreInWords(isOpen: boolean, said: number, rest: number): string {
  if (isOpen) return said > 0 ? 'Show fewer limits' : 'Hide the limits of the networks';
  if (said === 0) return 'Limits of the networks';
  return rest === 1 ? 'One more limit' : `${rest} more limits`;
}
