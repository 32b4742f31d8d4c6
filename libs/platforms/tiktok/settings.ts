import {
  type FieldOption,
  type FormField,
  formatField,
  isAsked,
  type JsonObject,
  type PostFormat,
} from '#platforms/core';
import { PHOTOS_MAX, POST_LIMITS, TITLE_MAX } from './limits.js';
import { BRANDED_POLICY, MUSIC_CONFIRMATION } from './pages.js';

/** The kinds of post. */
export const FORMATS: readonly PostFormat[] = [
  {
    id: 'post',
    label: 'Post',
    help: 'A video or photos, posted at once. It may take a few minutes until TikTok has processed it and shows it on the profile.',
    limits: POST_LIMITS,
  },
  {
    id: 'draft',
    label: 'Draft',
    help: "Sent to the account's inbox in the TikTok app, where somebody finishes and posts it.",
    limits: POST_LIMITS,
  },
];

const BRANDED_NOT_PRIVATE = 'Branded content visibility cannot be set to private.';
const branded = { setting: 'brandedContent', values: [true] } as const;

/** Who may see a post, in TikTok's own words. https://developers.tiktok.com/doc/content-posting-api-reference-direct-post */
export const PRIVACY: readonly FieldOption[] = [
  { value: 'PUBLIC_TO_EVERYONE', label: 'Everyone' },
  { value: 'MUTUAL_FOLLOW_FRIENDS', label: 'Friends' },
  { value: 'FOLLOWER_OF_CREATOR', label: 'Followers' },
  { value: 'SELF_ONLY', label: 'Only me', barred: { ...branded, why: BRANDED_NOT_PRIVATE } },
];

const directly = { setting: 'format', values: ['post'] } as const;
const disclosed = { setting: 'discloseContent', values: [true] } as const;

type Toggle = Pick<FormField, 'name' | 'label' | 'help' | 'when' | 'onlyWith' | 'barred' | 'whenOn'>;

const toggle = (field: Toggle): FormField => ({
  ...field,
  type: 'boolean',
  required: false,
  default: false,
});

const MUSIC_LINK = { text: 'Music Usage Confirmation', url: MUSIC_CONFIRMATION };

/**
 * What is asked of whoever posts. TikTok prescribes most of it: no audience chosen for people, every interaction off, the
 * disclosure off, one declaration and one label in these words, which depend on what is disclosed, and neither of the labels
 * before somebody chose it. https://developers.tiktok.com/doc/content-sharing-guidelines
 */
export const SETTINGS: readonly FormField[] = [
  formatField(FORMATS),
  {
    name: 'privacy',
    label: 'Who can see this post',
    type: 'select',
    required: true,
    options: [...PRIVACY],
    when: directly,
  },
  toggle({ name: 'allowComments', label: 'Allow comments', when: directly }),
  toggle({ name: 'allowDuet', label: 'Allow duets', onlyWith: 'video', when: directly }),
  toggle({ name: 'allowStitch', label: 'Allow stitches', onlyWith: 'video', when: directly }),
  {
    name: 'title',
    label: 'Title of the photos',
    type: 'text',
    required: false,
    maxLength: TITLE_MAX,
    onlyWith: 'image',
    help: 'The text of the post is their description.',
  },
  {
    name: 'cover',
    label: 'Photo that is the cover',
    type: 'number',
    required: false,
    min: 1,
    max: PHOTOS_MAX,
    onlyWith: 'image',
    help: 'Left empty: the first.',
  },
  toggle({
    name: 'autoAddMusic',
    label: 'Add recommended music',
    onlyWith: 'image',
    help: 'The music can be changed in TikTok afterwards.',
    when: directly,
  }),
  toggle({
    name: 'aiGenerated',
    label: 'AI-generated content',
    onlyWith: 'video',
    help: 'Labels the video as made with AI.',
    when: directly,
  }),
  toggle({
    name: 'discloseContent',
    label: 'Disclose commercial content',
    help: 'Switch it on where this promotes yourself, a brand, a product or a service.',
    when: directly,
  }),
  toggle({
    name: 'yourBrand',
    label: 'Your brand',
    help: 'You promote yourself or your own business.',
    when: disclosed,
    whenOn: { text: "Your photo/video will be labeled as 'Promotional content'", unless: branded },
  }),
  toggle({
    name: 'brandedContent',
    label: 'Branded content',
    help: 'You promote another brand or a third party.',
    when: disclosed,
    barred: { setting: 'privacy', values: ['SELF_ONLY'], why: BRANDED_NOT_PRIVATE },
    whenOn: { text: "Your photo/video will be labeled as 'Paid partnership'" },
  }),
  {
    name: 'musicConsent',
    label: "By posting, you agree to TikTok's Music Usage Confirmation.",
    type: 'consent',
    required: true,
    links: [MUSIC_LINK],
    when: directly,
    unless: branded,
  },
  {
    name: 'brandedConsent',
    label: "By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation.",
    type: 'consent',
    required: true,
    links: [{ text: 'Branded Content Policy', url: BRANDED_POLICY }, MUSIC_LINK],
    when: branded,
  },
];

/** What was chosen for a post, with everything left out that is not asked for. */
export interface Choice {
  isDraft: boolean;
  privacy?: string;
  title?: string;
  /** Which photo stands for all, from 0. */
  cover: number;
  /** Whether a switch of this name is on. */
  isOn(name: string): boolean;
}

/** Reads the settings of a post. */
export function choiceOf(settings: JsonObject): Choice {
  const asked = (name: string) => {
    const field = SETTINGS.find((candidate) => candidate.name === name);
    return field && isAsked(field, SETTINGS, settings) ? settings[name] : undefined;
  };
  const [privacy, title, cover] = [asked('privacy'), asked('title'), asked('cover')];
  return {
    isDraft: settings.format === 'draft',
    ...(typeof privacy === 'string' && { privacy }),
    ...(typeof title === 'string' && title.trim() !== '' && { title: title.trim() }),
    cover: typeof cover === 'number' ? cover - 1 : 0,
    isOn: (name) => asked(name) === true,
  };
}
