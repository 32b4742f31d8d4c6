import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, Problem, publish, row } from '#kernel';
import { Member, Organization, User } from './entities.js';
import { installationPause, type InstallationPause } from './installation.js';
import { insertOrganization, insertUser } from './members/new-rows.js';
import { noSuchOrganization, requireOwn } from './members/own-organization.js';
import { checkPassword, hashPassword, unmatchableHash, verifyPassword } from './passwords.js';
import { type OrganizationRole } from './permissions.js';
import { type Principal } from './principal.js';
import { type SessionPrincipal, sessionPrincipalOf } from './sign-in/session-principal.js';
import { checkTimeZone } from './time-zone.js';

/** What somebody enters to sign up. */
export interface SignUp {
  email: string;
  password: string;
  /** The person's. */
  name: string;
  /** The company's; the first workspace gets the same name. */
  organization: string;
  /** IANA name; UTC where it is left out. */
  timeZone?: string | undefined;
}

/** What people see of a user. */
export interface UserSummary {
  id: string;
  email: string;
  name: string;
}

/** What people see of their organization. */
export interface OrganizationSummary {
  id: string;
  name: string;
  /** Whether everything of it is held. */
  paused: boolean;
}

/** What signing up made. */
export interface SignedUp {
  user: UserSummary;
  organization: OrganizationSummary;
  workspace: { id: string };
  principal: Principal;
}

/** Users, organizations and who belongs to which. */
@Injectable()
export class AccountsService implements OnModuleInit {
  private nobody: string;

  constructor(private readonly database: Database) {}

  /** Made before the first request, so that the first unknown address takes no longer than the next. */
  async onModuleInit(): Promise<void> {
    this.nobody = await unmatchableHash();
  }

  /**
   * Creates user, organization and first workspace together.
   * @throws Problem 409 naming `email` when it is taken, 422 for a password or time zone that breaks a rule
   */
  async signUp(input: SignUp): Promise<SignedUp> {
    const broken = checkPassword(input.password, input.email);
    if (broken.length > 0) throw Problem.validation(broken);
    const timeZone = checkTimeZone(input.timeZone ?? 'UTC');
    const user = { id: uuid(), email: input.email.trim(), name: input.name };
    const passwordHash = await hashPassword(input.password);
    const { organizationId, workspaceId } = await this.database.identity(async (tx) => {
      await insertUser(tx, { ...user, passwordHash, createdAt: new Date() });
      return insertOrganization(tx, { name: input.organization, ownerId: user.id, timeZone });
    });
    return {
      user,
      organization: { id: organizationId, name: input.organization, paused: false },
      workspace: { id: workspaceId },
      principal: sessionPrincipal(user, organizationId, 'owner'),
    };
  }

  /**
   * Checks a password. Takes as long for an unknown address as for a wrong password, and answers the same.
   * @throws Problem 401; 403 for a user who belongs to no organization any more
   */
  async signIn(email: string, password: string): Promise<Principal> {
    const user = await this.database.identity((tx) =>
      tx
        .getRepository(User)
        .createQueryBuilder('u')
        .addSelect('u.passwordHash')
        .where('lower(u.email) = lower(:email)', { email: email.trim() })
        .getOne(),
    );
    const matches = await verifyPassword(user?.passwordHash ?? this.nobody, password);
    if (!user || !matches) {
      throw Problem.unauthorized('E-mail address and password do not belong together. Check both and try again.');
    }
    const member = await this.database.identity((tx) =>
      tx
        .getRepository(Member)
        .findOne({ where: { userId: user.id }, order: { createdAt: 'asc', organizationId: 'asc' } }),
    );
    if (!member) throw Problem.forbidden('You belong to no organization any more. Ask to be invited again.');
    return sessionPrincipal(user, member.organizationId, member.role);
  }

  /** Who a session stands for now; undefined once the user has left the organization. */
  sessionPrincipal(userId: string, organizationId: string): Promise<SessionPrincipal | undefined> {
    return this.database.tenant(organizationId, (tx) => sessionPrincipalOf(tx, userId, organizationId));
  }

  /** The user and organization behind a principal, and whether the installation is paused. */
  async describe(principal: Principal): Promise<{
    user: UserSummary;
    organization: OrganizationSummary;
    installation: Pick<InstallationPause, 'paused' | 'reason'>;
  }> {
    return this.database.tenant(principal.organizationId, async (tx) => {
      const user = await tx.getRepository(User).findOneByOrFail({ id: principal.userId });
      const organization = await tx.getRepository(Organization).findOneByOrFail({ id: principal.organizationId });
      const { paused, reason } = await installationPause(tx);
      return {
        user: { id: user.id, email: user.email, name: user.name },
        organization: { id: organization.id, name: organization.name, paused: organization.pausedAt !== null },
        installation: { paused, reason },
      };
    });
  }

  /**
   * Holds everything of the organization that is scheduled, or lets it go again. What is between fence and outcome is not
   * touched.
   * @throws Problem 404 for an organization other than the principal's
   */
  async setPaused(principal: Principal, organizationId: string, paused: boolean): Promise<OrganizationSummary> {
    requireOwn(principal, organizationId);
    return this.database.tenant(organizationId, async (tx) => {
      const found = await row<OrganizationSummary>(
        tx,
        `update organizations set paused_at = case when $2 then coalesce(paused_at, now()) end where id = $1
          returning id, name, paused_at is not null as paused`,
        [organizationId, paused],
      );
      if (!found) throw noSuchOrganization();
      await publish(tx, { organizationId, topic: 'pause.changed', payload: {} });
      return found;
    });
  }
}

function sessionPrincipal(
  { id: userId, name }: { id: string; name: string },
  organizationId: string,
  role: OrganizationRole,
): Principal {
  return { userId, organizationId, role, workspaceRoles: new Map(), via: 'session', key: null, name };
}
