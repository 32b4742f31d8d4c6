import { Module } from '@nestjs/common';
import { MediaController } from './media.controller.js';

/** `/v1/media` */
@Module({ controllers: [MediaController] })
export class MediaApiModule {}
