import { type Channel } from '../api/queries.js';

/** Those of one network side by side; the networks in the order in which they came. */
export function sortedByNetwork<Item extends Pick<Channel, 'platform'>>(channels: readonly Item[]): Item[] {
  const networks = [...new Set(channels.map(({ platform }) => platform))];
  return channels.toSorted((a, b) => networks.indexOf(a.platform) - networks.indexOf(b.platform));
}

/** Those whose name, handle or network holds what is looked for; all where nothing is. @param networkOf the name of a network by its id */
export function foundChannels<Item extends Pick<Channel, 'name' | 'handle' | 'platform'>>(
  channels: readonly Item[],
  query: string,
  networkOf: (platform: string) => string,
): Item[] {
  const wanted = query.trim().toLocaleLowerCase();
  return channels.filter(({ name, handle, platform }) =>
    [name, handle ?? '', networkOf(platform)].some((words) => words.toLocaleLowerCase().includes(wanted)),
  );
}

/** `4 of 11 channels`, `All 11 channels` */
export function chosenInWords(chosen: number, all: number): string {
  if (chosen === all) return `All ${all} channels`;
  return `${chosen} of ${all} channels`;
}

/** The channels of one network that are chosen. */
export interface NetworkCount<Item> {
  platform: string;
  items: Item[];
}

/** What is chosen, by network. */
export function byNetwork<Item extends { channel: Pick<Channel, 'platform'> }>(
  selected: readonly Item[],
): NetworkCount<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const item of selected) {
    const { platform } = item.channel;
    groups.set(platform, [...(groups.get(platform) ?? []), item]);
  }
  return [...groups].map(([platform, items]) => ({ platform, items }));
}
