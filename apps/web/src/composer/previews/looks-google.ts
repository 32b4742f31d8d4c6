import { type NetworkLook, type PlaceLook, type PlayerLook, same, type TallLook } from './look.js';

const VIDEO_DETAILS = {
  title: 'title',
  board: { board: 'playlist', section: '' },
  visibility: { setting: 'privacy', words: { unlisted: 'Unlisted', private: 'Private' } },
  notes: [{ setting: 'syntheticMedia', words: 'Altered or synthetic content' }],
} as const;

const VIDEO: PlayerLook = {
  family: 'player',
  // YouTube tells of no number. Its web page was seen to fold a description after three lines, 2026-11.
  fold: { characters: 200, lines: 3 },
  unfold: 'more',
  link: same,
  mention: same,
  details: VIDEO_DETAILS,
};

const SHORT: TallLook = {
  family: 'tall',
  kind: 'reel',
  signedBy: 'handle',
  nothing: 'Add an upright video to see the Short.',
  fold: { characters: 60, lines: 2 },
  unfold: 'more',
  link: same,
  mention: same,
  details: VIDEO_DETAILS,
};

/** YouTube: videos in the player, and Shorts. */
export const YOUTUBE: Omit<NetworkLook, 'family'> = { post: VIDEO, formats: { short: SHORT } };

const UPDATE: PlaceLook = {
  family: 'place',
  // Google tells of no number. Its search page was seen to fold a post after four lines, 2026-11.
  fold: { characters: 180, lines: 4 },
  unfold: 'Read more',
  link: same,
  mention: same,
  details: {
    button: {
      setting: 'callToAction',
      words: {
        BOOK: 'Book',
        ORDER: 'Order online',
        SHOP: 'Buy',
        LEARN_MORE: 'Learn more',
        SIGN_UP: 'Sign up',
        CALL: 'Call now',
      },
    },
  },
};

const TIMED = {
  title: 'title',
  period: { from: { date: 'startDate', time: 'startTime' }, to: { date: 'endDate', time: 'endTime' } },
} as const;

/** Google Business Profile: updates, events and offers of a place. */
export const GOOGLE_BUSINESS: Omit<NetworkLook, 'family'> = {
  post: UPDATE,
  formats: {
    event: { ...UPDATE, details: { ...UPDATE.details, ...TIMED } },
    offer: {
      ...UPDATE,
      details: { ...TIMED, offer: { code: 'couponCode', redeem: 'redeemUrl', terms: 'terms' } },
    },
  },
};
