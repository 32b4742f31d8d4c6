import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AccountsModule } from '#accounts';
import { ArchivedInterceptor } from './archived.interceptor.js';
import { WorkspacesController } from './workspaces.controller.js';

/** `/v1/workspaces`, and what archiving one means for all routes. */
@Module({
  imports: [AccountsModule],
  controllers: [WorkspacesController],
  providers: [{ provide: APP_INTERCEPTOR, useClass: ArchivedInterceptor }],
})
export class WorkspacesModule {}
