import { type Pressure, retryAfter } from '#platforms/core';

/** A limit of a day is the app's with trial access; those of minutes and seconds are the account's. */
const LONGEST_OF_ACCOUNT_MS = 3_600_000;
/** What is larger is no number of seconds but an instant. */
const LARGEST_SECONDS = 10_000_000;
/** Where nothing is said: the limits of standard access are those of a minute. */
const PAUSE_MS = 60_000;

/** When more may be asked, and whose limit it is. */
export type LimitEnd = Pick<Pressure, 'until' | 'scope'>;

/**
 * Nothing is left: nothing is asked until the window ends. `X-RateLimit-Remaining` and `X-RateLimit-Reset` of every answer.
 * https://developers.pinterest.com/docs/reference/rate-limits/
 */
export function pressure(headers: Readonly<Record<string, string>>, now: Date): Pressure | undefined {
  const remaining = headers['x-ratelimit-remaining']?.trim();
  if (remaining === undefined || !/^\d+$/.test(remaining) || Number(remaining) > 0) return undefined;
  const end = resetOf(headers['x-ratelimit-reset'], now) ?? accountsFor(new Date(now.getTime() + PAUSE_MS), now);
  const whom = end.scope === 'app' ? 'the app of this installation' : 'this account';
  return { ...end, why: `Pinterest says that all that ${whom} may ask for now is used up.` };
}

/** When a refused request may be repeated: `Retry-After`, or the end of the window. */
export function limitEndOf(headers: Headers, now: Date): LimitEnd | undefined {
  const told = retryAfter(headers, now);
  return (told && accountsFor(told, now)) ?? resetOf(headers.get('x-ratelimit-reset'), now);
}

/** The number of seconds until the window ends; an instant in seconds since 1970 is understood as well. */
function resetOf(header: string | null | undefined, now: Date): LimitEnd | undefined {
  const text = header?.trim() ?? '';
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const seconds = Number(text);
  const until = new Date(seconds > LARGEST_SECONDS ? seconds * 1000 : now.getTime() + seconds * 1000);
  // A window longer than a day is a mistake, and one that has ended asks for nothing.
  if (until.getTime() > now.getTime() + 2 * 86_400_000 || until < now) return undefined;
  return accountsFor(until, now);
}

function accountsFor(until: Date, now: Date): LimitEnd {
  return { until, scope: until.getTime() - now.getTime() > LONGEST_OF_ACCOUNT_MS ? 'app' : 'channel' };
}
