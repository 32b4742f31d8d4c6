import { type PlatformLimits, type PlatformManifest, type RefusalRule } from '#platforms/core';
import { ERROR_DOCS, POSTS_DOCS } from './pages.js';

/** Without these nothing can be published. https://developers.facebook.com/documentation/threads/create-posts */
export const REQUIRED_SCOPES = ['threads_basic', 'threads_content_publish'] as const;

/** For everything below another post: https://developers.facebook.com/documentation/threads/retrieve-and-manage-replies */
export const REPLY_SCOPE = 'threads_manage_replies';
/** For reading back one's own replies. Same page. */
export const READ_REPLIES_SCOPE = 'threads_read_replies';
/** https://developers.facebook.com/documentation/threads/posts/delete-posts */
export const DELETE_SCOPE = 'threads_delete';
/** https://developers.facebook.com/documentation/threads/create-posts/location-tagging */
export const LOCATION_SCOPE = 'threads_location_tagging';

/** All that is asked for. */
export const SCOPES = [...REQUIRED_SCOPES, REPLY_SCOPE, READ_REPLIES_SCOPE, DELETE_SCOPE, LOCATION_SCOPE] as const;

/** The app that practice connections use instead of the installation's own. It opens nothing but the practice network. */
export const PRACTICE_APP = { clientId: 'practice-threads-app', clientSecret: 'practice-threads-secret' };

/** Unique links in one post, the attached one among them, since 22 December 2025. */
export const MAX_LINKS = 5;

/** Letters of one option, and how many options there are. https://developers.facebook.com/documentation/threads/create-posts/polls */
export const POLL = { maxLength: 25, minOptions: 2, maxOptions: 4 } as const;

/** https://developers.facebook.com/documentation/threads/posts#topic-tags */
export const TOPIC_MAX = 50;

/** What is sent between a text and its link, where the link has no field. */
export const LINK_SEPARATOR = '\n\n';

const MEGABYTE = 1_000_000;

/**
 * The documentation counts emoji as their UTF-8 bytes, and in the same sentence links a library that counts graphemes. The
 * first is never less than the second, so it is what counts here: a text that passes is short enough by either reading.
 */
const EMOJI_AS_BYTES = true;

/**
 * What a post may contain; replies may contain the same. Compared with the pages on 2026-11-23.
 * https://developers.facebook.com/documentation/threads/posts#media-specifications
 */
const limits: PlatformLimits = {
  text: {
    max: 500,
    unit: 'graphemes',
    emojiAsBytes: EMOJI_AS_BYTES,
    // `link_attachment` is for posts of text alone; of a poll beside it nothing is said, so it keeps the text.
    countsLink: { separator: LINK_SEPARATOR, onlyWith: { media: true, settings: ['withPoll'] } },
    emptyWithAttachment: true,
    emptyAlone: false,
  },
  link: { supported: true, withMedia: true },
  media: {
    maxCount: 20,
    maxVideos: 20,
    mixed: true,
    image: {
      types: ['image/jpeg', 'image/png'],
      maxBytes: 8 * MEGABYTE,
      minWidth: 320,
      maxWidth: 1_440,
      aspect: { min: 0.1, max: 10 },
    },
    video: {
      types: ['video/mp4', 'video/quicktime'],
      videoCodecs: ['h264', 'hevc'],
      audioCodecs: ['aac'],
      maxBytes: 1_000 * MEGABYTE,
      maxDurationMs: 300_000,
      minFrameRate: 23,
      maxFrameRate: 60,
      maxWidth: 1_920,
      aspect: { min: 0.01, max: 10 },
      // 25 Mbps on older copies of the page, 100 now.
      maxVideoBitRate: 100 * MEGABYTE,
      maxAudioBitRate: 128_000,
      maxAudioSampleRate: 48_000,
      maxAudioChannels: 2,
      needsFastStart: true,
      refusesEditLists: true,
    },
  },
  // "The maximum length of alt_text is 1,000 characters": of which kind is not said; no kind counts more than UTF-16 units.
  altText: { max: 1_000, unit: 'utf16' },
};

/**
 * Codes by which Threads turns `threads_publish` down before it does anything: no valid sign-in, no permission, a limit, a bad
 * parameter, a block. Not among them: 1 and 2 (anything may have happened), and 24 with subcode 4279009 ("Media Not Found"),
 * which is documented nowhere and comes of asking too early: the container says what happened.
 */
const REFUSED_CODES: readonly string[] = [
  ...['3', '4', '10', '17', '32', '100', '101', '102', '190', '341', '368', '613'],
  ...['190/458', '190/459', '190/460', '190/463', '190/464', '190/467', '190/490', '190/492'],
  ...['102/458', '102/459', '102/460', '102/463', '102/464', '102/467'],
  ...Array.from({ length: 100 }, (_, index) => String(200 + index)),
];

const refusals: RefusalRule[] = [400, 401, 403, 429].map((status) => ({
  status,
  codes: REFUSED_CODES,
  docs: ERROR_DOCS,
}));

/** Threads as data. */
export const manifest: PlatformManifest = {
  id: 'threads',
  name: 'Threads',
  summary: 'Publishes texts, links, polls, images and videos on a Threads profile, alone or as a chain of posts.',
  docs: POSTS_DOCS,
  verifiedOn: '2026-11-23',
  connect: { type: 'oauth', scopes: SCOPES, requiredScopes: REQUIRED_SCOPES },
  // Of a chain all of these go to its first post: what comes below it has a reply to it for a place.
  settings: [
    {
      name: 'replyControl',
      label: 'Who can reply',
      type: 'select',
      required: false,
      default: 'everyone',
      help: 'Counts for the first post of a chain.',
      // `parent_post_author_only` is left out: it is for replies. https://developers.facebook.com/documentation/threads/reply-management
      options: [
        { value: 'everyone', label: 'Everyone' },
        { value: 'followers_only', label: 'Your followers' },
        { value: 'accounts_you_follow', label: 'Profiles you follow' },
        { value: 'mentioned_only', label: 'Profiles that you mention' },
      ],
    },
    {
      name: 'topicTag',
      label: 'Topic',
      type: 'text',
      required: false,
      placeholder: 'Baking',
      maxLength: TOPIC_MAX,
      help: 'Shown above the first post. No full stops and no ampersands.',
    },
    {
      name: 'location',
      label: 'Location',
      type: 'lookup',
      required: false,
      help: 'Shown with the first post.',
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
      name: 'spoiler',
      label: 'Blur images and videos until people tap them',
      type: 'boolean',
      required: false,
      default: false,
      help: 'Counts for the first post of a chain.',
      when: { setting: 'withPoll', values: [false] },
    },
  ],
  limits,
  capabilities: { remove: true, edit: false, thread: true, firstComment: true },
  endpoints: { www: 'https://www.threads.com', graph: 'https://graph.threads.net' },
  practiceCredentials: {},
  reconcile: {
    method: 'exact',
    settleMs: 15_000,
    explanation:
      'Every post is first made as a container, whose id is kept before it is published. The container says whether it was ' +
      'published; which post it became is read from the newest posts or replies of the profile. While it is not published, ' +
      'the same container is published again, so nothing goes out twice.',
  },
  refusals,
  // No quotas here: posts and replies have limits of their own, which are read live before each post. See usage.ts.
  // https://developers.facebook.com/documentation/threads/overview#rate-limiting
  // A container lives for a day: https://developers.facebook.com/documentation/threads/troubleshooting
  preparedTtlMs: 20 * 3_600_000,
  appearance: {
    color: '#000000',
    icon: 'M12.186 24h-.007c-3.581-.024-6.334-1.205-8.184-3.509C2.35 18.44 1.5 15.586 1.472 12.01v-.017c.03-3.579.879-6.43 2.525-8.482C5.845 1.205 8.6.024 12.18 0h.014c2.746.02 5.043.725 6.826 2.098 1.677 1.29 2.858 3.13 3.509 5.467l-2.04.569c-1.104-3.96-3.898-5.984-8.304-6.015-2.91.022-5.11.936-6.54 2.717C4.307 6.504 3.616 8.914 3.589 12c.027 3.086.718 5.496 2.057 7.164 1.43 1.783 3.631 2.698 6.54 2.717 2.623-.02 4.358-.631 5.8-2.045 1.647-1.613 1.618-3.593 1.09-4.798-.31-.71-.873-1.3-1.634-1.75-.192 1.352-.622 2.446-1.284 3.272-.886 1.102-2.14 1.704-3.73 1.79-1.202.065-2.361-.218-3.259-.801-1.063-.689-1.685-1.74-1.752-2.964-.065-1.19.408-2.285 1.33-3.082.88-.76 2.119-1.207 3.583-1.291a13.853 13.853 0 0 1 3.02.142c-.126-.742-.375-1.332-.75-1.757-.513-.586-1.308-.883-2.359-.89h-.029c-.844 0-1.992.232-2.721 1.32L7.734 7.847c.98-1.454 2.568-2.256 4.478-2.256h.044c3.194.02 5.097 1.975 5.287 5.388.108.046.216.094.321.142 1.49.7 2.58 1.761 3.154 3.07.797 1.82.871 4.79-1.548 7.158-1.85 1.81-4.094 2.628-7.277 2.65Zm1.003-11.69c-.242 0-.487.007-.739.021-1.836.103-2.98.946-2.916 2.143.067 1.256 1.452 1.839 2.784 1.767 1.224-.065 2.818-.543 3.086-3.71a10.5 10.5 0 0 0-2.215-.221z',
  },
  extra: {
    practiceApp: PRACTICE_APP,
    // What each permission is for: https://developers.facebook.com/docs/permissions
    scopeFeatures: {
      threads_basic: 'Reading your profile and your posts',
      threads_content_publish: 'Publishing on your profile',
      [REPLY_SCOPE]: 'Chains of posts and first comments',
      [READ_REPLIES_SCOPE]: 'Finding the parts of a chain again after an unknown outcome',
      [DELETE_SCOPE]: 'Deleting posts',
      [LOCATION_SCOPE]: 'Locations of posts',
    },
  },
};
