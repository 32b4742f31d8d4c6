import { formatNumber } from '../ui/numbers.js';

/** A limit that a platform tells, and how much of it is used. */
export interface Usage {
  what: string;
  used: number;
  limit: number;
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

/** How much of a limit is used, in a sentence. */
export function usageInWords(usage: Usage): string {
  const [used, limit] = [formatNumber(usage.used), formatNumber(usage.limit)];
  if (!isUsedUp(usage)) return `${used} of ${limit} ${usage.what} are used.`;
  return `All ${limit} ${usage.what} are used. What is due now goes out when there is room again.`;
}

/** What opens or closes the limits that are not said by themselves. @param said how many are */
export function moreInWords(isOpen: boolean, said: number, rest: number): string {
  if (isOpen) return said > 0 ? 'Show fewer limits' : 'Hide the limits of the networks';
  if (said === 0) return 'Limits of the networks';
  return rest === 1 ? 'One more limit' : `${rest} more limits`;
}
