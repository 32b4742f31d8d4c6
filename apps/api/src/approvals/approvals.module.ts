import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { ApprovalsController } from './approvals.controller.js';
import { DecideMany } from './decide-many.js';
import { InboxController } from './inbox.controller.js';

@Module({ imports: [PlanningModule], controllers: [ApprovalsController, InboxController], providers: [DecideMany] })
export class ApprovalsModule {}
