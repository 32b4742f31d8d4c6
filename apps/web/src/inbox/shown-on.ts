import { type Channel } from '../api/queries.js';
import { type Platform } from '../composer/context.js';
import { effectiveContent, emptyDraft } from '../composer/draft.js';
import { postedOn } from '../composer/format.js';
import { contentDraft } from '../composer/post-body.js';
import { type PreviewItem } from '../composer/previews/preview-source.js';
import { sentValues } from '../ui/manifest-values.js';
import { type InboxItem } from './queries.js';

/** What an item of the inbox says. */
export type Shown = Pick<InboxItem, 'content' | 'media' | 'timeZone'>;

/** A channel with what it gets. */
export interface ShownChannel extends PreviewItem {
  channel: Channel;
}

/**
 * What each channel of a post gets, for its preview, exactly in the revision that is asked about.
 * @param channels all of its workspace
 */
export function shownOn(
  { content, media, timeZone }: Shown,
  channels: readonly Channel[],
  platforms: readonly Platform[],
): ShownChannel[] {
  const draft = { ...emptyDraft(timeZone), ...contentDraft(content) };
  // What a post does not describe is described by its file.
  const described = (item: { id: string; altText: string }) => ({
    ...item,
    altText: item.altText || (media.find(({ id }) => id === item.id)?.altText ?? ''),
  });
  return draft.channels.flatMap((target): ShownChannel[] => {
    const channel = channels.find(({ id }) => id === target.id);
    if (!channel) return [];
    const platform = platforms.find(({ id }) => id === channel.platform);
    const effective = effectiveContent(draft, target);
    const { limits, supports, fields } = postedOn(channel, platform, effective.settings);
    const thread = effective.thread.map((part) => ({ ...part, media: part.media.map(described) }));
    return [
      {
        channel: { ...channel, limits },
        ...{ platform, supports },
        content: {
          ...effective,
          media: effective.media.map(described),
          thread,
          settings: sentValues(fields, effective.settings, []),
        },
      },
    ];
  });
}
