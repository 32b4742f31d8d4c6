import { createHash } from 'node:crypto';
import { CONTENT_TYPES } from '../plan/facts.js';
import { type ImageLimit } from '../plan/limits.js';
import { type MediaPlan } from '../plan/plan.js';
import { type PreviewWidth } from '../plan/preview.js';

/** Bytes that a picture of a video may have on a screen. */
const MAX_BYTES = 1_000_000;

/** A still image of a video: of the first moment that shows something. */
export interface StillPlan {
  output: 'still';
  action: 'render';
  limit: ImageLimit;
}

/** Whatever a rendition is made by. */
export type RenditionPlan = MediaPlan | StillPlan;

/** The picture that stands for a video on screens, in a width. Pure. */
export function planPoster(width: PreviewWidth): { plan: StillPlan; planHash: string } {
  const limit = { types: [CONTENT_TYPES.jpeg], maxBytes: MAX_BYTES, maxWidth: width };
  const plan: StillPlan = { output: 'still', action: 'render', limit };
  return { plan, planHash: createHash('sha256').update(JSON.stringify(plan)).digest('hex') };
}
