import { Module } from '@nestjs/common';
import { AccountsService } from './accounts.service.js';
import { ApiKeysService } from './api-keys.service.js';
import { AuditService } from './audit.service.js';
import { SessionStore } from './session-store.js';
import { WorkspacesService } from './workspaces.service.js';

const services = [AccountsService, ApiKeysService, AuditService, WorkspacesService, SessionStore];

/** Organizations, workspaces, members, sign-in and API keys. Needs the kernel's module. */
@Module({ providers: services, exports: services })
export class AccountsModule {}
