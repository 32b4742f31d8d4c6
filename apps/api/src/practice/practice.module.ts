import { Module } from '@nestjs/common';
import { PracticeFeed } from './practice-feed.js';
import { PracticeNetworks } from './practice-networks.js';
import { PracticeController } from './practice.controller.js';

/** `/v1/practice` */
@Module({ controllers: [PracticeController], providers: [PracticeFeed, PracticeNetworks] })
export class PracticeModule {}
