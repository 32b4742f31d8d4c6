export { type AddressedFile, type FoundFile, MediaAddresses } from './addresses/media-addresses.js';
export {
  type FolderChange,
  type FolderView,
  MAX_FOLDER_DEPTH,
  MAX_FOLDER_NAME,
  MAX_FOLDERS,
  MediaFolders,
} from './library/folders.js';
export { forgetDeletedMedia } from './library/forget.js';
export { type MediaChange, MediaChanges } from './library/media-changes.js';
export { MAX_ALT_TEXT, MediaLibrary } from './library/media-library.js';
export {
  MEDIA_ORDERS,
  type MediaFilter,
  type MediaOrder,
  type MediaPosition,
  MediaSearch,
} from './library/media-search.js';
export { MAX_QUOTA_BYTES, type MediaQuotaView, MediaStorage } from './library/storage-quota.js';
export { MAX_TAG_LENGTH, MAX_TAGS } from './library/tags.js';
export { keepMediaOfPost, type MediaUse, type MediaUses, USE_STATES, type UseState } from './library/uses.js';
export { type MediaAssetRecord, type MediaTraits, type MediaView, type Uploader } from './library/view.js';
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
export { type DocumentPlan, type MediaPlan, planMedia } from './plan/plan.js';
export { PREVIEW_WIDTHS, type PreviewWidth } from './plan/preview.js';
export { planCover, planStill } from './plan/still.js';
export { planVideo, type VideoPlan, type VideoStep } from './plan/video.js';
export {
  MediaProblem,
  RenditionError,
  UnacceptableMediaError,
  type UnacceptableMediaRule,
  UploadError,
  type UploadRule,
  VideoToolsError,
} from './problem.js';
export { MAKE_MEDIA, type MakeMedia } from './renditions/making.js';
export { countRenditions, type RenditionCounts } from './renditions/count.js';
export { type RenditionChange, RenditionFeed } from './renditions/rendition-feed.js';
export { RenditionViews, type RenditionView } from './renditions/rendition-views.js';
export { RenditionTidying, type Tidied } from './renditions/tidy.js';
export { RenderJobs } from './renditions/render-jobs.js';
export { RenditionNotReadyError, Renditions, type SentMedia, type ShownFile } from './renditions/renditions.js';
export {
  RENDITION_FINISHED,
  RENDITION_STATES,
  type RenditionFailure,
  type RenditionFinished,
  type RenditionState,
} from './renditions/rows.js';
export { isMade, type WantedRendition, wantRenditions } from './renditions/want.js';
export { MAX_ANIMATION_PIXELS, MAX_PIXELS, MAX_SIDE } from './run/engine.js';
export { probeImage, probeMedia, type ProbeOptions } from './run/probe.js';
export { renderImage, type Rendition } from './run/render.js';
export { type WorkFolder, WorkFolders } from './run/workspace.js';
export { MAX_IMAGE_BYTES } from './upload/limits.js';
export { DOCUMENT_TYPES, MediaIntake } from './upload/media-intake.js';
export { MediaUploads } from './upload/media-uploads.js';
export { createReceivedFiles, RECEIVED_FILES, type ReceivedFiles } from './upload/received-files.js';
export { readUpload, type Upload, type UploadOptions } from './upload/upload.js';
export { UploadChecks } from './upload/upload-checks.js';
export { type UploadLease, UploadLeases } from './upload/upload-leases.js';
export { type UploadActor, type UploadRecord, type UploadState, type UploadView } from './upload/upload-record.js';
export { UploadSweep } from './upload/upload-sweep.js';
export { Uploads } from './upload/uploads.js';
