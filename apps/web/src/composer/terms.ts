import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

/** What a network says right now about posting as one account. */
export type Terms = Schema<'ChannelTermsDto'>;

/** They may change at any time; the server asks again when it matters. In milliseconds. */
const FRESH_MS = 60_000;

/** What the network of a channel says right now about posting as it; null where it says nothing. */
export const termsQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['terms', channelId],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/channels/{id}/terms', { params: { path: { id: channelId } }, signal }))).terms,
    staleTime: FRESH_MS,
    retry: false,
  });
