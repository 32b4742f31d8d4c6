import { Module } from '@nestjs/common';
import { AccountsModule } from '#accounts';
import { AuditController } from './audit.controller.js';

/** `/v1/audit-log` */
@Module({ imports: [AccountsModule], controllers: [AuditController] })
export class AuditModule {}
