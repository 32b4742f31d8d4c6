import { type FormField, formatField, type PostFormat } from '#platforms/core';
import { postLimits, reelLimits, storyLimits } from './limits.js';

/** The kinds of post. The first is the ordinary one. */
export const formats: readonly PostFormat[] = [
  {
    id: 'post',
    label: 'Post',
    help: 'An image, or a carousel of up to ten images and videos, which Instagram crops all to the shape of the first. A single video becomes a reel.',
    limits: postLimits,
  },
  {
    id: 'reel',
    label: 'Reel',
    help: 'One video of 3 seconds to 15 minutes, with choices of its own. Upright in 9:16 it fills the screen.',
    limits: reelLimits,
  },
  {
    id: 'story',
    label: 'Story',
    help: 'One image, or one video of up to a minute, without a text. Instagram takes it down after 24 hours.',
    limits: storyLimits,
    capabilities: { firstComment: false },
  },
];

/** Longest name of an account: https://help.instagram.com/ names 30 characters, letters, numbers, points and underscores. */
const MAX_USERNAME = 30;

const inFeed: FormField['when'] = { setting: 'format', values: ['post', 'reel'] };
const inReel: FormField['when'] = { setting: 'format', values: ['reel'] };

/** How a trial reel reaches followers after all: `trial_params.graduation_strategy`. */
export const GRADUATIONS = ['MANUAL', 'SS_PERFORMANCE'] as const;

/**
 * Settings of a post. Each is a parameter of
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export const settings: readonly FormField[] = [
  formatField(formats),
  {
    name: 'collaborators',
    label: 'Collaborators',
    type: 'texts',
    required: false,
    maxLength: MAX_USERNAME + 1,
    maxItems: 3,
    help: 'Names of up to three Instagram accounts that are invited to show this post as theirs too.',
    when: inFeed,
  },
  {
    name: 'userTags',
    label: 'People in the image',
    type: 'marks',
    required: false,
    maxLength: MAX_USERNAME + 1,
    maxItems: 20,
    help: 'Names of public Instagram accounts, each at its place in an image.',
    when: { setting: 'format', values: ['post', 'story'] },
  },
  {
    name: 'taggedAccounts',
    label: 'People in the video',
    type: 'texts',
    required: false,
    maxLength: MAX_USERNAME + 1,
    maxItems: 20,
    help: 'Names of public Instagram accounts.',
    when: inReel,
  },
  {
    name: 'location',
    label: 'Location',
    type: 'lookup',
    required: false,
    help: 'Found by name where the account is connected through Facebook, and Meta has allowed the installation’s app to search.',
    when: inFeed,
  },
  {
    name: 'shareToFeed',
    label: 'Show it in the feed as well',
    type: 'boolean',
    required: false,
    default: true,
    help: 'Otherwise only where reels are shown.',
    when: inReel,
  },
  {
    name: 'audioName',
    label: 'Name of the sound',
    type: 'text',
    required: false,
    maxLength: 100,
    help: 'What the video’s own sound is called. It can be changed once only.',
    when: inReel,
  },
  {
    name: 'trial',
    label: 'Trial reel',
    type: 'select',
    required: false,
    default: 'NONE',
    options: [
      { value: 'NONE', label: 'No, followers see it at once' },
      { value: 'MANUAL', label: 'Yes, until somebody shares it in Instagram' },
      { value: 'SS_PERFORMANCE', label: 'Yes, until Instagram finds that it does well' },
    ],
    help: 'A trial reel is shown to people who do not follow the account. Not every account may make them.',
    when: inReel,
  },
  {
    name: 'aiGenerated',
    label: 'Made with AI',
    type: 'boolean',
    required: false,
    default: false,
    help: 'Instagram then says so beside the post.',
  },
  {
    name: 'paidPartnership',
    label: 'Paid partnership',
    type: 'boolean',
    required: false,
    default: false,
    help: 'Instagram then says so beside the post.',
    when: inFeed,
  },
];
