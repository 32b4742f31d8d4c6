import { CONTENT_TYPES, type ImageFacts } from './facts.js';
import { type ImagePlan, planImage } from './image.js';
import { type ImageLimit } from './limits.js';

/** The widths in which an image is shown, in pixels. A few, so that few versions are made and kept. */
export const PREVIEW_WIDTHS = [200, 400, 800, 1600] as const;
export type PreviewWidth = (typeof PREVIEW_WIDTHS)[number];

/** Bytes that a picture of that width may have on a screen: a page shows many of them. */
const MAX_BYTES: Readonly<Record<PreviewWidth, number>> = {
  200: 60_000,
  400: 200_000,
  800: 600_000,
  1600: 1_500_000,
};
/** What every browser shows, best first. */
const SHOWN = [CONTENT_TYPES.webp, CONTENT_TYPES.jpeg, CONTENT_TYPES.png];

/** What a picture of that width may be. */
export const previewLimit = (width: PreviewWidth): ImageLimit => ({
  types: SHOWN,
  maxBytes: MAX_BYTES[width],
  maxWidth: width,
});

/** How to show an image at a width; never wider than it is. Of an animation it is the first frame. Pure. */
export function planPreview(facts: ImageFacts, width: PreviewWidth): ImagePlan {
  const limit = previewLimit(width);
  if (facts.pages === 1) return planImage(facts, limit);
  // Another type than its own: the file that is kept as it is would move.
  const types = SHOWN.filter((type) => type !== facts.contentType);
  return planImage({ ...facts, pages: 1 }, { ...limit, types });
}
