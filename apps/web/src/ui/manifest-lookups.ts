import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';

/** Answers stay good for a while: places and people do not change while somebody types. */
const FRESH_MS = 60_000;

/** What the platform of a channel finds for a setting. */
export const lookupQuery = (channelId: string, setting: string, query: string) =>
  queryOptions({
    queryKey: ['lookup', channelId, setting, query],
    queryFn: async ({ signal }) => {
      const params = { path: { id: channelId, setting }, query: { query } };
      return (await answer(api.GET('/v1/channels/{id}/lookups/{setting}', { params, signal }))).data;
    },
    staleTime: FRESH_MS,
    retry: false,
  });
