import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { SpendingController } from './spending.controller.js';

/** `/v1/workspaces/:id/spending` */
@Module({ imports: [PublishingModule], controllers: [SpendingController] })
export class SpendingApiModule {}
