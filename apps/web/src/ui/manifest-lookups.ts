import { queryOptions } from '@tanstack/react-query';
import { type LookupAnswer } from '#platforms/core';
import { answer, api } from '../api/client.js';

/** Answers stay good for a while: places and people do not change while somebody types. */
const FRESH_MS = 60_000;

type Search = (
  path: '/v1/channels/{id}/lookups/{setting}',
  init: { params: { path: { id: string; setting: string }; query: { query: string } }; signal: AbortSignal },
) => Promise<{ data?: { data: LookupAnswer[] }; error?: unknown; response: Response }>;

/** What the platform of a channel finds for a setting. */
export const lookupQuery = (channelId: string, setting: string, query: string) =>
  queryOptions({
    queryKey: ['lookup', channelId, setting, query],
    queryFn: async ({ signal }) => {
      const params = { path: { id: channelId, setting }, query: { query } };
      const search = api.GET as unknown as Search;
      return (await answer(search('/v1/channels/{id}/lookups/{setting}', { params, signal }))).data;
    },
    staleTime: FRESH_MS,
    retry: false,
  });
