import { type DraftMediaKind } from '#platforms/core';
import { type SelectedChannel } from './context.js';
import { type Finding } from './findings.js';
import { type Fix } from './fix.js';

/** What of a channel decides which files it can do without. */
export type Taken = Pick<SelectedChannel, 'channel' | 'content' | 'kinds'>;

/** What mends a finding about the files of the post itself: what the network does not take is left out there alone. */
export function mediaFixes({ rule, cause }: Pick<Finding, 'rule' | 'cause'>, item: Taken, network: string): Fix[] {
  if (cause.part !== 'media' || cause.at !== undefined) return [];
  const channelId = item.channel.id;
  if (/\.media-mixed$/.test(rule)) {
    return [
      ...keptAlone(item, 'video', `Only the video on ${network}`, 'Only the video on all of these'),
      ...keptAlone(item, 'image', `Only the images on ${network}`, 'Only the images on all of these'),
    ];
  }
  const [, kind] = /\.media-(video|image)-unsupported$/.exec(rule) ?? [];
  if (kind === undefined || cause.mediaId === undefined) return [];
  return [
    {
      label: `Leave the ${kind} out on ${network}`,
      actions: [{ type: 'remove-media', id: cause.mediaId, channelId }],
      together: `Leave the ${kind} out on all of these`,
    },
  ];
}

/** Leaves out what is of another kind; nothing where the channel takes none of this one, or a kind is not known yet. */
function keptAlone({ channel, content, kinds }: Taken, kind: DraftMediaKind, label: string, together: string): Fix[] {
  if (!channel.limits.media[kind] || kinds.length !== content.media.length) return [];
  const others = content.media.filter((_, index) => kinds[index] !== kind);
  const actions = others.map(({ id }) => ({ type: 'remove-media' as const, id, channelId: channel.id }));
  return [{ label, actions, together }];
}
