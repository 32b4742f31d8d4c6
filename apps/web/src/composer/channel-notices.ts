import { channelTitle, type SelectedChannel } from './context.js';
import { type PreflightNotice } from './use-preflight.js';

/** What has to be known of a network, or of a channel of it, before something is published there. */
export interface ChannelNotice {
  key: string;
  platform: string;
  /** Whose it is: the network's, or one channel's. */
  title: string;
  words: string;
}

type Chosen = Pick<SelectedChannel, 'channel' | 'platform'>;

/** What the networks say to everybody, each once and for real alone: on the practice network it does not hold. */
export function noticesOf(selected: readonly Chosen[]): ChannelNotice[] {
  const found = selected.flatMap(({ channel, platform }) =>
    channel.practice || platform?.notice === undefined
      ? []
      : [{ key: platform.id, platform: platform.id, title: platform.name, words: platform.notice }],
  );
  return found.filter((one, index) => found.findIndex(({ key }) => key === one.key) === index);
}

/** What the server found of channels just now: a network that cannot be asked, a day's uses that are gone. Each sentence once. */
export function presentNotices(
  notices: readonly PreflightNotice[],
  selected: readonly SelectedChannel[],
): ChannelNotice[] {
  const said = new Map<string, { words: string; of: SelectedChannel[] }>();
  for (const { channelId, rule, message, remedy } of notices) {
    const item = selected.find(({ channel }) => channel.id === channelId);
    if (!item) continue;
    const key = [item.channel.platform, rule, message].join(' ');
    const known = said.get(key) ?? { words: `${message} ${remedy}`, of: [] };
    said.set(key, { ...known, of: [...known.of, item] });
  }
  return [...said].flatMap(([key, { words, of }]) => {
    const [first] = of;
    if (!first) return [];
    const title = of.map((item) => channelTitle(item, selected)).join(', ');
    return [{ key, platform: first.channel.platform, title, words }];
  });
}
