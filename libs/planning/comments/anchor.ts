import { type FieldError } from '#kernel';
import { type MediaKind } from '#media';
import { mediaLists, type PostContent } from '../post-content.js';

/** Which text of a post: 0 = the post itself, then the parts of its thread, then the first comment. */
export type TextPart = number | 'comment';

/** A place in a text. Positions count UTF-16 units, as JavaScript and browsers do. */
export interface TextAnchor {
  type: 'text';
  /** What is written for this channel; without it, what is written for all. */
  channelId?: string;
  part: TextPart;
  start: number;
  end: number;
  /** The words that stood there. */
  quote: string;
}

/** A point of an image; 0 to 1 from its left and its top. Of a video it is the middle, and stands for the video as a whole. */
export interface ImageAnchor {
  type: 'image';
  mediaId: string;
  x: number;
  y: number;
}

export type Place = TextAnchor | ImageAnchor;

/** A place in a post, and the revision in which it was shown. */
export type Anchor = Place & { revision: number };

/** A place as somebody names it: in what they looked at, or else in what the post says now. */
export type NewAnchor = Place & { revision?: number };

/** A place with where it is now. */
export type AnchorView = Anchor & {
  /** What it was about is not in the post any more; then its positions are those of its own revision. */
  outdated: boolean;
};

/** A text of a post as one channel gets it, or as it is written for all. Undefined for what is not there. */
export function textOf({ content, channels }: PostContent, channelId: string | undefined, part: TextPart) {
  const target = channels.find(({ id }) => id === channelId);
  if (channelId !== undefined && !target) return undefined;
  if (part === 'comment') return (target?.content?.firstComment ?? content.firstComment)?.text;
  if (part === 0) return target?.content?.text ?? content.text;
  return (target?.content?.thread ?? content.thread ?? [])[part - 1]?.text;
}

/** What is wrong with a place in the post that it was shown in; nothing for one that is there. */
export function wrongPlace(place: Place, content: PostContent): FieldError | undefined {
  if (place.type === 'image') return isAttached(content, place.mediaId) ? undefined : NO_FILE;
  const text = textOf(content, place.channelId, place.part);
  if (text === undefined) return NO_TEXT;
  const { start, end, quote } = place;
  return quote !== '' && text.slice(start, end) === quote && end - start === quote.length ? undefined : OTHER_WORDS;
}

/** What is said about a video is about all of it: its frames are many, and a point of one says nothing of the next. */
export function withoutPoint(place: ImageAnchor & Anchor, kind: MediaKind | undefined): Anchor {
  return kind === 'video' ? { ...place, x: 0.5, y: 0.5 } : place;
}

/**
 * Where a place is in what the post says now: where it was, or where its words stand now if they stand there once.
 */
export function presentPlace(anchor: Anchor, content: PostContent): AnchorView {
  if (anchor.type === 'image') return { ...anchor, outdated: !isAttached(content, anchor.mediaId) };
  const { quote, channelId, part } = anchor;
  const text = textOf(content, channelId, part) ?? '';
  if (text.slice(anchor.start, anchor.end) === quote) return { ...anchor, outdated: false };
  const start = text.indexOf(quote);
  if (start < 0 || text.includes(quote, start + 1)) return { ...anchor, outdated: true };
  return { ...anchor, start, end: start + quote.length, outdated: false };
}

function isAttached(content: PostContent, mediaId: string): boolean {
  return mediaLists(content).some(({ media }) => media.some(({ id }) => id === mediaId));
}

const NO_FILE: FieldError = {
  field: 'anchor/mediaId',
  rule: 'unknown-media',
  message: 'The post has no such image or video.',
  remedy: 'Name an image or a video of the post, or leave the place out.',
};

const NO_TEXT: FieldError = {
  field: 'anchor/part',
  rule: 'unknown-text',
  message: 'The post has no such text.',
  remedy: 'Name a text of the post, or leave the place out.',
};

const OTHER_WORDS: FieldError = {
  field: 'anchor/quote',
  rule: 'other-words',
  message: 'Other words stand at this place.',
  remedy: 'Load the post again and select the place anew.',
};
