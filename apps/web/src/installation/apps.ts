import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

/** An app of this installation at a network. */
export type InstallationApp = Schema<'InstallationAppDto'>;
/** Whether a network can be connected here, by one of its ways. */
export type WaySetup = Schema<'WaySetupDto'>;

/** The apps that networks ask for, for operators. */
export const appsQuery = queryOptions({
  queryKey: ['installation', 'apps'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/installation/apps', { signal }))).data,
});

/** Which networks can be connected here. */
export const setupQuery = queryOptions({
  queryKey: ['installation', 'setup'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/installation/setup', { signal }))).data,
});

/** Enters an app, or replaces what was entered. @throws ApiError, OfflineError */
export function enterApp(name: string, body: Schema<'PutAppDto'>): Promise<InstallationApp> {
  return answer(api.PUT('/v1/installation/apps/{name}', { params: { path: { name } }, body }));
}

/** Takes away what was entered. @throws ApiError, OfflineError */
export async function removeApp(name: string): Promise<void> {
  await answer(api.DELETE('/v1/installation/apps/{name}', { params: { path: { name } } }));
}

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
