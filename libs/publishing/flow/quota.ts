import { type Quota } from '#platforms/core';

/** A window is counted in so many buckets: what is over leaves it bucket by bucket. */
const BUCKETS = 50;

/** Who publishes: the account on the platform, and the app that does it there. */
export interface Publisher {
  platform: string;
  practice: boolean;
  /** The platform's id of the account (`channels.external_id`): its quota is one, through whichever channel it is reached. */
  account: string;
  /** The app's id at the platform; empty where there are no apps. */
  app: string;
}

/** One quota of somebody. */
export interface Counter {
  key: string;
  quota: Quota;
}

/** What was used of a window, oldest first. */
export interface Used {
  bucket: Date;
  used: number;
}

/** The quotas that a publisher is counted against. What is practised shares none with what is real. */
export function countersOf(quotas: readonly Quota[], publisher: Publisher): Counter[] {
  const { platform, practice, account, app } = publisher;
  return quotas.map((quota) => ({
    key: JSON.stringify([
      platform,
      practice ? 'practice' : 'real',
      quota.scope,
      quota.scope === 'app' ? app : account,
      quota.windowMs,
    ]),
    quota,
  }));
}

/** How long one bucket is, in milliseconds. */
export function bucketMs({ windowMs }: Pick<Quota, 'windowMs'>): number {
  return Math.max(1, Math.ceil(windowMs / BUCKETS));
}

/** How long a bucket counts from its beginning: its last moment stays in the window for the whole of it. */
export function lifeMs(quota: Pick<Quota, 'windowMs'>): number {
  return quota.windowMs + bucketMs(quota);
}

/**
 * When there is room for one more, given what is used within the window: undefined = now.
 * @param planned counted already in this very moment, beside what is stored
 */
export function roomAt(quota: Quota, used: readonly Used[], planned: number, now: Date): Date | undefined {
  let all = planned + used.reduce((sum, bucket) => sum + bucket.used, 0);
  if (all < quota.limit) return undefined;
  for (const bucket of used) {
    all -= bucket.used;
    if (all < quota.limit) return new Date(bucket.bucket.getTime() + lifeMs(quota));
  }
  // All of it is of this moment.
  return new Date(now.getTime() + lifeMs(quota));
}

/** A used-up quota in a sentence. */
export function usedUp(platformName: string, { limit, what, windowMs }: Quota, until: Date): string {
  const number = limit.toLocaleString('en-US');
  return `The quota of ${platformName} is used up until ${until.toISOString()}: ${number} ${what} in ${lengthOf(windowMs)}.`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

function lengthOf(ms: number): string {
  const [name, unit] = UNITS.find(([, size]) => ms % size === 0) ?? ['millisecond', 1];
  const count = ms / unit;
  return count === 1 ? `one ${name}` : `${count} ${name}s`;
}
