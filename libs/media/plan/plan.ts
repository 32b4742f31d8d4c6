import { type ImagePlan } from './image.js';
import { type VideoPlan } from './video.js';

/** A document goes out untouched, or not at all. */
export type DocumentPlan =
  | { output: 'document'; action: 'keep'; reason: string }
  | { output: 'document'; action: 'refuse'; rule: 'media.document-unsupported'; reason: string; remedy: string };

/** What is done to a file so that it meets the limits of a channel. */
export type MediaPlan = ImagePlan | VideoPlan | DocumentPlan;
