import { type NetworkLook, same, type TallLook } from './look.js';

const TIKTOK_POST: TallLook = {
  family: 'tall',
  kind: 'reel',
  signedBy: 'handle',
  isCarousel: true,
  nothing: 'Add a video or photos to see the post.',
  // TikTok tells of no number. Its app was seen to fold a description after two lines, 2026-11.
  fold: { characters: 80, lines: 2 },
  unfold: 'more',
  link: same,
  mention: same,
  music: 'original sound',
  details: {
    title: 'title',
    // Nobody has to be told of everyone.
    visibility: {
      setting: 'privacy',
      words: { MUTUAL_FOLLOW_FRIENDS: 'Friends', FOLLOWER_OF_CREATOR: 'Followers', SELF_ONLY: 'Only me' },
    },
    // The words of the labels, and which of two stands: https://developers.tiktok.com/doc/content-sharing-guidelines
    notes: [
      { setting: 'yourBrand', words: 'Promotional content', unless: 'brandedContent' },
      { setting: 'brandedContent', words: 'Paid partnership' },
      { setting: 'aiGenerated', words: 'AI-generated' },
    ],
  },
};

/** TikTok: videos and photos on an upright screen, posted or sent to the account's inbox. */
export const TIKTOK: Omit<NetworkLook, 'family'> = {
  post: TIKTOK_POST,
  formats: {
    draft: {
      ...TIKTOK_POST,
      below: 'It waits in the inbox of the account in TikTok, and is posted from there by hand.',
      // Who sees it and how it is labelled is said in the app.
      details: { title: 'title' },
    },
  },
};
