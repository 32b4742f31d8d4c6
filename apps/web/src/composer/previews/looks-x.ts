import { IconBookmark, IconChartBar, IconHeart, IconMessageCircle, IconRepeat, IconUpload } from '@tabler/icons-react';
import { type FeedLook, GENERIC, type NetworkLook } from './look.js';
import { shortLink } from './rich-text.js';

/** After so many characters of an address X's web page was seen to cut it, 2026-11. */
const LINK_SHOWN = 26;

const X_POST: FeedLook = {
  ...GENERIC,
  byline: 'one-line',
  column: 'beside',
  // Longer posts are folded at the length of ordinary ones: https://help.x.com/en/using-x/x-premium#longer-posts, 2026-11-23
  fold: { characters: 280, unless: { max: 280, unit: 'weighted' } },
  unfold: 'Show more',
  link: (address) => shortLink(address, LINK_SHOWN),
  grid: 'x',
  altBadge: 'left',
  isCardAlone: true,
  details: {
    poll: { asked: 'withPoll', options: 'pollOptions', ends: { setting: 'pollMinutes', minutes: 1440 } },
    quote: 'quoteUrl',
    // https://docs.x.com/x-api/posts/create-post, 2026-11-23
    audience: {
      setting: 'replySettings',
      words: {
        following: 'Accounts that this one follows or mentions can reply',
        mentionedUsers: 'Only mentioned accounts can reply',
        subscribers: 'Only subscribers can reply',
        verified: 'Only verified accounts can reply',
      },
    },
    notes: [
      { setting: 'madeWithAi', words: 'Made with AI' },
      { setting: 'paidPartnership', words: 'Paid partnership' },
    ],
  },
  actions: [
    { icon: IconMessageCircle },
    { icon: IconRepeat },
    { icon: IconHeart },
    { icon: IconChartBar },
    { icon: IconBookmark },
    { icon: IconUpload },
  ],
  isBlue: true,
};

/** X: posts and threads of them. */
export const X: Omit<NetworkLook, 'family'> = { post: X_POST, formats: {} };
