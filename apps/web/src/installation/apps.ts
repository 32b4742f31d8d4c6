import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

/** An app of this installation at a network. */
export type InstallationApp = Schema<'InstallationAppDto'>;
/** A network that an app is for. */
export type AppUse = InstallationApp['platforms'][number];
/** The version of a network's API that requests name. */
export type ApiVersion = NonNullable<AppUse['apiVersion']>;
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
