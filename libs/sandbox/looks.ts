import { type VisiblePost } from '#platforms/core';

/**
 * How a kind of post lies on the page: `feed` = the text, then the files; `gallery` = the files in one strip, then the text;
 * `tall` = one upright file on a dark screen.
 */
export type Arrangement = 'feed' | 'gallery' | 'tall';

/** How a network's posts look in the feed. */
export interface NetworkLook {
  name: string;
  /** Of its sign, dark enough for white on it. */
  color: string;
  /** By `details.format`; every other one is a `feed`. */
  formats: Readonly<Record<string, Arrangement>>;
  /** Whether the files of every post lie in a strip. */
  strip?: boolean;
}

const UPRIGHT = { reel: 'tall', story: 'tall' } as const;

/** The looks of the known networks, by the platform's id. */
export const NETWORKS: Readonly<Record<string, NetworkLook>> = {
  facebook: { name: 'Facebook', color: '#0866ff', formats: UPRIGHT },
  instagram: {
    name: 'Instagram',
    color: '#c2005a',
    formats: { ...UPRIGHT, post: 'gallery', carousel: 'gallery' },
    strip: true,
  },
  threads: { name: 'Threads', color: '#111111', formats: {}, strip: true },
  x: { name: 'X', color: '#111111', formats: {} },
  linkedin: { name: 'LinkedIn', color: '#0a66c2', formats: {} },
  pinterest: {
    name: 'Pinterest',
    color: '#bd081c',
    formats: { pin: 'gallery', carousel: 'gallery', video: 'gallery' },
    strip: true,
  },
  tiktok: {
    name: 'TikTok',
    color: '#111111',
    formats: { video: 'tall', draft: 'tall', photos: 'gallery' },
    strip: true,
  },
  youtube: { name: 'YouTube', color: '#c00000', formats: { short: 'tall', video: 'gallery' } },
  'google-business': {
    name: 'Google Business Profile',
    color: '#1967d2',
    formats: { standard: 'gallery', event: 'gallery', offer: 'gallery' },
  },
  bluesky: { name: 'Bluesky', color: '#0a5fce', formats: {} },
  mastodon: { name: 'Mastodon', color: '#563acc', formats: {} },
};

/** The look of a platform; of one that is not known here what all have in common. */
export function networkLook(platform: string): NetworkLook {
  const name = platform.charAt(0).toUpperCase() + platform.slice(1);
  return NETWORKS[platform] ?? { name, color: GENERIC_COLOR, formats: UPRIGHT };
}

/** Of networks without a colour of their own. */
export const GENERIC_COLOR = '#4f5768';

/** How a post lies on the page. */
export function arrangementOf({ platform, details }: Pick<VisiblePost, 'platform' | 'details'>): Arrangement {
  const format = details?.['format'];
  return (typeof format === 'string' && networkLook(platform).formats[format]) || 'feed';
}

/** What `replyControl`, `replySettings` and `visibility` say to those who read, in small letters. */
export const AUDIENCES: Readonly<Record<string, string>> = {
  following: 'Accounts that this one follows or mentions can reply',
  mentionedusers: 'Only mentioned accounts can reply',
  subscribers: 'Only subscribers can reply',
  verified: 'Only verified accounts can reply',
  connections: 'Connections only',
  followers_only: 'Followers can reply',
  accounts_you_follow: 'Profiles that this one follows can reply',
  mentioned_only: 'Mentioned profiles can reply',
};

/** The shapes that a strip has a rule for, width by height. Styles in attributes are forbidden here. */
export const SHAPES: readonly string[] = Array.from({ length: 15 }, (_, index) => ((index + 5) / 10).toFixed(1));

/** The rule of a shape that is nearest to this one. */
export function shapeName(shape: number): string {
  const tenths = Math.min(19, Math.max(5, Math.round(shape * 10)));
  return (tenths / 10).toFixed(1);
}
