import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { AuthModule } from '../auth/auth.module.js';
import { AcceptanceController } from './acceptance.controller.js';
import { InvitationsController } from './invitations.controller.js';

/** Invitations to an organization, from both ends. */
@Module({ imports: [AccountsModule, AuthModule], controllers: [InvitationsController, AcceptanceController] })
export class InvitationsModule {}
