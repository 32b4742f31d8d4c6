import { type Post } from '../api/queries.js';
import { type FieldValue, filledValues } from '../ui/manifest-values.js';
import {
  type ChannelDraft,
  type CreateBody,
  type Draft,
  type Following,
  type MediaItem,
  type PostContent,
} from './draft.js';
import { localAt } from './zoned-time.js';

/** What the draft says and where, as the API takes it. */
export function contentOf(draft: Draft): PostContent {
  const link = draft.link.trim();
  return {
    content: { text: draft.text, ...(link !== '' && { link }), ...draft.following },
    media: draft.media.map(attached),
    channels: draft.channels.map(target),
  };
}

function attached({ id, altText }: MediaItem): PostContent['media'][number] {
  return { id, ...(altText.trim() !== '' && { altText }) };
}

function target({ id, text, link, media, following, settings }: ChannelDraft): PostContent['channels'][number] {
  const filled = filledValues(settings ?? {});
  return {
    id,
    ...((text !== undefined || link !== undefined || following) && {
      content: { ...(text !== undefined && { text }), ...(link !== undefined && { link: link.trim() }), ...following },
    }),
    ...(media && { media: media.map(attached) }),
    ...(Object.keys(filled).length > 0 && { settings: filled }),
  };
}

/** When it goes out, as the API takes it. */
export function scheduleOf({ schedule }: Draft): CreateBody['schedule'] {
  switch (schedule.kind) {
    case 'now':
      return 'now';
    case 'draft':
      return null;
    case 'at':
      return schedule.local === '' ? null : { at: schedule.local, timeZone: schedule.zone };
  }
}

/** A post as the editor holds it. @param zone in which its time is shown */
export function draftOf(post: Post, zone: string): Draft {
  return { ...contentDraft(post), parked: [], schedule: scheduleOfPost(post, zone) };
}

/** What a post says, in the editor's form. */
export function contentDraft({
  content,
  media,
  channels,
}: PostContent): Pick<Draft, 'text' | 'link' | 'media' | 'following' | 'channels'> {
  return {
    text: content.text,
    link: content.link ?? '',
    media: media.map(mediaItem),
    ...following(content),
    channels: channels.map(({ id, content: own, media: ownMedia, settings }) => ({
      id,
      ...(own?.text !== undefined && { text: own.text }),
      ...(own?.link !== undefined && { link: own.link }),
      ...(ownMedia && { media: ownMedia.map(mediaItem) }),
      ...following(own),
      ...(settings && { settings: settings as Record<string, FieldValue> }),
    })),
  };
}

function following({ thread, firstComment }: Following = {}): { following?: Following } {
  if (!thread && !firstComment) return {};
  return { following: { ...(thread && { thread }), ...(firstComment && { firstComment }) } };
}

function mediaItem({ id, altText = '' }: PostContent['media'][number]): MediaItem {
  return { id, altText };
}

/** What waits keeps its time; what failed is due as soon as it is corrected. */
function scheduleOfPost({ publications }: Post, zone: string): Draft['schedule'] {
  const waiting = publications.find(({ state }) => ['scheduled', 'preparing', 'ready', 'held'].includes(state));
  if (waiting) return { kind: 'at', local: localAt(waiting.dueAt, zone), zone };
  const failed = publications.some(({ state }) => state === 'failed');
  return { kind: failed ? 'now' : 'at', local: '', zone };
}

/** Whether two contents say the same, in whatever order their parts are written. */
export function sameContent(a: PostContent, b: PostContent): boolean {
  return canonical(pick(a)) === canonical(pick(b));
}

function pick({ content, media, channels }: PostContent): PostContent {
  return { content, media, channels };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
