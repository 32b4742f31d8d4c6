import { type SelectedChannel } from './context.js';

/** What everybody has to know who publishes on a network. */
export interface ChannelNotice {
  platform: string;
  network: string;
  words: string;
}

/** Those of the networks that are chosen for real, each once: on the practice network they do not hold. */
export function noticesOf(selected: readonly Pick<SelectedChannel, 'channel' | 'platform'>[]): ChannelNotice[] {
  const found = selected.flatMap(({ channel, platform }) =>
    channel.practice || platform?.notice === undefined
      ? []
      : [{ platform: platform.id, network: platform.name, words: platform.notice }],
  );
  return found.filter((one, index) => found.findIndex(({ platform }) => platform === one.platform) === index);
}
