import { checkLimits, type PlatformLimits, type SegmentDraft, type Violation } from '#platforms/core';
import { MIN_PHOTO_BYTES } from './limits.js';
import { manifest } from './manifest.js';
import { LOCAL_POST_DOCS, MEDIA_DOCS } from './pages.js';
import { buttonOf, kindOf, spanOf } from './post.js';
import { CALL, OFFER, REDEEM_LABEL, UPDATE } from './settings.js';

/** What is told here in better words. */
const SAID_HERE: readonly string[] = [`${manifest.id}.link-unsupported`];

/** Every broken rule: the common ones, the button and its link, the times, and photos of too few bytes. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  const common = checkLimits(draft, limits, manifest).filter(({ rule }) => !SAID_HERE.includes(rule));
  return [...common, ...checkButton(draft), ...checkTimes(draft), ...checkPhotos(draft)];
}

/** A post has no link but that of its button. https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#CallToAction */
function checkButton(draft: SegmentDraft): Violation[] {
  const { link } = draft;
  if (kindOf(draft) === OFFER) return link === undefined ? [] : [linkOfOffer()];
  const button = buttonOf(draft);
  if (button === undefined) {
    if (link === undefined) return [];
    const message = 'A link is shown as a button on Google, and no button is chosen.';
    return [broken('link-without-button', 'settings/callToAction', message, 'Choose a button, or remove the link.')];
  }
  if (button === CALL) {
    if (link === undefined) return [];
    const message = 'The button "Call now" dials the number of the profile, and leads to no link.';
    return [broken('call-with-link', 'link', message, 'Remove the link, or choose another button.')];
  }
  if (link !== undefined) return [];
  const message = 'The button has to lead somewhere, and there is no link.';
  return [broken('button-without-link', 'link', message, 'Add a link to the post, or choose "No button".')];
}

/** "Ignored for topic type OFFER" is said of the button. */
function linkOfOffer(): Violation {
  const message = 'An offer has no button for the link of the post.';
  const remedy = `Remove the link, and enter its address as "${REDEEM_LABEL}" if it is the page for that.`;
  return broken('link-unsupported', 'link', message, remedy);
}

/** What is not filled in, the form tells. */
function checkTimes(draft: SegmentDraft): Violation[] {
  const span = kindOf(draft) === UPDATE ? undefined : spanOf(draft.settings);
  // Both are written alike, so that their order is that of their letters.
  if (!span || span.start < span.end) return [];
  const message = 'It ends before it begins, or in the same minute.';
  return [broken('end-before-start', 'settings/endDate', message, 'Choose a later day or time for its end.')];
}

function checkPhotos({ media }: SegmentDraft): Violation[] {
  return media.flatMap(({ kind, bytes }, index) => {
    if (kind !== 'image' || bytes >= MIN_PHOTO_BYTES) return [];
    const message = `The photo has ${bytes} bytes; Google takes none below 10 KB.`;
    const remedy = 'Use a larger or more detailed photo.';
    return [broken('photo-too-small', `media/${index}`, message, remedy, MEDIA_DOCS)];
  });
}

function broken(rule: string, field: string, message: string, remedy: string, docs = LOCAL_POST_DOCS): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
