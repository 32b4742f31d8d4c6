import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { PlanningModule, ReviewDoor } from '#planning';
import { ReviewEntrance } from './review-entrance.js';
import { ReviewLinksController } from './review-links.controller.js';
import { ReviewController } from './review.controller.js';

/** `/v1/posts/:id/review-links` and `/v1/review` */
@Module({
  imports: [AccountsModule, PlanningModule],
  controllers: [ReviewLinksController, ReviewController],
  providers: [ReviewDoor, ReviewEntrance],
})
export class ReviewModule {}
