export {
  MAX_ALT_TEXT,
  MediaLibrary,
  type MediaAssetRecord,
  type MediaView,
  type PlannedMedia,
  type RenditionFile,
  type ShownFile,
} from './media-library.js';
export { MediaModule } from './media.module.js';
export { CONTENT_TYPES, type ImageFacts, type ImageFormat } from './plan/facts.js';
export {
  type ImageLimit,
  type ImagePlan,
  type ImageStep,
  type KeepPlan,
  planImage,
  type RefusePlan,
  type RenderPlan,
  type WritableFormat,
} from './plan/plan.js';
export { PREVIEW_WIDTHS, type PreviewWidth } from './plan/preview.js';
export { planHash } from './plan/hash.js';
export {
  MediaProblem,
  RenditionError,
  UnacceptableMediaError,
  type UnacceptableMediaRule,
  UploadError,
  type UploadRule,
} from './problem.js';
export { MAX_ANIMATION_PIXELS, MAX_PIXELS, MAX_SIDE } from './run/engine.js';
export { probeImage } from './run/probe.js';
export { renderImage, type Rendition } from './run/render.js';
export { MAX_IMAGE_BYTES, readUpload, type Upload, type UploadOptions } from './upload/upload.js';
