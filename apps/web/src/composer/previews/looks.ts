import { shortenMentions } from '#platforms/core';
import {
  type Icon,
  IconArrowBackUp,
  IconBookmark,
  IconDots,
  IconHeart,
  IconMessageCircle,
  IconMessage2,
  IconRepeat,
  IconShare3,
  IconStar,
  IconThumbUp,
  IconUpload,
} from '@tabler/icons-react';
import { type Fold, hostAndPath, shortLink, type TextLook } from './rich-text.js';

/** How a network shows a post in its feed. */
export interface Look extends TextLook {
  family: 'feed';
  /** In which order name and handle stand. */
  byline: 'one-line' | 'two-lines' | 'name-and-time';
  /** Whether the text begins below the avatar or beside it. */
  column: 'beside' | 'below';
  fold?: Fold;
  /** The word that unfolds a text. */
  unfold: string;
  /** A text up to this many characters without anything else is set large. */
  largeUpTo?: number;
  /** How images lie, by their number; see `image-grid.module.css`. */
  grid: 'bluesky' | 'mastodon' | 'facebook' | 'plain';
  /** More images are hidden behind a number. */
  imagesSeen: number;
  /** Images reach from edge to edge. */
  isBleeding: boolean;
  altBadge?: 'left' | 'right';
  card: 'stacked' | 'band' | 'plain';
  /** Where there are images there is no link card. */
  isCardAlone: boolean;
  /** A setting whose text hides the post until it is opened. */
  warning?: string;
  /** A setting that hides the images until they are opened. */
  veil?: string;
  actions: readonly { icon: Icon; label?: string }[];
}

/** A receiver of events: what is seen is what is sent. */
export interface EventLook {
  family: 'event';
}

const same = (text: string) => text;

/** For networks that are not known here: what every network does. */
const GENERIC: Look = {
  family: 'feed',
  byline: 'two-lines',
  column: 'below',
  unfold: 'Show more',
  link: same,
  mention: same,
  grid: 'plain',
  imagesSeen: 4,
  isBleeding: false,
  card: 'stacked',
  isCardAlone: false,
  actions: [{ icon: IconHeart }, { icon: IconMessageCircle }, { icon: IconShare3 }],
};

/** The looks of the known networks, by the platform's id. */
const LOOKS: Readonly<Record<string, Look | EventLook>> = {
  bluesky: {
    ...GENERIC,
    byline: 'one-line',
    column: 'beside',
    // The official app's MAX_POST_LINES.
    fold: { lines: 25 },
    unfold: 'Show More',
    link: hostAndPath,
    grid: 'bluesky',
    altBadge: 'right',
    // ClickPost sends the address alone; Bluesky fetches nothing.
    card: 'plain',
    isCardAlone: true,
    actions: [
      { icon: IconMessageCircle },
      { icon: IconRepeat },
      { icon: IconHeart },
      { icon: IconBookmark },
      { icon: IconUpload },
      { icon: IconDots },
    ],
  },
  mastodon: {
    ...GENERIC,
    // A post higher than 706 pixels is folded: 32 lines of its web client.
    fold: { lines: 32 },
    unfold: 'Read more',
    link: (address) => shortLink(address, 30),
    mention: shortenMentions,
    grid: 'mastodon',
    altBadge: 'left',
    isCardAlone: true,
    warning: 'spoilerText',
    veil: 'sensitive',
    actions: [
      { icon: IconArrowBackUp },
      { icon: IconRepeat },
      { icon: IconStar },
      { icon: IconBookmark },
      { icon: IconDots },
    ],
  },
  facebook: {
    ...GENERIC,
    byline: 'name-and-time',
    fold: { characters: 477, lines: 10 },
    unfold: 'See more',
    largeUpTo: 85,
    grid: 'facebook',
    imagesSeen: 5,
    isBleeding: true,
    card: 'band',
    isCardAlone: true,
    actions: [
      { icon: IconThumbUp, label: 'Like' },
      { icon: IconMessage2, label: 'Comment' },
      { icon: IconShare3, label: 'Share' },
    ],
  },
  webhook: { family: 'event' },
};

/** How posts look on a platform. */
export function lookOf(platform: string): Look | EventLook {
  return LOOKS[platform] ?? GENERIC;
}
