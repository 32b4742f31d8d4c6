import { type SelectedChannel } from '../context.js';

/** As much of a channel as decides what its preview looks like, beside its name. */
type Shown = Pick<SelectedChannel, 'content' | 'supports'> & {
  channel: Pick<SelectedChannel['channel'], 'id' | 'platform' | 'limits'>;
};

/** A preview, and the other channels of the same network that show the same. */
export interface PreviewGroup<Item> {
  item: Item;
  others: Item[];
}

/**
 * The previews that differ: several channels of one network that get the same are shown once.
 * @param active the channel that is looked at; it is shown rather than another one that shows the same
 */
export function previewGroups<Item extends Shown>(
  selected: readonly Item[],
  active: string | undefined,
): PreviewGroup<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const item of selected) {
    const { channel, content, supports } = item;
    const key = JSON.stringify([channel.platform, channel.limits, content, supports]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((items) => {
    const item = items.find(({ channel }) => channel.id === active) ?? items[0];
    return item ? [{ item, others: items.filter((other) => other !== item) }] : [];
  });
}
