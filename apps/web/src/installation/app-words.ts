import { formatDateTime } from '../ui/dates.js';
import { formatNumber } from '../ui/numbers.js';
import { type ApiVersion, type AppUse, type InstallationApp, type WaySetup } from './apps.js';

/** Whether a network, by a way, waits for an operator. What is not known yet counts as set. */
export function isSetUp(setup: readonly WaySetup[] | undefined, platform: string, way?: string): boolean {
  const own = (setup ?? []).filter((one) => one.platform === platform && (way === undefined || one.way === way));
  return own.length === 0 || own.some(({ set }) => set);
}

/** One line to copy at the network. */
export interface CopyLine {
  label: string;
  value: string;
}

/** What to enter at the network, in the order in which its pages ask for it. */
export function linesOf({ redirectUris, callbacks }: InstallationApp): CopyLine[] {
  const redirects = redirectUris.map((value) => ({ label: 'Redirect address', value }));
  const others: [string, string | null][] = [
    ['Deauthorize callback', callbacks.deauthorize],
    ['Data deletion request', callbacks.dataDeletion],
    ['Webhook callback', callbacks.webhook],
    ['Webhook verify token', callbacks.verifyToken],
  ];
  return [...redirects, ...others.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))];
}

/** What an app is for, in words: "Facebook, Instagram (With Facebook)". */
export function usesOf({ platforms }: InstallationApp): string {
  return platforms.map(({ name, ways }) => (ways.length > 0 ? `${name} (${ways.join(', ')})` : name)).join(', ');
}

/** Whether networks that demand encrypted addresses would take these: everything but the machine itself has to be https. */
export function isPublicAddress(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}

/** What a version's end means, in words; undefined where nobody has to do anything. */
export interface VersionWarning {
  title: string;
  text: string;
}

/** Operators are warned from 60 days before the end on, and after it. */
export function versionWarning({ name }: Pick<AppUse, 'name'>, version: ApiVersion): VersionWarning | undefined {
  const { standing, daysLeft, variable } = version;
  const remedy = variable
    ? `Update ClickPost, or set ${variable} to a newer version and restart.`
    : 'Update ClickPost to a version that uses a newer one.';
  switch (standing) {
    case 'current':
      return undefined;
    case 'ending':
      return {
        title: `This version of the API ends in ${daysLeft === 1 ? '1 day' : `${daysLeft} days`}`,
        text: `After that nothing can be published on ${name} with it. ${remedy}`,
      };
    case 'ended':
      return {
        title: 'This version of the API has ended',
        text: `${name} no longer answers it, so nothing can be published there. ${remedy}`,
      };
  }
}

/** `not set`, or the value as it is written in the environment. */
export function optionInWords({ value }: AppUse['options'][number]): string {
  return value ?? 'not set';
}

/** `40 of 100 videos uploaded by everybody here, until Tue, 24 Nov, 09:00` @param zone in which the end of the day is told */
export function budgetInWords({ what, used, limit, resetsAt }: AppUse['budgets'][number], zone: string): string {
  return `${formatNumber(used)} of ${formatNumber(limit)} ${what}, until ${formatDateTime(resetsAt, zone)}.`;
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `15 September 2027` @param date ISO date */
export function dateInWords(date: string): string {
  return DATE.format(new Date(`${date}T00:00:00Z`));
}
