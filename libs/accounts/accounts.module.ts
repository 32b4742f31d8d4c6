import { Module } from '@nestjs/common';
import { AccountsService } from './accounts.service.js';
import { ApiKeysService } from './api-keys.service.js';
import { AuditService } from './audit.service.js';
import { InvitationAcceptance, InvitationsService, MembersService, OrganizationsService } from './members/index.js';
import { OperatorsService } from './operators.service.js';
import { SessionStore } from './session-store.js';
import { EmailVerificationService } from './sign-in/email-verification.service.js';
import { OutsideIdentitiesService } from './sign-in/outside-identities.service.js';
import { PasswordsService } from './sign-in/passwords.service.js';
import { ProofService } from './sign-in/proof.service.js';
import { SecondFactorService } from './sign-in/second-factor.service.js';
import { SecurityService } from './sign-in/security.service.js';
import { SessionsService } from './sign-in/sessions.service.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { Throttle } from './sign-in/throttle.js';
import { WorkspacesService } from './workspaces.service.js';

const members = [InvitationAcceptance, InvitationsService, MembersService, OrganizationsService];
const services = [
  ...members,
  AccountsService,
  ApiKeysService,
  AuditService,
  OperatorsService,
  WorkspacesService,
  SessionStore,
  Throttle,
  ProofService,
  SignInService,
  PasswordsService,
  EmailVerificationService,
  SecondFactorService,
  SecurityService,
  SessionsService,
  OutsideIdentitiesService,
];

/** Organizations, workspaces, members, sign-in and API keys. Needs the kernel's module. */
@Module({ providers: services, exports: services })
export class AccountsModule {}
