import { Module } from '@nestjs/common';
import { AlertWatch } from './alert-watch.js';
import { NotificationFeed } from './notification-feed.js';
import { NotificationsService } from './notifications.service.js';
import { Notifier } from './notifier.js';
import { PreferencesService } from './preferences.js';
import { DeliveriesService, WebhookDelivery, WebhooksService } from './webhooks/index.js';

const SERVICES = [
  AlertWatch,
  Notifier,
  NotificationsService,
  PreferencesService,
  NotificationFeed,
  WebhooksService,
  DeliveriesService,
  WebhookDelivery,
];

/** What needs a person, and telling them. */
@Module({ providers: SERVICES, exports: SERVICES })
export class NotificationsModule {}
