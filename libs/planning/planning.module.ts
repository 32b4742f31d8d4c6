import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { AbsencesService } from './approvals/absences.service.js';
import { ApprovalsService } from './approvals/approvals.service.js';
import { InboxService } from './approvals/inbox.service.js';
import { CalendarService } from './calendar.service.js';
import { CommentsService } from './comments/comments.service.js';
import { PostChanges } from './post-changes.js';
import { PostsService } from './posts.service.js';
import { PreflightService } from './preflight.js';
import { PublishedEdits } from './published-edits.service.js';
import { ChangesService } from './revisions/changes.service.js';
import { ReviewLinksService } from './review/review-links.service.js';
import { ReviewTokens } from './review/review-tokens.js';
import { ReviewService } from './review/review.service.js';

/** Posts and what becomes of them. */
@Module({
  imports: [PublishingModule],
  providers: [
    PostsService,
    CalendarService,
    PreflightService,
    PostChanges,
    PublishedEdits,
    ApprovalsService,
    AbsencesService,
    InboxService,
    CommentsService,
    ChangesService,
    ReviewTokens,
    ReviewLinksService,
    ReviewService,
  ],
  exports: [
    PostsService,
    PublishedEdits,
    CalendarService,
    ApprovalsService,
    AbsencesService,
    InboxService,
    CommentsService,
    ChangesService,
    ReviewTokens,
    ReviewLinksService,
    ReviewService,
    PublishingModule,
  ],
})
export class PlanningModule {}
