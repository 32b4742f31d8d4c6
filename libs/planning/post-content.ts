import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import { type MediaChoices } from '#media';
import { type JsonObject } from '#platforms/core';

/** A further part of a thread: published below the one before. */
export interface ThreadPart {
  text: string;
  media?: AttachedMedia[];
}

/** What is written: a text, perhaps a link, and what follows it on platforms that have threads and comments. */
export interface WrittenContent {
  text: string;
  link?: string;
  /** The parts after the post itself, in order. */
  thread?: ThreadPart[];
  /** Published below the post when all of the thread is out. An empty text = none. */
  firstComment?: { text: string };
}

/** An uploaded file, its description in this post, and what was decided about how it is fitted. */
export interface AttachedMedia extends MediaChoices {
  id: string;
  altText?: string;
  /** An image of the library that stands for a video before it is played, in place of a moment of it. */
  coverId?: string;
}

/** A channel that the post goes to, and where it differs there. */
export interface ChannelTarget {
  id: string;
  content?: Partial<WrittenContent>;
  media?: AttachedMedia[];
  settings?: JsonObject;
}

/** Everything that a person decided about a post except when: the content of a revision. */
export interface PostContent {
  content: WrittenContent;
  media: AttachedMedia[];
  channels: ChannelTarget[];
}

/** When a post goes out. `null` = not yet: a draft. */
export type Schedule = { at: string; timeZone: string } | 'now' | 'next-slot' | null;

/** One message that a channel gets, and where in the request it was written. */
export interface WrittenSegment {
  kind: 'post' | 'reply' | 'comment';
  text: string;
  link?: string;
  media: AttachedMedia[];
  /** Paths of its text, its link and its media: `channels/0/content/thread/1/text`; and of what it belongs to: `content/thread`. */
  fields: { text: string; link: string; media: string; whole: string };
}

/**
 * What a channel gets, in the order in which it goes out: its own words where there are some, else everybody's. The first
 * comment comes last, so that nothing stands between the parts of a thread.
 * @param index the position of the target among the post's channels
 */
export function segmentsFor(post: PostContent, target: ChannelTarget, index: number): WrittenSegment[] {
  const own = `channels/${index}/`;
  const at = (part: keyof WrittenContent) => `${target.content?.[part] === undefined ? '' : own}content/${part}`;
  const link = target.content?.link ?? post.content.link;
  const first: WrittenSegment = {
    kind: 'post',
    text: target.content?.text ?? post.content.text,
    // An empty link of its own means: no link here.
    ...(link !== undefined && link !== '' && { link }),
    media: target.media ?? post.media,
    fields: {
      text: at('text'),
      link: at('link'),
      media: target.media === undefined ? 'media' : `${own}media`,
      whole: 'content',
    },
  };
  const thread = target.content?.thread ?? post.content.thread ?? [];
  const parts = thread.map((part, position) => below('reply', part, at('thread'), `${at('thread')}/${position}`));
  const comment = target.content?.firstComment ?? post.content.firstComment;
  const hasComment = comment !== undefined && comment.text !== '';
  return [first, ...parts, ...(hasComment ? [below('comment', comment, at('firstComment'))] : [])];
}

function below(
  kind: 'reply' | 'comment',
  { text, media = [] }: ThreadPart,
  whole: string,
  path = whole,
): WrittenSegment {
  return { kind, text, media, fields: { text: `${path}/text`, link: path, media: `${path}/media`, whole } };
}

/** Every list of media in a post with its path, those that a channel replaces included. */
export function mediaLists({ content, media, channels }: PostContent): { media: AttachedMedia[]; field: string }[] {
  const ofThread = (thread: ThreadPart[] | undefined, path: string) =>
    (thread ?? []).map((part, position) => ({ media: part.media ?? [], field: `${path}thread/${position}/media` }));
  return [
    { media, field: 'media' },
    ...ofThread(content.thread, 'content/'),
    ...channels.flatMap((target, index) => [
      { media: target.media ?? [], field: `channels/${index}/media` },
      ...ofThread(target.content?.thread, `channels/${index}/content/`),
    ]),
  ];
}

/** Every file that a post names, once: what is attached, and what stands for it. */
export function mediaIds(post: PostContent): string[] {
  const named = mediaLists(post).flatMap(({ media }) => media);
  return [...new Set(named.flatMap(({ id, coverId }) => (coverId === undefined ? [id] : [id, coverId])))];
}

export function postHash(content: PostContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
