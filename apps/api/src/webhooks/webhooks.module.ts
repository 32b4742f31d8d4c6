import { Module } from '@nestjs/common';
import { NotificationsModule } from '#notifications';
import { DeliveriesController } from './deliveries.controller.js';
import { WebhooksController } from './webhooks.controller.js';

/** `/v1/webhooks` */
@Module({ imports: [NotificationsModule], controllers: [WebhooksController, DeliveriesController] })
export class WebhooksModule {}
