import { type Post } from '../api/queries.js';
import { choicesOf } from '../media/choices.js';
import { type FieldValue, filledValues } from '../ui/manifest-values.js';
import { type ChannelDraft, type CreateBody, type Draft, type MediaItem, type PostContent } from './draft.js';
import { type ThreadPart } from './thread.js';
import { localAt } from './zoned-time.js';

/** What the draft says and where, as the API takes it. */
export function contentOf(draft: Draft): PostContent {
  const link = draft.link.trim();
  const { thread, firstComment } = draft;
  return {
    content: {
      text: draft.text,
      ...(link !== '' && { link }),
      ...(thread.length > 0 && { thread: thread.map(sentPart) }),
      ...(firstComment.trim() !== '' && { firstComment: { text: firstComment } }),
    },
    media: draft.media.map(attached),
    channels: draft.channels.map(target),
  };
}

function attached({ id, altText, ...choices }: MediaItem): PostContent['media'][number] {
  return { id, ...(altText.trim() !== '' && { altText }), ...choicesOf(choices) };
}

function sentPart({ text, media }: ThreadPart): SentPart {
  return { text, ...(media.length > 0 && { media: media.map(attached) }) };
}

type SentPart = NonNullable<PostContent['content']['thread']>[number];

function target({ id, media, settings, ...own }: ChannelDraft): PostContent['channels'][number] {
  const filled = filledValues(settings ?? {});
  const content = ownContent(own);
  return {
    id,
    ...(Object.keys(content).length > 0 && { content }),
    ...(media && { media: media.map(attached) }),
    ...(Object.keys(filled).length > 0 && { settings: filled }),
  };
}

function ownContent({ text, link, thread, firstComment }: Omit<ChannelDraft, 'id'>) {
  return {
    ...(text !== undefined && { text }),
    ...(link !== undefined && { link: link.trim() }),
    ...(thread && { thread: thread.map(sentPart) }),
    ...(firstComment !== undefined && { firstComment: { text: firstComment.trim() === '' ? '' : firstComment } }),
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
}: PostContent): Pick<Draft, 'text' | 'link' | 'media' | 'thread' | 'firstComment' | 'channels'> {
  return {
    text: content.text,
    link: content.link ?? '',
    media: media.map(mediaItem),
    thread: (content.thread ?? []).map(partItem),
    firstComment: content.firstComment?.text ?? '',
    channels: channels.map(({ id, content: own, media: ownMedia, settings }) => ({
      id,
      ...(own?.text !== undefined && { text: own.text }),
      ...(own?.link !== undefined && { link: own.link }),
      ...(ownMedia && { media: ownMedia.map(mediaItem) }),
      ...(own?.thread && { thread: own.thread.map(partItem) }),
      ...(own?.firstComment && { firstComment: own.firstComment.text }),
      ...(settings && { settings: settings as Record<string, FieldValue> }),
    })),
  };
}

function partItem({ text, media = [] }: SentPart, index: number): ThreadPart {
  return { key: `saved-${index}`, text, media: media.map(mediaItem) };
}

function mediaItem({ id, altText = '', ...rest }: PostContent['media'][number]): MediaItem {
  return { id, altText, ...choicesOf(rest) };
}

/** What waits keeps its time; what failed is due as soon as it is corrected. */
function scheduleOfPost({ publications }: Post, zone: string): Draft['schedule'] {
  const waiting = publications.find(({ state }) => ['scheduled', 'preparing', 'ready', 'held'].includes(state));
  if (waiting) return { kind: 'at', local: localAt(waiting.dueAt, zone), zone };
  const failed = publications.some(({ state }) => state === 'failed');
  return { kind: failed ? 'now' : 'at', local: '', zone };
}

/** Whether two contents say the same, in whatever order and with whatever empty parts they are written. */
export function sameContent(a: PostContent, b: PostContent): boolean {
  return canonical(normal(a)) === canonical(normal(b));
}

/** As the editor would send it. */
function normal({ content, media, channels }: PostContent): PostContent {
  const { thread, firstComment, ...written } = content;
  return {
    content: {
      ...written,
      ...(thread && thread.length > 0 && { thread: thread.map(normalPart) }),
      ...(firstComment && firstComment.text.trim() !== '' && { firstComment }),
    },
    media,
    channels: channels.map((channel) => {
      const own = channel.content;
      return own?.thread ? { ...channel, content: { ...own, thread: own.thread.map(normalPart) } } : channel;
    }),
  };
}

function normalPart({ text, media = [] }: SentPart): SentPart {
  return { text, ...(media.length > 0 && { media }) };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
