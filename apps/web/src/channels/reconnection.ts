import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { type Connection } from './connections.js';

/** A new sign-in that waits for a yes before it replaces the present one. */
export type Reconnection = Schema<'ReconnectionDto'>;
/** What a yes would change. */
export type ReconnectPreview = NonNullable<Reconnection['preview']>;

const path = (id: string) => ({ params: { path: { id } } });

/** Signs in anew, or begins to on the network's own page. @throws ApiError, OfflineError */
export function beginReconnection(id: string, body: Schema<'ReconnectDto'>): Promise<Reconnection> {
  return answer(api.POST('/v1/connections/{id}/reconnect', { ...path(id), body }));
}

/** Says yes. @throws ApiError, OfflineError */
export function confirmReconnection(id: string, body: Schema<'ConfirmReconnectDto'>): Promise<Connection> {
  return answer(api.POST('/v1/connections/{id}/reconnect/confirm', { ...path(id), body }));
}

/** Drops it; the connection stays as it is. @throws ApiError, OfflineError */
export async function dropReconnection(id: string): Promise<void> {
  await answer(api.DELETE('/v1/connections/{id}/reconnect', path(id)));
}

/** How often it is asked whether the network's page was answered. */
const LOOK_MS = 2000;

/** Follows a reconnection while somebody answers the network's page in another tab. */
export const reconnectionQuery = (begun: Reconnection) =>
  queryOptions({
    queryKey: ['reconnection', begun.connectionId, begun.until],
    queryFn: ({ signal }) => answer(api.GET('/v1/connections/{id}/reconnect', { ...path(begun.connectionId), signal })),
    initialData: begun,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: 'always' as const,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => (state.data?.state === 'authorizing' && !state.error ? LOOK_MS : false),
  });
