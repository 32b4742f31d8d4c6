import { Global, Module } from '@nestjs/common';
import { MediaLibrary } from './media-library.js';

/** Uploads and renditions. */
@Global()
@Module({ providers: [MediaLibrary], exports: [MediaLibrary] })
export class MediaModule {}
