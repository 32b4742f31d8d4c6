import { formatField, type FormField, type JsonObject, lookedUpOf, textsOf } from '#platforms/core';
import { FORMATS } from './formats.js';
import { TAG_MAX, TAGS_MAX, TITLE_MAX } from './limits.js';
import { tidyTags } from './tags.js';

/** Who can see a video. https://developers.google.com/youtube/v3/docs/videos#status.privacyStatus */
export type Privacy = 'public' | 'unlisted' | 'private';

/**
 * The categories that videos can be assigned to, by their ids. They are the same in nearly every country:
 * https://developers.google.com/youtube/v3/docs/videoCategories/list (`snippet.assignable`)
 */
const CATEGORIES = [
  ['22', 'People & Blogs'],
  ['2', 'Autos & Vehicles'],
  ['23', 'Comedy'],
  ['27', 'Education'],
  ['24', 'Entertainment'],
  ['1', 'Film & Animation'],
  ['20', 'Gaming'],
  ['26', 'Howto & Style'],
  ['10', 'Music'],
  ['25', 'News & Politics'],
  ['29', 'Nonprofits & Activism'],
  ['15', 'Pets & Animals'],
  ['28', 'Science & Technology'],
  ['17', 'Sports'],
  ['19', 'Travel & Events'],
] as const;
const DEFAULT_CATEGORY = '22';

const PRIVACIES: readonly { value: Privacy; label: string }[] = [
  { value: 'public', label: 'Public' },
  { value: 'unlisted', label: 'Unlisted: whoever has the link' },
  { value: 'private', label: 'Private: only you' },
];

const about: readonly FormField[] = [
  formatField(FORMATS),
  { name: 'title', label: 'Title', type: 'text', required: true, maxLength: TITLE_MAX },
  {
    name: 'tags',
    label: 'Tags',
    type: 'texts',
    required: false,
    // Each of one letter, with commas between them.
    maxItems: TAGS_MAX / 2,
    maxLength: TAG_MAX,
    help: '100 characters each and 500 together, with commas between them and quotation marks around those with blanks.',
  },
  {
    name: 'category',
    label: 'Category',
    type: 'select',
    required: false,
    options: CATEGORIES.map(([value, label]) => ({ value, label })),
    default: DEFAULT_CATEGORY,
  },
  {
    name: 'madeForKids',
    label: 'Made for kids',
    type: 'select',
    required: true,
    help: 'YouTube requires this answer by law. Videos made for kids have no comments and no notifications.',
    options: [
      { value: 'no', label: 'No, it is not made for kids' },
      { value: 'yes', label: 'Yes, it is made for kids' },
    ],
  },
  {
    name: 'syntheticMedia',
    label: 'Altered or synthetic content',
    type: 'boolean',
    required: false,
    default: false,
    help: 'It shows something realistic that was made or changed by AI or other tools: YouTube requires you to say so.',
  },
];

const access: readonly FormField[] = [
  {
    name: 'license',
    label: 'Licence',
    type: 'select',
    required: false,
    options: [
      { value: 'youtube', label: 'Standard YouTube licence' },
      { value: 'creativeCommon', label: 'Creative Commons (attribution)' },
    ],
    default: 'youtube',
  },
  { name: 'embeddable', label: 'Allow embedding', type: 'boolean', required: false, default: true },
  {
    name: 'notifySubscribers',
    label: 'Notify subscribers',
    type: 'boolean',
    required: false,
    default: true,
    when: { setting: 'privacy', values: ['public'] },
  },
  { name: 'playlist', label: 'Playlist', type: 'lookup', required: false, listed: true },
];

/** The form of a post's settings, with these to choose from under "Who can see it"; the first is the default. */
export function settingsWith(privacies: readonly Privacy[]): readonly FormField[] {
  const options = PRIVACIES.filter(({ value }) => privacies.includes(value));
  const privacy: FormField = {
    name: 'privacy',
    label: 'Who can see it',
    type: 'select',
    required: false,
    options,
    ...(options[0] && { default: options[0].value }),
  };
  return [...about, privacy, ...access];
}

/** What a person chose, with what counts where nothing was chosen. */
export interface VideoSettings {
  isShort: boolean;
  title: string;
  tags: string[];
  categoryId: string;
  madeForKids: boolean;
  /** Whether "Made for kids" was answered at all. */
  kidsAnswered: boolean;
  synthetic: boolean;
  privacy: Privacy;
  license: string;
  embeddable: boolean;
  notifySubscribers: boolean;
  playlist?: { id: string; name: string };
}

/** The settings of a draft, read once for all who need them. */
export function settingsOf(settings: JsonObject): VideoSettings {
  const text = (name: string, otherwise: string): string => {
    const value = settings[name];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const kids = text('madeForKids', '');
  const playlist = lookedUpOf(settings, 'playlist');
  const privacy = text('privacy', 'public');
  return {
    isShort: settings.format === 'short',
    title: text('title', '').trim(),
    tags: tidyTags(textsOf(settings, 'tags')),
    categoryId: text('category', DEFAULT_CATEGORY),
    madeForKids: kids === 'yes',
    kidsAnswered: kids === 'yes' || kids === 'no',
    synthetic: settings.syntheticMedia === true,
    privacy: privacy === 'unlisted' || privacy === 'private' ? privacy : 'public',
    license: text('license', 'youtube'),
    embeddable: settings.embeddable !== false,
    notifySubscribers: settings.notifySubscribers !== false,
    ...(playlist && { playlist: { id: playlist.value, name: playlist.label } }),
  };
}
