import {
  IconHeart,
  IconMessage2,
  IconMessageCircle,
  IconRepeat,
  IconSend,
  IconShare3,
  IconThumbUp,
} from '@tabler/icons-react';
import { type FeedLook, type GalleryLook, GENERIC, type NetworkLook, same, type TallLook } from './look.js';

type Looks = Omit<NetworkLook, 'family'>;

/**
 * How many characters Meta's guide to ads says are seen of a text over a reel before it is folded; posts are folded alike.
 * https://www.facebook.com/business/ads-guide/update/video/instagram-reels, 2026-11
 */
const REEL_FOLD = { characters: 72 };

const REEL: TallLook = {
  family: 'tall',
  kind: 'reel',
  signedBy: 'handle',
  nothing: 'Add a video to see the reel.',
  fold: REEL_FOLD,
  unfold: 'more',
  link: same,
  mention: same,
  details: {},
};

const STORY: TallLook = {
  ...REEL,
  kind: 'story',
  nothing: 'Add an image or a video to see the story.',
  answer: 'Send message',
};

const FACEBOOK_POST: FeedLook = {
  ...GENERIC,
  byline: 'name-and-time',
  // Meta tells of no number for posts. Facebook's web page was seen to fold after 477 characters or ten lines.
  fold: { characters: 477, lines: 10 },
  unfold: 'See more',
  largeUpTo: 85,
  grid: 'facebook',
  imagesSeen: 5,
  isBleeding: true,
  card: 'band',
  isCardAlone: true,
  isCommentBubble: true,
  details: { place: 'place', title: 'title' },
  actions: [
    { icon: IconThumbUp, label: 'Like' },
    { icon: IconMessage2, label: 'Comment' },
    { icon: IconShare3, label: 'Share' },
  ],
};

/** Facebook Pages: posts in the feed, reels, stories. */
export const FACEBOOK: Looks = {
  post: FACEBOOK_POST,
  formats: {
    reel: { ...REEL, signedBy: 'name', details: { place: 'place', title: 'title' } },
    story: { ...STORY, signedBy: 'name' },
  },
};

const INSTAGRAM_NOTES = [
  { setting: 'paidPartnership', words: 'Paid partnership' },
  { setting: 'aiGenerated', words: 'AI info' },
] as const;

const INSTAGRAM_POST: GalleryLook = {
  family: 'gallery',
  // What Meta's guide to ads says is seen of a text in the feed; captions are folded alike.
  // https://www.facebook.com/business/ads-guide/update/image/instagram-feed, 2026-11
  fold: { characters: 125 },
  unfold: 'more',
  link: same,
  mention: same,
  // A carousel is cut to the shape of its first file:
  // https://developers.facebook.com/docs/instagram-platform/content-publishing#carousel-posts, 2026-11-23
  shapes: [0.8, 1.91],
  details: { place: 'location', collaborators: 'collaborators', marks: 'userTags', notes: INSTAGRAM_NOTES },
};

/** Instagram: pictures in the feed, reels, stories. */
export const INSTAGRAM: Looks = {
  post: INSTAGRAM_POST,
  formats: {
    reel: {
      ...REEL,
      details: {
        place: 'location',
        collaborators: 'collaborators',
        people: 'taggedAccounts',
        sound: 'audioName',
        notes: INSTAGRAM_NOTES,
      },
    },
    story: { ...STORY, details: { marks: 'userTags', notes: INSTAGRAM_NOTES } },
  },
};

// No fold: Meta tells of none, and 500 characters are the most that a post has.
const THREADS_POST: FeedLook = {
  ...GENERIC,
  byline: 'handle',
  column: 'beside',
  grid: 'strip',
  imagesSeen: 20,
  isCardAlone: true,
  veil: { setting: 'spoiler', words: 'Spoiler', firstOnly: true },
  details: {
    place: 'location',
    topic: 'topicTag',
    poll: { asked: 'withPoll', options: 'pollOptions', ends: { minutes: 1440 } },
    // https://developers.facebook.com/docs/threads/reply-management, 2026-11-23
    audience: {
      setting: 'replyControl',
      words: {
        followers_only: 'Followers can reply',
        accounts_you_follow: 'Profiles that this one follows can reply',
        mentioned_only: 'Mentioned profiles can reply',
      },
    },
  },
  actions: [{ icon: IconHeart }, { icon: IconMessageCircle }, { icon: IconRepeat }, { icon: IconSend }],
  isActionsClose: true,
  isBlue: true,
};

/** Threads: posts and chains of them. */
export const THREADS: Looks = { post: THREADS_POST, formats: {} };
