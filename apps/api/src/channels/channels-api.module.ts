import { Module } from '@nestjs/common';
import { PublishingModule } from '#publishing';
import { ChannelsController } from './channels.controller.js';

/** `/v1/channels` */
@Module({ imports: [PublishingModule], controllers: [ChannelsController] })
export class ChannelsApiModule {}
