import { queryOptions } from '@tanstack/react-query';
import { type LookupAnswer } from '#platforms/core';
import { answer, api } from '../api/client.js';

/** Answers stay good for a while: places, people and boards do not change while somebody types. */
const FRESH_MS = 60_000;

/**
 * What the platform of a channel finds for a setting.
 * @param of what was chosen in the setting that this one depends on
 */
export const lookupQuery = (channelId: string, setting: string, query: string, of?: string) =>
  queryOptions({
    queryKey: ['lookup', channelId, setting, query, of ?? null],
    queryFn: async ({ signal }): Promise<LookupAnswer[]> => {
      const params = { path: { id: channelId, setting }, query: { query, ...(of !== undefined && { of }) } };
      return (await answer(api.GET('/v1/channels/{id}/lookups/{setting}', { params, signal }))).data;
    },
    staleTime: FRESH_MS,
    retry: false,
  });
