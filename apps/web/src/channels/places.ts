import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { type Connection } from './connections.js';
import { placeOf } from './place-choice.js';

/** Where an account reaches many places, they are read live from the network: not again at every glance. */
const FRESH_MS = 60_000;

/** Everything that an account reaches now. The key begins as that of the channels, with which it changes. */
export const placesQuery = (connectionId: string, workspaceId: string) =>
  queryOptions({
    queryKey: ['channels', workspaceId, 'places', connectionId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: connectionId }, query: { workspaceId } };
      const { data } = await answer(api.GET('/v1/connections/{id}/places', { params, signal }));
      return data.map(placeOf);
    },
    staleTime: FRESH_MS,
    retry: false,
  });

/** Makes channels of places. @throws ApiError, OfflineError */
export function addChannels(connectionId: string, body: Schema<'AddChannelsDto'>): Promise<Connection> {
  return answer(api.POST('/v1/connections/{id}/channels', { params: { path: { id: connectionId } }, body }));
}
