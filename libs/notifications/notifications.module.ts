import { Module } from '@nestjs/common';
import { LeftOverApprovals, ReviewLinksService, ReviewTokens } from '#planning';
import { PublicationsService } from '#publishing';
import { AlertWatch } from './alert-watch.js';
import { LiveFeed } from './live-feed.js';
import { NoticeWatch } from './notices/notice-watch.js';
import { NotificationsService } from './notifications.service.js';
import { Notifier } from './notifier.js';
import { PreferencesService } from './preferences.js';
import { DeliveriesService, WebhookDelivery, WebhooksService } from './webhooks/index.js';

const SERVICES = [
  AlertWatch,
  NoticeWatch,
  Notifier,
  NotificationsService,
  PreferencesService,
  LiveFeed,
  WebhooksService,
  DeliveriesService,
  WebhookDelivery,
];

/** What needs a person, and telling them. */
@Module({
  providers: [...SERVICES, ReviewTokens, ReviewLinksService, LeftOverApprovals, PublicationsService],
  exports: SERVICES,
})
export class NotificationsModule {}
