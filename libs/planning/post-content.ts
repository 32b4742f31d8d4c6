import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import { type JsonObject } from '#platforms/core';

/** What is written: a text and perhaps a link. */
export interface WrittenContent {
  text: string;
  link?: string;
}

/** An uploaded file and its description in this post. */
export interface AttachedMedia {
  id: string;
  altText?: string;
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

/** What a channel gets: its own words where there are some, else everybody's. */
export function contentFor(post: PostContent, target: ChannelTarget): WrittenContent & { media: AttachedMedia[] } {
  const link = target.content?.link ?? post.content.link;
  return {
    text: target.content?.text ?? post.content.text,
    // An empty link of its own means: no link here.
    ...(link !== undefined && link !== '' && { link }),
    media: target.media ?? post.media,
  };
}

export function postHash(content: PostContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
