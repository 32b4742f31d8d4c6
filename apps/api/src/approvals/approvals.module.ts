import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { AbsenceController } from './absence.controller.js';
import { ApprovalsController } from './approvals.controller.js';
import { DecideMany } from './decide-many.js';
import { InboxController } from './inbox.controller.js';

@Module({
  imports: [PlanningModule],
  controllers: [ApprovalsController, AbsenceController, InboxController],
  providers: [DecideMany],
})
export class ApprovalsModule {}
