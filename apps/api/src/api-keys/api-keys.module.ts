import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { ApiKeysController } from './api-keys.controller.js';

/** `/v1/api-keys` */
@Module({ imports: [AccountsModule], controllers: [ApiKeysController] })
export class ApiKeysModule {}
