import { checkLimits, count, type PlatformLimits, type SegmentDraft, type Violation } from '#platforms/core';
import { TITLE_MAX } from './limits.js';
import { manifest } from './manifest.js';
import { CREATE_DOCS, PINS_DOCS } from './pages.js';
import { altTextOf, titleOf } from './pin.js';

/** Every broken rule: the common ones, the title, and that there is something to see. That a board is missing, the form tells. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  return [...checkLimits(draft, limits, manifest), ...checkTitle(draft), ...checkFiles(draft, limits)];
}

function checkTitle({ settings }: SegmentDraft): Violation[] {
  const length = count(titleOf(settings) ?? '', 'code-points');
  if (length <= TITLE_MAX) return [];
  const message = `The title is ${length} characters long; Pinterest allows ${TITLE_MAX}.`;
  return [broken('title-too-long', 'settings/title', message, `Shorten it by ${length - TITLE_MAX}.`, CREATE_DOCS)];
}

function checkFiles({ media }: SegmentDraft, { altText }: PlatformLimits): Violation[] {
  if (media.length === 0) {
    const remedy = 'Add an image or a video, or leave this channel out.';
    return [broken('media-missing', 'media', 'A Pin is an image or a video, and there is none.', remedy, PINS_DOCS)];
  }
  // One description for all images of a carousel; of a single file the common rule has told it.
  const length = count(altTextOf(media) ?? '', 'code-points');
  if (media.length === 1 || altText === undefined || length <= altText.max) return [];
  const message = `The descriptions of all images together are ${length} characters long; Pinterest allows ${altText.max}.`;
  const remedy = `Shorten them by ${length - altText.max}.`;
  return [broken('alt-texts-too-long', 'media', message, remedy, CREATE_DOCS)];
}

function broken(rule: string, field: string, message: string, remedy: string, docs: string): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
