import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { CalendarController } from './calendar.controller.js';

/** `/v1/workspaces/:id/calendar` */
@Module({ imports: [PlanningModule], controllers: [CalendarController] })
export class CalendarModule {}
