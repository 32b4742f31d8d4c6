import { Module } from '@nestjs/common';
import { ChannelsController } from './channels.controller.js';

/** `/v1/channels` */
@Module({ controllers: [ChannelsController] })
export class ChannelsApiModule {}
