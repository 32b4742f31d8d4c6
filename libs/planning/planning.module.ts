import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { CalendarService } from './calendar.service.js';
import { PostChanges } from './post-changes.js';
import { PostsService } from './posts.service.js';
import { PreflightService } from './preflight.js';

/** Posts and what becomes of them. */
@Module({
  imports: [PublishingModule],
  providers: [PostsService, CalendarService, PreflightService, PostChanges],
  exports: [PostsService, CalendarService, PublishingModule],
})
export class PlanningModule {}
