import { type Channel } from '../api/queries.js';
import { type Platform, type SelectedChannel } from '../composer/context.js';
import { counterOf } from '../composer/counters.js';
import { differencesOf, effectiveContent, emptyDraft } from '../composer/draft.js';
import { contentDraft } from '../composer/post-body.js';
import { type InboxItem } from './queries.js';

/** What an item of the inbox says. */
export type Shown = Pick<InboxItem, 'content' | 'media' | 'timeZone'>;

const UNKNOWN = { thread: false, firstComment: false };

/**
 * What each channel of a post gets, for its preview, exactly in the revision that is asked about.
 * @param channels all of its workspace
 */
export function shownOn(
  { content, media, timeZone }: Shown,
  channels: readonly Channel[],
  platforms: readonly Platform[],
): SelectedChannel[] {
  const written = contentDraft(content);
  const described = (item: { id: string; altText: string }) => ({
    ...item,
    altText: item.altText || (media.find(({ id }) => id === item.id)?.altText ?? ''),
  });
  const draft = { ...emptyDraft(timeZone), ...written };
  return draft.channels.flatMap((target): SelectedChannel[] => {
    const channel = channels.find(({ id }) => id === target.id);
    if (!channel) return [];
    const platform = platforms.find(({ id }) => id === channel.platform);
    const effective = effectiveContent(draft, target);
    const shown = {
      ...effective,
      media: effective.media.map(described),
      thread: effective.thread.map((part) => ({ ...part, media: part.media.map(described) })),
    };
    return [
      {
        ...{ channel, platform, target, content: shown, isOut: false, findings: [] },
        counter: counterOf(shown, channel.limits.text),
        supports: platform?.capabilities ?? UNKNOWN,
        differences: differencesOf(draft, target, platform?.settings ?? []),
      },
    ];
  });
}
