import { Injectable } from '@nestjs/common';
import { Database, type IdempotencyClaim, once, row, rows, type Transaction } from '#kernel';
import { recordAudit } from '../audit.js';
import { type OrganizationSummary } from '../accounts.service.js';
import { type OrganizationRole } from '../permissions.js';
import { type Principal } from '../principal.js';
import { type Where } from '../sign-in/where.js';
import { checkTimeZone } from '../time-zone.js';
import { insertOrganization } from './new-rows.js';
import { noSuchOrganization, requireOwn } from './own-organization.js';

/** One of a person's organizations. */
export interface Membership {
  id: string;
  name: string;
  role: OrganizationRole;
  /** Whether the principal is in this one now. */
  current: boolean;
}

/** A further organization of somebody who has an account. */
export interface FurtherOrganization {
  name: string;
  /** IANA name; UTC where it is left out. */
  timeZone?: string | undefined;
  /** The name of the first workspace; the organization's where it is left out. */
  workspace?: string | undefined;
}

/** The organizations of a person, and what an organization is called. */
@Injectable()
export class OrganizationsService {
  constructor(private readonly database: Database) {}

  /** Every organization of the person, by name. An API key knows its own alone. */
  async mine({ userId, organizationId, via }: Principal): Promise<Membership[]> {
    return this.database.identity((tx) =>
      rows<Membership>(
        tx,
        `select o.id, o.name, m.role, o.id = $2 as current from members m join organizations o on o.id = m.organization_id
          where m.user_id = $1 and ($3 or o.id = $2) order by lower(o.name), o.id`,
        [userId, organizationId, via === 'session'],
      ),
    );
  }

  /**
   * Creates an organization of which the person is the owner, with its first workspace.
   * @throws Problem 422 for an unknown time zone
   */
  async create(
    { userId, name, via, organizationId: current }: Principal,
    input: FurtherOrganization,
    where: Where,
    claim: IdempotencyClaim | undefined,
  ): Promise<{ organization: OrganizationSummary; workspace: { id: string } }> {
    const timeZone = checkTimeZone(input.timeZone ?? 'UTC');
    const make = async (tx: Transaction) => {
      const { organizationId, workspaceId } = await insertOrganization(tx, { ...input, ownerId: userId, timeZone });
      const subject = { type: 'organization', id: organizationId };
      await recordAudit(tx, {
        ...{ organizationId, userId, name, via, ...where },
        ...{ operation: 'createOrganization', subject },
      });
      return {
        organization: { id: organizationId, name: input.name, paused: false },
        workspace: { id: workspaceId },
      };
    };
    return once(this.database, current, claim, make, 'identity');
  }

  /** @throws Problem 404 for an organization other than the principal's */
  async rename(principal: Principal, organizationId: string, name: string): Promise<OrganizationSummary> {
    requireOwn(principal, organizationId);
    return this.database.organization(organizationId, async (tx) => {
      const found = await row<OrganizationSummary>(
        tx,
        'update organizations set name = $2 where id = $1 returning id, name, paused_at is not null as paused',
        [organizationId, name],
      );
      if (!found) throw noSuchOrganization();
      return found;
    });
  }

  /** Writes down that a person goes on in another of their organizations. */
  async recordSwitch({ organizationId, userId, name, via }: Principal, where: Where): Promise<void> {
    // Not the tenant's transaction: the request is about the organization that is left.
    await this.database.identity((tx) =>
      recordAudit(tx, { organizationId, userId, name, via, ...where, operation: 'switchOrganization' }),
    );
  }
}
