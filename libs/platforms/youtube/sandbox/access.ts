import { type SandboxRequest } from '#platforms/core';
import { googleCaller, type GoogleRefusal } from '#platforms/google/sandbox';
import { SCOPES } from '../manifest.js';
import { problem } from './answers.js';
import { type Channel, type State } from './state.js';

const [UPLOAD = '', FORCE_SSL = '', READONLY = ''] = SCOPES;
/** Which scopes do for what: "at least one of the following scopes", on the page of each method. */
export const MAY_READ = [READONLY, FORCE_SSL];
export const MAY_UPLOAD = [UPLOAD, FORCE_SSL];
export const MAY_CHANGE = [FORCE_SSL];

/** What a method costs, in its bucket. https://developers.google.com/youtube/v3/determine_quota_cost */
export interface Charge {
  bucket: 'uploads' | 'units';
  amount: number;
}

/** What a project is granted without asking, a day. */
const GRANTED: Readonly<Record<Charge['bucket'], number>> = { uploads: 100, units: 10_000 };

/** Who calls, and what it costs their project: that is charged for requests that are turned down as well. */
export function caller(
  state: State,
  request: SandboxRequest,
  scopes: readonly string[],
  charge: Charge,
): { personId: string; channel: Channel | undefined } {
  const { id: personId } = googleCaller(state.google, request, scopes);
  useQuota(state, charge);
  return { personId, channel: state.channelOf(personId) };
}

/** The same with a channel. */
export function callerWithChannel(
  state: State,
  request: SandboxRequest,
  scopes: readonly string[],
  charge: Charge,
): { personId: string; channel: Channel } {
  const { personId, channel } = caller(state, request, scopes, charge);
  if (!channel) {
    throw problem(401, 'youtubeSignupRequired', 'Unauthorized', { domain: 'youtube.header' });
  }
  return { personId, channel };
}

/** "Daily quotas reset at midnight Pacific Time." */
function useQuota(state: State, { bucket, amount }: Charge): void {
  const key = `${dayOf(state.world.now())}:${bucket}`;
  const used = state.used.get(key) ?? 0;
  const arranged = state.arranged(`limit:${bucket}`);
  const limit = typeof arranged === 'number' ? arranged : GRANTED[bucket];
  if (used + amount > limit) throw usedUp(bucket);
  state.used.set(key, used + amount);
}

/**
 * The bucket of uploads is one of the limits that all of Google's services have, and answers as they do:
 * https://github.com/googleapis/google-api-python-client/issues/2753
 */
function usedUp(bucket: Charge['bucket']): GoogleRefusal {
  if (bucket === 'units') {
    const message = 'The request cannot be completed because you have exceeded your quota.';
    return problem(403, 'quotaExceeded', message, { domain: 'youtube.quota' });
  }
  const message =
    "Quota exceeded for quota metric 'Video Uploads' and limit 'Video Uploads per day' of service 'youtube.googleapis.com' for " +
    "consumer 'project_number:1'.";
  return problem(429, 'rateLimitExceeded', message, { domain: 'global' });
}

function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(at);
}
