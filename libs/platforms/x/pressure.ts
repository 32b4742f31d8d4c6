import { type Pressure } from '#platforms/core';

/**
 * Counts of endpoints that publishing does not need: deleting, reading the profile, reading posts. That one of them is used up
 * is no reason to send nothing; the next such request is told when to come back.
 * https://docs.x.com/x-api/fundamentals/rate-limits
 */
const BESIDE: ReadonlySet<string> = new Set(['50', '75', '900', '10000']);

/** Nothing more is sent once X says that none is left: no request that would be refused, and none that waits for no reason. */
export function pressure(headers: Readonly<Record<string, string>>, now: Date): Pressure | undefined {
  const app = endOf(headers, 'x-app-limit-24hour', now);
  if (app) return { until: app, scope: 'app', why: 'X takes no more posts of the installation’s app today.' };
  const day = endOf(headers, 'x-user-limit-24hour', now);
  if (day) return { until: day, scope: 'channel', why: 'X takes no more posts of this account today.' };
  if (BESIDE.has(headers['x-rate-limit-limit'] ?? '')) return undefined;
  const quarter = endOf(headers, 'x-rate-limit', now);
  return quarter && { until: quarter, scope: 'channel', why: 'X takes no more of this account for some minutes.' };
}

/** When the count begins anew, where none of it is left. A day is the longest that X counts. */
function endOf(headers: Readonly<Record<string, string>>, count: string, now: Date): Date | undefined {
  if (headers[`${count}-remaining`]?.trim() !== '0') return undefined;
  const milliseconds = Number(headers[`${count}-reset`] ?? '') * 1000;
  const isAhead = milliseconds > now.getTime() && milliseconds < now.getTime() + 25 * 3_600_000;
  return isAhead ? new Date(milliseconds) : undefined;
}
