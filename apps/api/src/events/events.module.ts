import { Module } from '@nestjs/common';
import { NotificationsModule } from '#notifications';
import { PublicationFeed } from '#publishing';
import { EventStreams } from './event-streams.js';
import { EventsController } from './events.controller.js';

/** `/v1/events` */
@Module({ imports: [NotificationsModule], controllers: [EventsController], providers: [EventStreams, PublicationFeed] })
export class EventsModule {}
