import { type MediaChoices } from './choices.js';
import { type DocumentFacts, type ImageFacts, type MediaFacts, type MediaKind } from './facts.js';
import { type ImagePlan, planImage } from './image.js';
import { type DocumentLimit, type MediaLimits } from './limits.js';
import { planVideo, type VideoPlan } from './video.js';
import { tooManyBytes, typeWords } from './words.js';

/** Why a document is refused. */
export type DocumentRule = 'media.document-unsupported' | 'media.document-too-many-pages';

/** A document goes out untouched, or not at all. */
export type DocumentPlan =
  | { output: 'document'; action: 'keep'; reason: string }
  | { output: 'document'; action: 'refuse'; rule: DocumentRule; reason: string; remedy: string };

/** Files of this kind are not taken at all. */
export interface UntakenPlan {
  output: MediaKind;
  action: 'refuse';
  rule: 'media.kind-unsupported';
  reason: string;
  remedy: string;
}

/** What is done to a file so that it meets the limits of a channel. */
export type MediaPlan = ImagePlan | VideoPlan | DocumentPlan | UntakenPlan;

/** Decides what has to be done so that a file meets the limits of a channel, as people chose it. Pure. */
export function planMedia(facts: MediaFacts, limits: MediaLimits, choices: MediaChoices = {}): MediaPlan {
  switch (facts.kind) {
    case 'image':
      return planPicture(facts, limits, choices);
    case 'video':
      return limits.video ? planVideo(facts, limits.video, choices) : untaken('video', 'Videos');
    case 'document':
      return limits.document ? planDocument(facts, limits.document) : untaken('document', 'Documents');
  }
}

/** An animation that cannot go out as an image becomes a video where those are taken. */
function planPicture(facts: ImageFacts, { image, video }: MediaLimits, choices: MediaChoices): MediaPlan {
  const plan = image && planImage(facts, image, choices);
  if (plan && (plan.action !== 'refuse' || facts.pages === 1 || !video)) return plan;
  return video && facts.pages > 1 ? planVideo(facts, video, choices) : untaken('image', 'Images');
}

const untaken = (output: MediaKind, names: string): UntakenPlan => ({
  output,
  action: 'refuse',
  rule: 'media.kind-unsupported',
  reason: `${names} are not accepted here.`,
  remedy: 'Leave it out here.',
});

function planDocument({ contentType, bytes, pages }: DocumentFacts, limit: DocumentLimit): DocumentPlan {
  const { types, maxBytes, maxPages } = limit;
  const refuse = (reason: string, remedy: string, rule: DocumentRule = 'media.document-unsupported'): DocumentPlan => ({
    output: 'document',
    action: 'refuse',
    rule,
    reason,
    remedy,
  });
  if (!types.includes(contentType)) {
    return refuse(
      `${typeWords(contentType)} is not accepted here; ${types.map(typeWords).join(', ')} is.`,
      'Export the document in one of these types, and upload that.',
    );
  }
  if (bytes > maxBytes) {
    return refuse(`${tooManyBytes(bytes, maxBytes)}.`, 'Upload a smaller version of it.');
  }
  if (maxPages !== undefined && pages !== undefined && pages > maxPages) {
    return refuse(
      `It has ${pages.toLocaleString('en')} pages; ${maxPages.toLocaleString('en')} are allowed.`,
      `Export a part of it with at most ${maxPages.toLocaleString('en')} pages, and upload that.`,
      'media.document-too-many-pages',
    );
  }
  return { output: 'document', action: 'keep', reason: 'Passed through: documents go out as they are.' };
}
