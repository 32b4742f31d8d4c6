import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { Refused } from './answers.js';
import { type State } from './state.js';

/** `x-ratelimit-category` of the API's description. */
export type Category = 'org_read' | 'org_write';

/**
 * With trial access in a day for the app, with standard access in a minute for each account.
 * https://developers.pinterest.com/docs/reference/rate-limits/
 */
const LIMITS: Readonly<Record<Category, { trial: number; standard: number }>> = {
  org_read: { trial: 1_000, standard: 1_000 },
  org_write: { trial: 300, standard: 100 },
};
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Counts a call. Throws `Refused` where it is one too many; else the headers that say what is left. */
export function countCall(state: State, request: SandboxRequest, category: Category): Record<string, string> {
  const isTrial = state.access !== 'standard';
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const userId = token === undefined ? undefined : state.tokens.get(token)?.userId;
  const arranged = state.arranged(`limit:${category}`);
  const limit = typeof arranged === 'number' ? arranged : LIMITS[category][isTrial ? 'trial' : 'standard'];
  const windowMs = isTrial ? DAY_MS : MINUTE_MS;
  const key = `${category}:${isTrial ? 'app' : (userId ?? 'nobody')}`;
  const now = state.now();
  const known = state.counts.get(key);
  const count = known && known.from + windowMs > now ? known : { from: now, used: 0 };
  const used = count.used + 1;
  state.counts.set(key, { ...count, used: Math.min(used, limit) });
  const headers = {
    'x-ratelimit-limit': `${limit}, ${limit};w=${windowMs / 1000}`,
    'x-ratelimit-remaining': String(Math.max(0, limit - used)),
    'x-ratelimit-reset': String(Math.ceil((count.from + windowMs - now) / 1000)),
  };
  if (used > limit) throw tooMany(headers);
  return headers;
}

/** Code 8 of HTTP 429. */
function tooMany(headers: Record<string, string>): Refused {
  const message =
    'This request exceeded a rate limit. This can happen if the client exceeds one of the published rate limits within a short time window.';
  return new Refused(429, 8, message, headers);
}

/** The refusal of a limit, where a rehearsal asks for one; without a number it does not say when. */
export function limitReached(retryAfterSeconds: number | undefined): SandboxAnswer {
  const hint = retryAfterSeconds === undefined ? {} : { 'x-ratelimit-reset': String(retryAfterSeconds) };
  return tooMany({ 'x-ratelimit-remaining': '0', ...hint }).answer();
}
