import { type FormField } from '#platforms/core';

/** https://docs.x.com/x-api/posts/create-post: options of a poll, their letters, and its minutes. */
export const POLL = { maxLength: 25, minOptions: 2, maxOptions: 4, minMinutes: 5, maxMinutes: 10_080 } as const;

const DAY_MINUTES = 1_440;

/** Who can reply, where it is not everybody. Same page. */
export const REPLY_SETTINGS = [
  { value: 'following', label: 'Accounts you follow' },
  { value: 'mentionedUsers', label: 'Accounts that you mention' },
  { value: 'subscribers', label: 'Your subscribers' },
  { value: 'verified', label: 'Verified accounts' },
] as const;

/** Nothing is sent for it: it is what X does by itself. */
export const EVERYONE = 'everyone';

/** The form of a post's settings. Of a thread all but the two disclosures go to its first post. */
export const settings: readonly FormField[] = [
  {
    name: 'replySettings',
    label: 'Who can reply',
    type: 'select',
    required: false,
    default: EVERYONE,
    help: 'Counts for the first post of a thread.',
    options: [{ value: EVERYONE, label: 'Everyone' }, ...REPLY_SETTINGS],
  },
  {
    name: 'withPoll',
    label: 'Ask a question with a poll',
    type: 'boolean',
    required: false,
    default: false,
    help: 'On the first post, which then has no images or videos.',
  },
  {
    name: 'pollOptions',
    label: 'Answers',
    type: 'texts',
    required: true,
    minItems: POLL.minOptions,
    maxItems: POLL.maxOptions,
    maxLength: POLL.maxLength,
    when: { setting: 'withPoll', values: [true] },
  },
  {
    name: 'pollMinutes',
    label: 'How long the poll runs, in minutes',
    type: 'number',
    required: false,
    default: DAY_MINUTES,
    min: POLL.minMinutes,
    max: POLL.maxMinutes,
    help: 'Five minutes to seven days; 1440 are one day.',
    when: { setting: 'withPoll', values: [true] },
  },
  {
    name: 'madeWithAi',
    label: 'Made with AI',
    type: 'boolean',
    required: false,
    default: false,
    help: 'X labels the post: its media were generated.',
  },
  {
    name: 'paidPartnership',
    label: 'Paid partnership',
    type: 'boolean',
    required: false,
    default: false,
    help: 'X labels the post as a paid promotion.',
  },
];

/** Only where the app may quote. */
export const quoteSetting: FormField = {
  name: 'quoteUrl',
  label: 'Post to quote',
  type: 'url',
  required: false,
  placeholder: 'https://x.com/name/status/1234567890',
  help: 'The address of a post on X. It is shown below the first post, which then has no files and no poll.',
};
