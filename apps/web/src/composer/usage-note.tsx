import { Anchor, Text, UnstyledButton } from '@mantine/core';
import { queryOptions, useQueries } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { answer, api, type Schema } from '../api/client.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { useDisplayZone } from '../ui/zone.js';
import classes from './composer.module.css';
import { channelTitle, type SelectedChannel, useCalmComposer } from './context.js';
import { isUsedUp, isWorthSaying, moreInWords, usageInWords } from './usage.js';

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

/** How many posts the chosen channels may still publish: what is half used up is said, the rest when somebody asks. */
export const UsageNote = memo(function UsageNote() {
  const { selected } = useCalmComposer();
  const [isOpen, setOpen] = useState(false);
  const answers = useQueries({ queries: selected.map(({ channel }) => usageQuery(channel.id)) });
  const told = selected.flatMap((item, index) =>
    (answers[index]?.data ?? []).map((usage) => ({ item, usage, title: channelTitle(item, selected) })),
  );
  if (told.length === 0) return null;
  const said = told.filter(({ usage }) => isWorthSaying(usage));
  const shown = isOpen ? told : said;
  const rest = told.length - said.length;
  return (
    <div className={classes['usage']}>
      {shown.length > 0 && (
        <ul aria-label="Limits of the networks">
          {shown.map((one) => (
            <UsageLine key={`${one.item.channel.id} ${one.usage.what}`} {...one} />
          ))}
        </ul>
      )}
      {rest > 0 && (
        <UnstyledButton className={classes['quiet'] ?? ''} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {moreInWords(isOpen, said.length, rest)}
        </UnstyledButton>
      )}
    </div>
  );
});

function UsageLine({ item, usage, title }: { item: SelectedChannel; usage: Usage; title: string }) {
  const { workspace } = useCalmComposer();
  const zone = useDisplayZone(workspace.timeZone);
  return (
    <li data-full={isUsedUp(usage) || undefined}>
      <PlatformIcon platform={item.channel.platform} size={14} />
      <Text span size="xs">
        <span className="visually-hidden">{title}: </span>
        {usageInWords(usage, zone)}{' '}
        <Anchor inherit href={usage.docs} target="_blank" rel="noreferrer">
          Why<span className="visually-hidden"> {title} has this limit</span>
        </Anchor>
      </Text>
    </li>
  );
}
