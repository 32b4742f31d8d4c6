import { Module } from '@nestjs/common';
import { ActOnMany } from './act-on-many.js';
import { FoldersController } from './folders.controller.js';
import { LibraryController } from './library.controller.js';
import { MediaController } from './media.controller.js';

/** `/v1/media` */
@Module({ controllers: [FoldersController, LibraryController, MediaController], providers: [ActOnMany] })
export class MediaApiModule {}
