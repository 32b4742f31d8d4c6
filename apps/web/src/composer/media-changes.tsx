import { Text } from '@mantine/core';
import { memo, useMemo } from 'react';
import { ChangeList } from '../media/change-list.js';
import { groupChanges, type PlannedMedia } from '../media/changes.js';
import { choicesInWords } from '../media/choices.js';
import { coversInWords } from '../media/covers.js';
import { momentInWords } from '../media/words.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { fileChannel, useCalmComposer } from './context.js';
import { type MediaItem } from './draft.js';

/** What the channels concerned get of a file of one message. @param at among the further parts; undefined = the post itself */
export function usePlansOf(item: MediaItem, at: number | undefined): readonly PlannedMedia[] {
  const { plans, tab } = useCalmComposer();
  return useMemo(
    () =>
      plans.filter(
        ({ mediaId, segment, channelId }) =>
          mediaId === item.id &&
          segment === (at === undefined ? 0 : at + 1) &&
          (tab === undefined || tab === channelId),
      ),
    [plans, item.id, at, tab],
  );
}

/** What was chosen for a file, and what will be changed of it for each channel. */
export const MediaChanges = memo(function MediaChanges({ item, at }: { item: MediaItem; at: number | undefined }) {
  const { selected } = useCalmComposer();
  const plans = usePlansOf(item, at);
  const groups = groupChanges(plans);
  const covers = coversInWords(plans, (id) => fileChannel(id, selected)?.name ?? 'a channel');
  const chosen = choicesInWords(item, { moment: momentInWords });
  return (
    <>
      {chosen !== '' && (
        <Text size="xs" mt="xs">
          {chosen}.
        </Text>
      )}
      {covers.map((sentence) => (
        <Text key={sentence} size="xs" c="dimmed" mt={4}>
          {sentence}
        </Text>
      ))}
      <ChangeList
        groups={groups}
        channelOf={(id) => {
          const channel = fileChannel(id, selected);
          return channel && { name: channel.name, sign: <PlatformIcon platform={channel.platform} size={15} /> };
        }}
      />
    </>
  );
});
