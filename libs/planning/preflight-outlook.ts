import { type PlatformManifest } from '#platforms/core';
import { type AskedTerms, type MayWait } from '#publishing';
import { type PreflightNotice } from './preflight.js';

/** What should be known of what a platform says right now, and stands against nothing. */
export function termsNotices(
  channelId: string,
  { id, name }: PlatformManifest,
  asked: AskedTerms | undefined,
): PreflightNotice[] {
  if (!asked) return [];
  if ('unknown' in asked) {
    return [
      {
        ...{ channelId, rule: `${id}.terms-unknown` },
        message: `${name} could not be asked what this account may post right now.`,
        remedy: 'Nothing to do: it is asked again before the post goes out. Look at its channel if this does not pass.',
      },
    ];
  }
  const { closed } = asked.terms;
  if (closed === undefined) return [];
  return [
    {
      ...{ channelId, rule: `${id}.closed-now`, message: closed },
      remedy: 'It is asked again before the post goes out. Choose a later time if this does not pass by then.',
    },
  ];
}

/** What a day may have no room for. */
export function budgetNotice({ channelId, nextDay }: MayWait, { id, name }: PlatformManifest): PreflightNotice {
  return {
    ...{ channelId, rule: `${id}.budget-may-wait` },
    message: `${name}'s daily quota for this installation may be used up by then, by what is planned and done on that day.`,
    remedy: `Choose another day if it has to be on time: what has no room goes out from ${nextDay.toISOString()} on.`,
  };
}

/** Adds up what several messages take, by the budget's id. */
export function addNeeds(
  sum: Readonly<Record<string, number>>,
  needs: Readonly<Record<string, number>>,
): Record<string, number> {
  const ids = new Set([...Object.keys(sum), ...Object.keys(needs)]);
  return Object.fromEntries([...ids].map((id) => [id, (sum[id] ?? 0) + (needs[id] ?? 0)]));
}
