import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { SupportActionsController } from './actions.controller.js';
import { SupportController } from './support.controller.js';

/** `/v1/support` */
@Module({ imports: [PublishingModule], controllers: [SupportController, SupportActionsController] })
export class SupportModule {}
