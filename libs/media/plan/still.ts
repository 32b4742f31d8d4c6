import { type MediaChoices } from './choices.js';
import { CONTENT_TYPES, type ImageFacts, type VideoFacts } from './facts.js';
import { type ImagePlan, renderImagePlan } from './image.js';
import { type ImageLimit } from './limits.js';
import { previewLimit, type PreviewWidth } from './preview.js';

/** The cover of a video: one of its pictures, made into what a limit accepts of images. Pure. */
export function planCover(facts: VideoFacts, limit: ImageLimit, choices: MediaChoices = {}): ImagePlan {
  // Without a choice it lies in the part that is used.
  return stillPlan(facts, limit, choices, choices.coverAtMs ?? choices.trim?.startMs);
}

/** The picture that stands for a video on screens, at a width; never wider than the video. Pure. */
export function planStill(facts: VideoFacts, width: PreviewWidth): ImagePlan {
  return stillPlan(facts, previewLimit(width), {}, undefined);
}

function stillPlan(facts: VideoFacts, limit: ImageLimit, choices: MediaChoices, atMs: number | undefined): ImagePlan {
  const plan = renderImagePlan(pictureOf(facts), limit, choices);
  return plan.action === 'refuse' ? plan : { ...plan, still: atMs === undefined ? {} : { atMs } };
}

/** A picture of the video, upright and in the colours of screens, as the plan of an image sees it. */
const pictureOf = ({ width, height }: VideoFacts): ImageFacts => ({
  ...{
    kind: 'image',
    format: 'jpeg',
    contentType: CONTENT_TYPES.jpeg,
    width,
    height,
    bytes: 0,
    orientation: 1,
    pages: 1,
  },
  ...{ hasAlpha: false, colourSpace: 'srgb', hasLocation: false, hasProfile: false, metadata: [] },
});
