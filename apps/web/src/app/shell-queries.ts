import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { channelsQuery, platformsQuery } from '../api/queries.js';

/** What waits for a person, by cause, in all workspaces. */
export const causesQuery = queryOptions({
  queryKey: ['attention', 'causes'],
  queryFn: ({ signal }) => answer(api.GET('/v1/support/causes', { signal })),
});

/** How many publications wait for a person; undefined until it is known. While media are made, nobody has to do anything. */
export function useAttentionCount(): number | undefined {
  const { data } = useQuery(causesQuery);
  if (!data) return undefined;
  const beingMade = data.data.find(({ cause }) => cause === 'held:media-processing');
  return data.total - (beingMade?.count ?? 0);
}

/** Whether a workspace has a channel, if only for practice, on a network that charges for its use. */
export function useIsCharged(workspaceId: string | undefined): boolean {
  const { data: platforms = [] } = useQuery(platformsQuery);
  const charging = platforms.filter(({ prices }) => (prices ?? []).length > 0);
  const { data: channels = [] } = useQuery({
    ...channelsQuery(workspaceId ?? ''),
    enabled: workspaceId !== undefined && charging.length > 0,
  });
  return channels.some(({ platform }) => charging.some(({ id }) => id === platform));
}

/** Whether practice networks run on this installation. */
export function usePracticeAvailable(): boolean {
  return useQuery(platformsQuery).data?.some(({ practice }) => practice.available) ?? false;
}
