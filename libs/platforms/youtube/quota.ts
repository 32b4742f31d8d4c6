import { type Budget, type PlatformContext, type SegmentDraft } from '#platforms/core';
import { QUOTA_DOCS } from './pages.js';
import { settingsOf } from './settings.js';

/** Where Google's day ends: "Daily quotas reset at midnight Pacific Time (PT)". */
export const QUOTA_ZONE = 'America/Los_Angeles';

/** What a project is granted without asking: https://developers.google.com/youtube/v3/determine_quota_cost, 2026-11-23. */
export const GRANTED = { uploads: 100, units: 10_000 } as const;

/**
 * What each request costs, by the method that it calls. "All API requests, including invalid requests, incur a quota cost of at
 * least one point"; `videos.insert` has a bucket of its own. Parts of an upload belong to the request that began it.
 * https://developers.google.com/youtube/v3/determine_quota_cost, 2026-11-23
 */
const COSTS = {
  'videos.insert': { budget: 'uploads', amount: 1 },
  'videos.list': { budget: 'units', amount: 1 },
  'videos.update': { budget: 'units', amount: 50 },
  'videos.delete': { budget: 'units', amount: 50 },
  'thumbnails.set': { budget: 'units', amount: 50 },
  'playlists.list': { budget: 'units', amount: 1 },
  'playlistItems.list': { budget: 'units', amount: 1 },
  'playlistItems.insert': { budget: 'units', amount: 50 },
  'commentThreads.list': { budget: 'units', amount: 1 },
  'commentThreads.insert': { budget: 'units', amount: 50 },
  'comments.delete': { budget: 'units', amount: 50 },
  'channels.list': { budget: 'units', amount: 1 },
} as const satisfies Readonly<Record<string, { budget: keyof typeof GRANTED; amount: number }>>;

/** The one request that counts as an upload, for people. */
export const BEGIN_UPLOAD = 'begin to upload the video';

/** A method of the API that is called here. */
export type Method = keyof typeof COSTS;

/** Says that a request of this method is about to be sent: those that are turned down count as well. */
export function useQuota({ use }: Pick<PlatformContext, 'use'>, method: Method): void {
  const { budget, amount } = COSTS[method];
  use(budget, amount);
}

/** The budgets with what Google granted this installation's project. */
export function budgetsOf(limits: { uploads: number; units: number }): readonly Budget[] {
  const whole = { timeZone: QUOTA_ZONE, docs: QUOTA_DOCS };
  return [
    { id: 'uploads', what: 'videos that everybody here uploads to YouTube', limit: limits.uploads, ...whole },
    { id: 'units', what: "units of YouTube's quota that everybody here uses", limit: limits.units, ...whole },
  ];
}

/** What publishing takes at the least: a look at the processing, and making it visible; thumbnail and playlist where chosen. */
export function needs({ kind, media, settings }: SegmentDraft): Readonly<Record<string, number>> {
  if (kind === 'comment') return { units: COSTS['commentThreads.insert'].amount };
  const { playlist, isShort } = settingsOf(settings);
  const methods: Method[] = ['videos.list', 'videos.update'];
  if (!isShort && media.some(({ coverAtMs, ownCover }) => ownCover === true || coverAtMs !== undefined))
    methods.push('thumbnails.set');
  if (playlist) methods.push('playlistItems.list', 'playlistItems.insert');
  return { uploads: 1, units: methods.reduce((sum, method) => sum + COSTS[method].amount, 0) };
}

/** The next midnight in California, when the quota begins anew. */
export function nextQuotaDay(now: Date): Date {
  // Clocks are put forward or back by an hour at two o'clock, never at midnight: what the clock shows there says how far it is.
  const untilMidnight = 86_400_000 - clockMs(now);
  const guess = new Date(now.getTime() + untilMidnight);
  const shown = clockMs(guess);
  // On the two days of the change, the day has 23 or 25 hours.
  return new Date(guess.getTime() - (shown > 43_200_000 ? shown - 86_400_000 : shown));
}

/** What the clock in California shows, in milliseconds since midnight. */
function clockMs(at: Date): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: QUOTA_ZONE,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part = (type: string) => Number(format.formatToParts(at).find((one) => one.type === type)?.value);
  return ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1_000 + (at.getTime() % 1_000);
}
