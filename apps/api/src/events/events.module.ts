import { Module } from '@nestjs/common';
import { PublicationFeed } from '#publishing';
import { EventStreams } from './event-streams.js';
import { EventsController } from './events.controller.js';

/** `/v1/events` */
@Module({ controllers: [EventsController], providers: [EventStreams, PublicationFeed] })
export class EventsModule {}
