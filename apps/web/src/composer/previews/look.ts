import { type Icon, IconHeart, IconMessageCircle, IconShare3 } from '@tabler/icons-react';
import { type DetailNames } from './details.js';
import { type Fold, type TextLook } from './rich-text.js';

/** What all looks of a post say. */
interface Common extends TextLook {
  fold?: Fold;
  /** The word that unfolds a text. */
  unfold: string;
  /** In which settings stands what is seen beside the text. */
  details: DetailNames;
}

/** A text with what is attached, one post below the other. */
export interface FeedLook extends Common {
  family: 'feed';
  /** In which order name and handle stand; `handle` = the handle alone. */
  byline: 'one-line' | 'two-lines' | 'name-and-time' | 'handle';
  /** A channel that does not have this setting is a page of an organization, whose picture is square. */
  pageWithout?: string;
  /** Whether the text begins below the avatar or beside it. */
  column: 'beside' | 'below';
  /** A text up to this many characters without anything else is set large. */
  largeUpTo?: number;
  /** How files lie, by their number; see `previews.module.css`. `strip` = side by side, to be moved sideways. */
  grid: 'bluesky' | 'mastodon' | 'facebook' | 'x' | 'linkedin' | 'plain' | 'strip';
  /** More images are hidden behind a number. */
  imagesSeen: number;
  /** Images reach from edge to edge. */
  isBleeding: boolean;
  altBadge?: 'left' | 'right';
  /** `own` = with the words and the image that the post gives it; `none` = a link is seen in the text alone. */
  card: 'stacked' | 'band' | 'plain' | 'own' | 'none';
  /** Where there are images there is no link card. */
  isCardAlone: boolean;
  /** A setting whose text hides the post until it is opened. */
  warning?: string;
  /** A setting that hides the images until they are opened, and what is written on them. */
  veil?: { setting: string; words: string; firstOnly: boolean };
  actions: readonly { icon: Icon; label?: string }[];
  /** The signs stand close together. */
  isActionsClose?: boolean;
  /** Links are blue, whatever the colour of the network. */
  isBlue?: boolean;
  /** A comment stands in a bubble, and no thread leads to it. */
  isCommentBubble?: boolean;
}

/** Pictures first: all in one shape, one at a time, with the text below. */
export interface GalleryLook extends Common {
  family: 'gallery';
  /** The first file keeps its shape between these, and all others are cut to it. Width by height. */
  shapes: readonly [tallest: number, widest: number];
}

/** One file that fills the upright screen of a phone. */
export interface TallLook extends Common {
  family: 'tall';
  /** A reel has a text and signs over the picture; a story has neither. */
  kind: 'reel' | 'story';
  /** Which of the names stands on it. */
  signedBy: 'name' | 'handle';
  /** What is written where an answer can be given. */
  answer?: string;
  /** All files are seen, one at a time; left out = the first alone. */
  isCarousel?: boolean;
  /** What is said while there is no file. */
  nothing: string;
  /** What is played with it, by whom. */
  music?: string;
  /** What is to be known of it, said below the screen. */
  below?: string;
}

/** A video in a player, with its title, whose it is and its description below. */
export interface PlayerLook extends Common {
  family: 'player';
}

/** What a place tells on the map and in search: a picture, what happens when, and a button. */
export interface PlaceLook extends Common {
  family: 'place';
}

/** A picture that stands by itself on a board, with a title and the page that it leads to. */
export interface PinLook extends Common {
  family: 'pin';
  /** A picture keeps its shape between these, and is cut beyond. Width by height. */
  shapes: readonly [tallest: number, widest: number];
}

/** How a network shows one kind of post. */
export type Look = FeedLook | GalleryLook | TallLook | PinLook | PlayerLook | PlaceLook;

/** How a network shows posts, by their format. */
export interface NetworkLook {
  family: 'post';
  /** The ordinary post, and every format that is not named. */
  post: Look;
  formats: Readonly<Record<string, Look>>;
}

/** A receiver of events: what is seen is what is sent. */
export interface EventLook {
  family: 'event';
}

/** Shows a link or a mention as it is written. */
export const same = (text: string) => text;

/** For networks that are not known here: what every network does. */
export const GENERIC: FeedLook = {
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
  details: {},
  actions: [{ icon: IconHeart }, { icon: IconMessageCircle }, { icon: IconShare3 }],
};
