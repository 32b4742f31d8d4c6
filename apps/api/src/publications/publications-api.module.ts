import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { PublicationsController } from './publications.controller.js';

/** `/v1/publications` */
@Module({ imports: [PublishingModule], controllers: [PublicationsController] })
export class PublicationsApiModule {}
