import { type ApiVersion, optionVariable, type PlatformManifest } from '#platforms/core';

/** From so many days before its end on, operators are told of a version that ends. */
export const WARNED_DAYS = 60;

const DAY_MS = 24 * 3_600_000;

/** The version of a platform's API that requests name, and how long the platform still answers it. */
export interface VersionStanding {
  version: string;
  /** ISO date; null where the platform has not said. */
  endsOn: string | null;
  /** Whole days until then; 0 on that day, negative after it. */
  daysLeft: number | null;
  /** `ending` = within 60 days; `ended` = on that day and after it. */
  standing: 'current' | 'ending' | 'ended';
  /** The environment variable that changes it; null where only an update of ClickPost does. */
  variable: string | null;
  docs: string;
}

/** How the version that a manifest names stands today. @param today any moment of the day, which is taken in UTC */
export function versionStanding(platformId: string, apiVersion: ApiVersion, today: Date): VersionStanding {
  const { version, endsOn, option, docs } = apiVersion;
  const daysLeft = endsOn === undefined ? null : daysBetween(today, endsOn);
  return {
    version,
    endsOn: endsOn ?? null,
    daysLeft,
    standing: daysLeft === null || daysLeft > WARNED_DAYS ? 'current' : daysLeft > 0 ? 'ending' : 'ended',
    variable: option === undefined ? null : optionVariable(platformId, option),
    docs,
  };
}

/** What operators have to know of versions, a sentence each: what happens, when, and what to do. */
export function versionWarnings(manifests: readonly PlatformManifest[], today: Date): string[] {
  return manifests.flatMap(({ id, name, apiVersion }) => {
    if (!apiVersion) return [];
    const { version, endsOn, daysLeft, standing, variable } = versionStanding(id, apiVersion, today);
    if (standing === 'current') return [];
    const what =
      standing === 'ended'
        ? `${name} answers version ${version} of its API no longer since ${endsOn}.`
        : `${name} ends version ${version} of its API on ${endsOn}, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}.`;
    const remedy = variable
      ? `Update ClickPost, or set ${variable} to a newer version and restart: ${apiVersion.docs}`
      : 'Update ClickPost.';
    return [`${what} ${remedy}`];
  });
}

/** From the day of `from` to that date, both as days of UTC. */
function daysBetween(from: Date, date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Math.floor(from.getTime() / DAY_MS) * DAY_MS) / DAY_MS);
}
