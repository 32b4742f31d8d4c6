import { Module } from '@nestjs/common';
import { PlatformsController } from './platforms.controller.js';

/** `/v1/platforms` */
@Module({ controllers: [PlatformsController] })
export class PlatformsModule {}
