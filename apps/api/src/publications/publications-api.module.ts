import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { PublicationsController } from './publications.controller.js';

/** `/v1/publications` */
@Module({ imports: [PlanningModule], controllers: [PublicationsController] })
export class PublicationsApiModule {}
