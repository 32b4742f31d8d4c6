import { Anchor, Text } from '@mantine/core';
import { queryOptions, useQueries } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { channelTitle, useComposer } from './context.js';

type Usage = Schema<'ChannelUsageDto'>;

/** How long an answer is shown before it is asked for again, in milliseconds. */
const FRESH_MS = 60_000;

/** How much of a channel's limits is used, as its platform tells it; nothing where it tells none or cannot be asked. */
const usageQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['usage', channelId],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/channels/{id}/usage', { params: { path: { id: channelId } }, signal }))).data,
    staleTime: FRESH_MS,
    retry: false,
  });

/** How many posts the chosen channels may still publish, where their platforms tell it. */
export function UsageNote() {
  const { selected } = useComposer();
  const answers = useQueries({ queries: selected.map(({ channel }) => usageQuery(channel.id)) });
  const told = selected.flatMap((item, index) =>
    (answers[index]?.data ?? []).map((usage) => ({ item, usage, title: channelTitle(item, selected) })),
  );
  if (told.length === 0) return null;
  return (
    <ul className={classes['usage']} aria-label="Limits of the networks">
      {told.map(({ item, usage, title }) => (
        <li key={`${item.channel.id} ${usage.what}`} data-full={isUsedUp(usage) || undefined}>
          <PlatformIcon platform={item.channel.platform} size={14} />
          <Text span size="xs">
            <span className="visually-hidden">{title}: </span>
            {usageInWords(usage)}{' '}
            <Anchor inherit href={usage.docs} target="_blank" rel="noreferrer">
              Why<span className="visually-hidden"> {title} has this limit</span>
            </Anchor>
          </Text>
        </li>
      ))}
    </ul>
  );
}

function isUsedUp({ used, limit }: Usage): boolean {
  return used >= limit;
}

function usageInWords(usage: Usage): string {
  const { used, limit, what } = usage;
  if (!isUsedUp(usage)) return `${used} of ${limit} ${what} are used.`;
  return `All ${limit} ${what} are used. What is due now goes out when there is room again.`;
}
