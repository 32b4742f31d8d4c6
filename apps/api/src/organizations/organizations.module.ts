import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { AuthModule } from '../auth/auth.module.js';
import { MembersController } from './members.controller.js';
import { MembershipsController } from './memberships.controller.js';
import { OrganizationsController } from './organizations.controller.js';

/** `/v1/organizations`, and which of them are a person's. */
@Module({
  imports: [AccountsModule, AuthModule],
  controllers: [OrganizationsController, MembersController, MembershipsController],
})
export class OrganizationsModule {}
