import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { ApprovalsController } from './approvals.controller.js';

@Module({ imports: [PlanningModule], controllers: [ApprovalsController] })
export class ApprovalsModule {}
