import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { MailMetrics } from './mail-metrics.js';
import { OutboxPageController } from './outbox-page.controller.js';

/** `/outbox`, and what the measurements say of mail */
@Module({ imports: [HealthModule], controllers: [OutboxPageController], providers: [MailMetrics] })
export class OutboxPageModule {}
