import { type InstallationApp, type WaySetup } from './apps.js';

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
