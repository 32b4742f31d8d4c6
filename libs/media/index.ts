export { MAX_ALT_TEXT, type MediaAssetRecord, MediaLibrary, type MediaView } from './library/media-library.js';
export { MediaModule } from './media.module.js';
export { type MediaChoices } from './plan/choices.js';
export {
  CONTENT_TYPES,
  type DocumentFacts,
  type ImageFacts,
  type ImageFormat,
  type MediaFacts,
  type MediaKind,
  type VideoFacts,
} from './plan/facts.js';
export { planHash } from './plan/hash.js';
export {
  type ImagePlan,
  type ImageStep,
  type KeepPlan,
  planImage,
  type RefusePlan,
  type RenderPlan,
  type WritableFormat,
} from './plan/image.js';
export { type ImageLimit, type MediaLimits, type VideoLimit } from './plan/limits.js';
export { type MediaPlan } from './plan/plan.js';
export { PREVIEW_WIDTHS, type PreviewWidth } from './plan/preview.js';
export {
  MediaProblem,
  RenditionError,
  UnacceptableMediaError,
  type UnacceptableMediaRule,
  UploadError,
  type UploadRule,
} from './problem.js';
export { type PlannedMedia, Renditions, type ShownFile } from './renditions/renditions.js';
export { MAX_ANIMATION_PIXELS, MAX_PIXELS, MAX_SIDE } from './run/engine.js';
export { probeImage } from './run/probe.js';
export { renderImage, type Rendition } from './run/render.js';
export { MediaUploads } from './upload/media-uploads.js';
export { MAX_IMAGE_BYTES, readUpload, type Upload, type UploadOptions } from './upload/upload.js';
