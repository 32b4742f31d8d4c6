import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { PostChanges } from './post-changes.js';
import { PostsService } from './posts.service.js';
import { PreflightService } from './preflight.js';

/** Posts and what becomes of them. */
@Module({
  imports: [PublishingModule],
  providers: [PostsService, PreflightService, PostChanges],
  exports: [PostsService, PublishingModule],
})
export class PlanningModule {}
