import { type Highlight } from '../comments/highlights.js';
import { type TextPart } from '../comments/places.js';
import { type Review, type ReviewComment } from './queries.js';

/** A text of a post that one or more channels get alike. */
export interface ReviewText {
  part: TextPart;
  text: string;
  /** What it is called: "Part 2 of the thread". */
  label: string;
  /** Where it stands. */
  channels: { id: string; name: string }[];
}

/** Every text of a post once, with the channels that get it. */
export function textsOf({ channels }: Pick<Review['post'], 'channels'>): ReviewText[] {
  const texts: ReviewText[] = [];
  for (const { id, name, segments } of channels) {
    segments.forEach(({ kind, text }, index) => {
      const part = kind === 'comment' ? 'comment' : index;
      const known = texts.find((one) => one.part === part && one.text === text);
      if (known) known.channels.push({ id, name });
      else if (text !== '') texts.push({ part, text, label: labelOf(part), channels: [{ id, name }] });
    });
  }
  return texts;
}

function labelOf(part: TextPart): string {
  if (part === 'comment') return 'the first comment';
  return part === 0 ? 'the text' : `part ${part + 1} of the thread`;
}

/** The places in a text that open threads are about. */
export function highlightsOf(threads: readonly ReviewComment[], { part, text, channels }: ReviewText): Highlight[] {
  return threads.flatMap(({ id, anchor, resolvedAt }) => {
    if (anchor?.type !== 'text' || anchor.outdated || resolvedAt !== null || anchor.part !== part) return [];
    const { start = 0, end = 0, channelId, quote } = anchor;
    const isHere = channelId === undefined || channels.some((channel) => channel.id === channelId);
    return isHere && text.slice(start, end) === quote ? [{ id, start, end }] : [];
  });
}

/** What files a post has, as places to speak about: `an image`, `a video`, `an image or a video`; undefined where it has none. */
export function filesInWords(post: Pick<Review['post'], 'channels'>): string | undefined {
  const kinds = new Set(imagesOf(post).map(({ kind }) => (kind === 'video' ? 'a video' : 'an image')));
  if (kinds.size === 2) return 'an image or a video';
  return [...kinds][0];
}

/** Every image and video of a post once. */
export function imagesOf({ channels }: Pick<Review['post'], 'channels'>) {
  const media = channels.flatMap(({ segments }) => segments.flatMap((segment) => segment.media));
  return [...new Map(media.map((image) => [image.id, image])).values()];
}
