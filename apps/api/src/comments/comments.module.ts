import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { CommentsController } from './comments.controller.js';

/** `/v1/posts/:id/comments` and `/v1/comments` */
@Module({ imports: [PlanningModule], controllers: [CommentsController] })
export class CommentsModule {}
