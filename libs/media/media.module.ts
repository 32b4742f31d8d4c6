import { Global, Module } from '@nestjs/common';
import { MediaLibrary } from './library/media-library.js';
import { Renditions } from './renditions/renditions.js';
import { MediaUploads } from './upload/media-uploads.js';

const SERVICES = [MediaLibrary, MediaUploads, Renditions];

/** Uploads, the library, and the versions of files that go out. */
@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class MediaModule {}
