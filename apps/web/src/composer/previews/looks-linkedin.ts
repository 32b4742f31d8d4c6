import { IconMessage2, IconRepeat, IconSend, IconThumbUp } from '@tabler/icons-react';
import { type FeedLook, GENERIC, type NetworkLook, same } from './look.js';

const SEEN_BY = { setting: 'visibility', words: { CONNECTIONS: 'Connections only' } } as const;

const LINKEDIN_POST: FeedLook = {
  ...GENERIC,
  byline: 'name-and-time',
  pageWithout: 'visibility',
  // LinkedIn tells of no number. Its web page was seen to fold after three lines, some 210 characters, 2026-11.
  fold: { characters: 210, lines: 3 },
  unfold: 'more',
  link: same,
  grid: 'linkedin',
  imagesSeen: 5,
  isBleeding: true,
  // Of a link in the text LinkedIn reads nothing for posts of programs:
  // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api, 2026-11-23
  card: 'none',
  isCommentBubble: true,
  details: { visibility: SEEN_BY },
  actions: [
    { icon: IconThumbUp, label: 'Like' },
    { icon: IconMessage2, label: 'Comment' },
    { icon: IconRepeat, label: 'Repost' },
    { icon: IconSend, label: 'Send' },
  ],
};

/** LinkedIn: posts of members and of organizations, with a card, a document or a poll. */
export const LINKEDIN: Omit<NetworkLook, 'family'> = {
  post: LINKEDIN_POST,
  formats: {
    article: {
      ...LINKEDIN_POST,
      card: 'own',
      details: { visibility: SEEN_BY, card: { title: 'articleTitle', description: 'articleDescription' } },
    },
    document: { ...LINKEDIN_POST, details: { visibility: SEEN_BY, documentTitle: 'documentTitle' } },
    poll: {
      ...LINKEDIN_POST,
      details: {
        visibility: SEEN_BY,
        poll: {
          question: 'pollQuestion',
          options: 'pollOptions',
          // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api, 2026-11-23
          ends: {
            setting: 'pollDuration',
            words: { ONE_DAY: '1 day', THREE_DAYS: '3 days', SEVEN_DAYS: '1 week', FOURTEEN_DAYS: '2 weeks' },
            otherwise: '3 days',
          },
        },
      },
    },
  },
};
