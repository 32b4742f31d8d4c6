import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { AppsController } from './apps.controller.js';

/** `/v1/installation`: the apps of this installation at platforms. */
@Module({ imports: [AccountsModule], controllers: [AppsController] })
export class AppsModule {}
