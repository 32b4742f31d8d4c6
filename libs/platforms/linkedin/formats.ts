import { type FormField, formatField, type PlatformLimits, type PostFormat } from '#platforms/core';

/** Kinds of post, as the setting `format` names them. */
export const POST = 'post';
export const ARTICLE = 'article';
export const DOCUMENT = 'document';
export const POLL = 'poll';

const MEGABYTE = 1_000_000;

/**
 * Characters of a text as it is encoded. The page of posts names FIELD_LENGTH_TOO_LONG and no number; 3,000 is what LinkedIn's
 * own page takes. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api
 */
export const MAX_TEXT = 3_000;
/** What LinkedIn's own page takes of a comment; the documentation names no number. */
export const MAX_COMMENT = 1_250;
/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/multiimage-post-api */
export const MAX_IMAGES = 20;
/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
export const MIN_VIDEO_BYTES = 75_000;
/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api */
export const POLL_LIMITS = { question: 140, option: 30, minOptions: 2, maxOptions: 4 } as const;
/** Of the card of an article and of a document. The schema of posts names 400 for titles and 4,086 for descriptions. */
export const MAX_TITLE = 400;
export const MAX_DESCRIPTION = 4_086;
/** What stands between a text and its link, where the link has no card. */
export const LINK_SEPARATOR = '\n\n';

/** Which kinds of file a document may be. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api */
const DOCUMENT_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/msword',
] as const;

/**
 * The number of pixels is all that the page limits; the size in bytes is that of LinkedIn's page on images of its own, and
 * whatever is larger is made smaller. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
 */
const image = {
  types: ['image/jpeg', 'image/png', 'image/gif'],
  maxBytes: 8 * MEGABYTE,
  maxPixels: 36_152_319,
} as const;

const text: PlatformLimits['text'] = {
  max: MAX_TEXT,
  // Of which kind the characters are, no page says; no kind counts more than UTF-16 units.
  unit: 'utf16',
  encoding: 'little-text',
  emptyWithAttachment: true,
  emptyAlone: false,
};

/** "The alternate text … up to 4,086 characters", of images. */
const altText: PlatformLimits['altText'] = { max: 4_086, unit: 'utf16', maxForVideo: 0 };

/** What an ordinary post may contain. Compared with the pages on 2026-11-23. */
export const postLimits: PlatformLimits = {
  // A link beside files has no field, and a link alone becomes a card only as the format "article": it is sent in the text.
  text: { ...text, countsLink: { separator: LINK_SEPARATOR } },
  link: { supported: true, withMedia: true },
  media: {
    maxCount: MAX_IMAGES,
    image,
    // https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api
    video: {
      types: ['video/mp4'],
      videoCodecs: ['h264'],
      audioCodecs: ['aac'],
      maxBytes: 500 * MEGABYTE,
      minDurationMs: 3_000,
      maxDurationMs: 30 * 60_000,
      minFrameRate: 10,
      maxFrameRate: 60,
      maxLongSide: 4_096,
      maxShortSide: 2_304,
      aspect: { min: 1 / 2.4, max: 2.4 },
      cover: { types: ['image/jpeg', 'image/png'], maxBytes: 2 * MEGABYTE, maxPixels: 36_152_319 },
    },
  },
  altText,
};

const articleLimits: PlatformLimits = {
  text,
  link: { supported: true, withMedia: true },
  media: { maxCount: 1, image },
};

const documentLimits: PlatformLimits = {
  text: { ...text, countsLink: { separator: LINK_SEPARATOR } },
  link: { supported: true, withMedia: true },
  media: {
    maxCount: 1,
    document: { types: DOCUMENT_TYPES, maxBytes: 100 * MEGABYTE, maxPages: 300 },
  },
};

const pollLimits: PlatformLimits = {
  text: { ...text, countsLink: { separator: LINK_SEPARATOR }, emptyAlone: true },
  link: { supported: true, withMedia: true },
  media: { maxCount: 0 },
};

/** Kinds of post with limits of their own; the first is the ordinary one. */
export const formats: readonly PostFormat[] = [
  { id: POST, label: 'Post', help: 'A text, with images or a video; a link stands in the text.', limits: postLimits },
  {
    id: ARTICLE,
    label: 'Article',
    help: 'A card for a link, with a title of its own. LinkedIn reads nothing from the page itself.',
    limits: articleLimits,
  },
  {
    id: DOCUMENT,
    label: 'Document',
    help: 'A PDF, presentation or text document whose pages people turn.',
    limits: documentLimits,
  },
  {
    id: POLL,
    label: 'Poll',
    help: 'A question with two to four answers.',
    limits: pollLimits,
    // "Polls cannot be edited": https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api
    capabilities: { edit: false },
  },
];

/** How long a poll is open. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api */
export const DURATIONS = [
  { value: 'ONE_DAY', label: '1 day' },
  { value: 'THREE_DAYS', label: '3 days' },
  { value: 'SEVEN_DAYS', label: '1 week' },
  { value: 'FOURTEEN_DAYS', label: '2 weeks' },
] as const;
export const DEFAULT_DURATION = 'THREE_DAYS';

/** Who sees a post. Posts of organizations are for everybody. */
export const VISIBILITIES = [
  { value: 'PUBLIC', label: 'Everybody' },
  { value: 'CONNECTIONS', label: 'Your connections' },
] as const;

const whenFormat = (...values: string[]) => ({ setting: 'format', values });

/** The form of a post. */
export const settings: readonly FormField[] = [
  formatField(formats),
  {
    name: 'articleTitle',
    label: 'Title of the card',
    type: 'text',
    required: true,
    maxLength: MAX_TITLE,
    help: 'LinkedIn does not read it from the page. An attached image becomes the picture of the card.',
    when: whenFormat(ARTICLE),
  },
  {
    name: 'articleDescription',
    label: 'Description of the card',
    type: 'text',
    required: false,
    multiline: true,
    maxLength: MAX_DESCRIPTION,
    when: whenFormat(ARTICLE),
  },
  {
    name: 'documentTitle',
    label: 'Title of the document',
    type: 'text',
    required: false,
    maxLength: MAX_TITLE,
    help: 'Shown above its pages; the name of the file where nothing is entered.',
    when: whenFormat(DOCUMENT),
  },
  {
    name: 'pollQuestion',
    label: 'Question',
    type: 'text',
    required: true,
    maxLength: POLL_LIMITS.question,
    when: whenFormat(POLL),
  },
  {
    name: 'pollOptions',
    label: 'Answers',
    type: 'texts',
    required: true,
    minItems: POLL_LIMITS.minOptions,
    maxItems: POLL_LIMITS.maxOptions,
    maxLength: POLL_LIMITS.option,
    when: whenFormat(POLL),
  },
  {
    name: 'pollDuration',
    label: 'Open for',
    type: 'select',
    required: false,
    options: DURATIONS,
    default: DEFAULT_DURATION,
    when: whenFormat(POLL),
  },
  {
    name: 'visibility',
    label: 'Who sees it',
    type: 'select',
    required: false,
    options: VISIBILITIES,
    default: 'PUBLIC',
  },
  {
    name: 'reshareDisabled',
    label: 'Nobody can repost it',
    type: 'boolean',
    required: false,
    default: false,
  },
];

/** Settings that an organization's page does not have. */
export const MEMBER_SETTINGS: readonly string[] = ['visibility'];
