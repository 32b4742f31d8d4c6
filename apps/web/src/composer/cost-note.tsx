import { Text, UnstyledButton } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { TextLink } from '../ui/links.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { channelTitle, networkName, type SelectedChannel, useCalmComposer } from './context.js';
import { type ChannelCosts, costSentence, isSplit, ownCostSentence, totalInWords } from './costs.js';

/** What publishing will cost, beside the button that does it; nothing where it costs nothing. */
export const CostNote = memo(function CostNote() {
  const { selected, costs, workspace } = useCalmComposer();
  const [isOpen, setOpen] = useState(false);
  const named = selected.flatMap((item) => {
    const cost = costOf(item, costs);
    return cost ? [{ ...cost, title: titleOf(item, selected), platform: item.channel.platform }] : [];
  });
  const total = totalInWords(named);
  if (total === undefined) return null;
  return (
    <div className={classes['costs']} role="group" aria-label="What it costs">
      <IconCoins size={16} aria-hidden />
      <div>
        <Text span size="xs" role="status">
          {total}
        </Text>{' '}
        {isSplit(named) && (
          <UnstyledButton className={classes['quiet'] ?? ''} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide the channels' : 'By channel'}
          </UnstyledButton>
        )}
        <TextLink
          className={classes['quiet'] ?? ''}
          to="/w/$workspaceId/spending"
          params={{ workspaceId: workspace.id }}
        >
          Spent so far
        </TextLink>
        {isOpen && (
          <ul>
            {named.map((one) => (
              <li key={one.channelId}>
                <PlatformIcon platform={one.platform} size={14} />
                <Text span size="xs">
                  {costSentence(one)}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
});

/** What publishing on the channel will cost whose tab is open. */
export function ChannelCost() {
  const { selected, costs, tab } = useCalmComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const cost = item && costOf(item, costs);
  if (!cost) return null;
  return (
    <Text size="sm" c="dimmed" className={classes['part'] ?? ''}>
      {ownCostSentence(cost)}
    </Text>
  );
}

/** The network, and the channel where there are several of it: "Bright Agency on X". */
function titleOf(item: SelectedChannel, selected: readonly SelectedChannel[]): string {
  const [title, network] = [channelTitle(item, selected), networkName(item)];
  return title === network ? network : `${title} on ${network}`;
}

/** Nothing more is paid where it is out already. */
function costOf({ channel, isOut }: SelectedChannel, costs: readonly ChannelCosts[]): ChannelCosts | undefined {
  return costs.find(({ channelId, usd }) => channelId === channel.id && usd > 0 && !isOut);
}
