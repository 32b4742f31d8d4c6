import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { OrganizationsController } from './organizations.controller.js';

/** `/v1/organizations` */
@Module({ imports: [AccountsModule], controllers: [OrganizationsController] })
export class OrganizationsModule {}
