import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { SupportController } from './support.controller.js';

/** `/v1/support` */
@Module({ imports: [PublishingModule], controllers: [SupportController] })
export class SupportModule {}
