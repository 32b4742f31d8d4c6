import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { WorkspacesController } from './workspaces.controller.js';

/** `/v1/workspaces` */
@Module({ imports: [AccountsModule], controllers: [WorkspacesController] })
export class WorkspacesModule {}
