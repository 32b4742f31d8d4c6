import { checkLimits, count, type PlatformLimits, type SegmentDraft, type Violation } from '#platforms/core';
import { TITLE_MAX } from './limits.js';
import { manifest } from './manifest.js';
import { GUIDELINES, INBOX_DOCS, PHOTO_DOCS, START_DOCS } from './pages.js';
import { type Choice, choiceOf } from './settings.js';

/** Every broken rule: the common ones, that there is a file, and what TikTok wants to be asked of whoever posts. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  const choice = choiceOf(draft.settings);
  return [
    ...checkLimits(draft, limits, manifest),
    ...checkFiles(draft),
    ...(choice.isDraft
      ? checkDraft(draft)
      : [...checkAudience(choice), ...checkDisclosure(choice), ...checkConsent(choice)]),
    ...checkPhotos(draft, choice),
  ];
}

function checkFiles({ media }: SegmentDraft): Violation[] {
  if (media.length > 0) return [];
  const message = 'A post on TikTok is a video or photos, and there is none.';
  return [broken('media-missing', 'media', message, 'Add a video or photos, or leave this channel out.', START_DOCS)];
}

/** "The user finishes it": the inbox takes the file of a video and nothing else. */
function checkDraft({ media, text }: SegmentDraft): Violation[] {
  if (text.trim() === '' || media[0]?.kind !== 'video') return [];
  const message = 'TikTok takes no text with a video that is sent to the inbox; it is written there.';
  const remedy = 'Give this channel an empty text, or choose the format "Post".';
  return [broken('draft-text-unsupported', 'text', message, remedy, INBOX_DOCS)];
}

/** "Users must manually select the privacy status from a dropdown and there should be no default value." */
function checkAudience({ privacy }: Choice): Violation[] {
  if (privacy !== undefined) return [];
  const message = 'Nobody has chosen who can see this post, and TikTok wants that to be chosen by hand.';
  return [broken('privacy-missing', 'settings/privacy', message, 'Choose who can see it.', GUIDELINES)];
}

/** https://developers.tiktok.com/doc/content-sharing-guidelines ("Commercial Content") */
function checkDisclosure(choice: Choice): Violation[] {
  if (!choice.isOn('discloseContent')) return [];
  if (!choice.isOn('yourBrand') && !choice.isOn('brandedContent')) {
    const message = 'You need to indicate if your content promotes yourself, a third party, or both.';
    const remedy = 'Choose "Your brand", "Branded content" or both, or switch the disclosure off.';
    return [broken('disclosure-incomplete', 'settings/discloseContent', message, remedy, GUIDELINES)];
  }
  if (!choice.isOn('brandedContent') || choice.privacy !== 'SELF_ONLY') return [];
  const message = 'Branded content visibility cannot be set to private.';
  const remedy = 'Choose others than "Only me" under "Who can see this post", or switch "Branded content" off.';
  return [broken('branded-private', 'settings/brandedContent', message, remedy, GUIDELINES)];
}

/** One declaration stands for both where the content is branded. */
function checkConsent(choice: Choice): Violation[] {
  const [rule, setting, what] = choice.isOn('brandedContent')
    ? (['branded-consent-missing', 'brandedConsent', 'Branded Content Policy and Music Usage Confirmation'] as const)
    : (['music-consent-missing', 'musicConsent', 'Music Usage Confirmation'] as const);
  if (choice.isOn(setting)) return [];
  const message = `Nobody has agreed to TikTok's ${what} for this post.`;
  const remedy = 'Read it and agree to it in the settings of the post.';
  return [broken(rule, `settings/${setting}`, message, remedy, GUIDELINES)];
}

function checkPhotos({ media }: SegmentDraft, { title = '', cover }: Choice): Violation[] {
  const photos = media.filter(({ kind }) => kind === 'image').length;
  if (photos === 0) return [];
  const violations: Violation[] = [];
  const length = count(title, 'utf16');
  if (length > TITLE_MAX) {
    const message = `The title is ${length} characters long; TikTok allows ${TITLE_MAX}.`;
    violations.push(
      broken('title-too-long', 'settings/title', message, `Shorten it by ${length - TITLE_MAX}.`, PHOTO_DOCS),
    );
  }
  if (!Number.isInteger(cover) || cover < 0 || cover >= photos) {
    const message = `Photo ${cover + 1} is to be the cover, and the post has ${photos}.`;
    const remedy = `Enter a number from 1 to ${photos}, or leave it empty.`;
    violations.push(broken('cover-missing', 'settings/cover', message, remedy, PHOTO_DOCS));
  }
  return violations;
}

function broken(rule: string, field: string, message: string, remedy: string, docs: string): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
