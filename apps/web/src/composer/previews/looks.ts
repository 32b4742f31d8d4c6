import { shortenMentions } from '#platforms/core';
import {
  IconArrowBackUp,
  IconBookmark,
  IconDots,
  IconHeart,
  IconMessageCircle,
  IconRepeat,
  IconStar,
  IconUpload,
} from '@tabler/icons-react';
import { type FieldValues } from '../../ui/manifest-values.js';
import { type EventLook, type FeedLook, GENERIC, type Look, type NetworkLook } from './look.js';
import { GOOGLE_BUSINESS, YOUTUBE } from './looks-google.js';
import { LINKEDIN } from './looks-linkedin.js';
import { FACEBOOK, INSTAGRAM, THREADS } from './looks-meta.js';
import { PINTEREST } from './looks-pinterest.js';
import { TIKTOK } from './looks-tiktok.js';
import { X } from './looks-x.js';
import { hostAndPath, shortLink } from './rich-text.js';

const BLUESKY: FeedLook = {
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
};

const MASTODON: FeedLook = {
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
  veil: { setting: 'sensitive', words: 'Sensitive content', firstOnly: false },
  actions: [
    { icon: IconArrowBackUp },
    { icon: IconRepeat },
    { icon: IconStar },
    { icon: IconBookmark },
    { icon: IconDots },
  ],
};

/** The looks of the known networks, by the platform's id. */
const LOOKS: Readonly<Record<string, NetworkLook | EventLook>> = {
  bluesky: { family: 'post', post: BLUESKY, formats: {} },
  mastodon: { family: 'post', post: MASTODON, formats: {} },
  facebook: { family: 'post', ...FACEBOOK },
  instagram: { family: 'post', ...INSTAGRAM },
  threads: { family: 'post', ...THREADS },
  x: { family: 'post', ...X },
  linkedin: { family: 'post', ...LINKEDIN },
  pinterest: { family: 'post', ...PINTEREST },
  tiktok: { family: 'post', ...TIKTOK },
  youtube: { family: 'post', ...YOUTUBE },
  'google-business': { family: 'post', ...GOOGLE_BUSINESS },
  webhook: { family: 'event' },
};

/** How posts look on a platform. */
export function lookOf(platform: string): NetworkLook | EventLook {
  return LOOKS[platform] ?? { family: 'post', post: GENERIC, formats: {} };
}

/** How a post with these settings looks. */
export function formatLook({ post, formats }: NetworkLook, { format }: FieldValues): Look {
  return (typeof format === 'string' && formats[format]) || post;
}
