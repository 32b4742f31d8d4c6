import { Module } from '@nestjs/common';
import { NotificationsModule } from '#notifications';
import { NotificationsController } from './notifications.controller.js';

/** `/v1/notifications` and `/v1/me/notification-preferences` */
@Module({ imports: [NotificationsModule], controllers: [NotificationsController] })
export class NotificationsApiModule {}
