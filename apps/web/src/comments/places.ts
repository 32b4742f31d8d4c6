import { type Highlight } from './highlights.js';
import { type Pin } from './image-pins.js';
import { type CommentItem } from './item.js';

/** Which text of a post: 0 = the post itself, then the parts of its thread, then the first comment. */
export type TextPart = number | 'comment';

/** A text as it stands on the screen. */
export interface ShownText {
  /** Null for what is written for all channels. */
  channelId: string | null;
  part: TextPart;
  /** Channels that have this text of their own: what was said about theirs is not about this one. */
  elsewhere?: readonly string[];
}

/** The places in a text that open threads are about. */
export function highlightsIn(threads: readonly CommentItem[], shown: ShownText): Highlight[] {
  return threads.flatMap(({ id, anchor, resolvedAt }) => {
    if (!anchor || anchor.type !== 'text' || anchor.outdated || resolvedAt !== null) return [];
    const { start = 0, end = 0, part, channelId } = anchor;
    if (part !== shown.part) return [];
    const here =
      shown.channelId === null
        ? channelId === undefined || !(shown.elsewhere ?? []).includes(channelId)
        : channelId === shown.channelId;
    return here ? [{ id, start, end }] : [];
  });
}

/** The points of images, and the videos, that open threads are about, numbered through. By thread. */
export function numbersOf(threads: readonly CommentItem[]): Map<string, number> {
  const ids = threads.filter(isOnFile).map(({ id }) => id);
  return new Map(ids.map((id, index) => [id, index + 1]));
}

/** The points of one image; of a video those that are about it, wherever they lie. */
export function pinsOn(threads: readonly CommentItem[], mediaId: string): Pin[] {
  const numbers = numbersOf(threads);
  return threads.filter(isOnFile).flatMap(({ id, anchor }) => {
    const number = numbers.get(id);
    if (!anchor || anchor.mediaId !== mediaId || number === undefined) return [];
    return [{ id, number, x: anchor.x ?? 0.5, y: anchor.y ?? 0.5 }];
  });
}

function isOnFile({ anchor, resolvedAt }: CommentItem): boolean {
  return anchor?.type === 'image' && !anchor.outdated && resolvedAt === null;
}
