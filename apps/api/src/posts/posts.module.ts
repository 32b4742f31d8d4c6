import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { PostsController } from './posts.controller.js';

/** `/v1/posts` */
@Module({ imports: [PlanningModule], controllers: [PostsController] })
export class PostsModule {}
