import { Global, Module } from '@nestjs/common';
import { MediaAddresses } from './addresses/media-addresses.js';
import { MediaFolders } from './library/folders.js';
import { MediaChanges } from './library/media-changes.js';
import { MediaLibrary } from './library/media-library.js';
import { MediaSearch } from './library/media-search.js';
import { MediaStorage } from './library/storage-quota.js';
import { RenditionsAtOnce } from './renditions/at-once.js';
import { MAKE_MEDIA, RenditionMaking } from './renditions/making.js';
import { RenditionFeed } from './renditions/rendition-feed.js';
import { RenditionViews } from './renditions/rendition-views.js';
import { RenditionTidying } from './renditions/tidy.js';
import { RenderJobs } from './renditions/render-jobs.js';
import { Renditions } from './renditions/renditions.js';
import { renderMedia } from './run/render-media.js';
import { VideoToolsCheck } from './run/tools.js';
import { WorkFolders } from './run/workspace.js';
import { MediaIntake } from './upload/media-intake.js';
import { MediaUploads } from './upload/media-uploads.js';

const SERVICES = [
  MediaAddresses,
  MediaChanges,
  MediaFolders,
  MediaIntake,
  MediaLibrary,
  MediaSearch,
  MediaStorage,
  MediaUploads,
  RenderJobs,
  RenditionFeed,
  RenditionMaking,
  Renditions,
  RenditionsAtOnce,
  RenditionTidying,
  RenditionViews,
  VideoToolsCheck,
  WorkFolders,
];

/** Uploads, the library, and the versions of files that go out. */
@Global()
@Module({
  providers: [...SERVICES, { provide: MAKE_MEDIA, useValue: renderMedia }],
  exports: SERVICES,
})
export class MediaModule {}
