import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  CONFIG,
  type Config,
  Database,
  hashToken,
  type IdempotencyClaim,
  isMailAddress,
  MailQueue,
  once,
  Problem,
  randomToken,
  row,
  rows,
  type Transaction,
  violatedUnique,
} from '#kernel';
import { type OrganizationRole, type WorkspaceRole } from '../permissions.js';
import { type Principal } from '../principal.js';
import { invitationLetter } from './letter.js';
import { requireOwn } from './own-organization.js';
import { checkShares, requireMayGive, type WorkspaceShare } from './rules.js';

/** How long an invitation can be accepted, in days. */
export const INVITATION_DAYS = 7;

/** Whom somebody invites, and what they would be. */
export interface NewInvitation {
  email: string;
  role: OrganizationRole;
  /** For a `member`: what they are to be where. */
  workspaces: readonly WorkspaceShare[];
}

/** An invitation that nobody has accepted or withdrawn. */
export interface InvitationSummary {
  id: string;
  email: string;
  role: OrganizationRole;
  workspaces: { id: string; name: string; role: WorkspaceRole }[];
  /** The name of whoever invited. */
  inviter: string;
  /** When its mail was last written. */
  sentAt: string;
  expiresAt: string;
  /** Whether its time has run out: sent again, it can be accepted again. */
  expired: boolean;
}

/** Invitations as those see them who manage members. Who accepts one is `InvitationAcceptance`'s. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly database: Database,
    private readonly mail: MailQueue,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The open ones in the order of their ids, at most `limit`, those after `after`. */
  async list(
    principal: Principal,
    organizationId: string,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<InvitationSummary[]> {
    requireOwn(principal, organizationId);
    const found = await this.database.organization(organizationId, (tx) =>
      rows<Stored>(tx, `${OPEN} and ($2::uuid is null or i.id > $2) order by i.id limit $3`, [
        organizationId,
        after ?? null,
        limit,
      ]),
    );
    return found.map(summary);
  }

  /**
   * Invites somebody by e-mail.
   * @throws Problem 403 where only an owner may, 409 for somebody who is a member or invited already, 422 for an address or
   * workspaces that cannot be
   */
  async create(
    principal: Principal,
    organizationId: string,
    input: NewInvitation,
    claim?: IdempotencyClaim,
  ): Promise<InvitationSummary> {
    requireOwn(principal, organizationId);
    requireMayGive(principal.role, input.role);
    const email = input.email.trim();
    if (!isMailAddress(email)) throw noAddress();
    return once(
      this.database,
      organizationId,
      claim,
      async (tx) => {
        await checkShares(tx, organizationId, input.role, input.workspaces);
        await requireNewcomer(tx, organizationId, email);
        const [id, token] = [uuid(), randomToken()];
        await insert(tx, { ...input, id, email, organizationId, invitedBy: principal.userId, token });
        return this.send(tx, organizationId, id, token);
      },
      'organization',
    );
  }

  /**
   * Sends an invitation again: under a new link for another week. The link of the mail before is worth nothing any more.
   * @throws Problem 404, 403 where only an owner may
   */
  async resend(principal: Principal, organizationId: string, id: string): Promise<InvitationSummary> {
    requireOwn(principal, organizationId);
    return this.database.organization(organizationId, async (tx) => {
      const token = randomToken();
      const found = await row<{ role: OrganizationRole }>(
        tx,
        `update invitations set token_hash = $3, sent_at = now(), expires_at = now() + make_interval(days => $4)
          where organization_id = $1 and id = $2 and accepted_at is null and revoked_at is null returning role`,
        [organizationId, id, hashToken(token), INVITATION_DAYS],
      );
      if (!found) throw noSuchInvitation();
      requireMayGive(principal.role, found.role);
      return this.send(tx, organizationId, id, token);
    });
  }

  /**
   * Withdraws an invitation: its link is worth nothing any more.
   * @throws Problem 404
   */
  async revoke(principal: Principal, organizationId: string, id: string): Promise<void> {
    requireOwn(principal, organizationId);
    const revoked = await this.database.organization(organizationId, (tx) =>
      row(
        tx,
        `update invitations set revoked_at = now()
          where organization_id = $1 and id = $2 and accepted_at is null and revoked_at is null returning id`,
        [organizationId, id],
      ),
    );
    if (!revoked) throw noSuchInvitation();
  }

  private async send(tx: Transaction, organizationId: string, id: string, token: string): Promise<InvitationSummary> {
    const stored = await row<Stored>(tx, `${OPEN} and i.id = $2`, [organizationId, id]);
    if (!stored) throw noSuchInvitation();
    const { organization, email, expires_at: expiresAt } = stored;
    const invitation = summary(stored);
    const address = `${this.config.publicUrl}/invitation/${token}`;
    await this.mail.add(tx, {
      to: { address: email },
      organizationId,
      kind: 'invitation',
      letter: invitationLetter({ ...invitation, organization, address, expiresAt }),
    });
    return invitation;
  }
}

interface Stored {
  id: string;
  email: string;
  role: OrganizationRole;
  workspaces: InvitationSummary['workspaces'];
  inviter: string;
  organization: string;
  sent_at: Date;
  expires_at: Date;
  expired: boolean;
}

const OPEN = `
  select i.id, i.email, i.role, i.inviter_name as inviter, o.name as organization, i.sent_at, i.expires_at,
         i.expires_at <= now() as expired,
         coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name, 'role', s.role) order by w.name, w.id)
                     from jsonb_to_recordset(i.workspaces) as s (id uuid, role text)
                     join workspaces w on w.id = s.id), '[]') as workspaces
    from invitations i join organizations o on o.id = i.organization_id
   where i.organization_id = $1 and i.accepted_at is null and i.revoked_at is null`;

async function insert(
  tx: Transaction,
  invitation: NewInvitation & { id: string; organizationId: string; invitedBy: string; token: string },
): Promise<void> {
  const { id, organizationId, email, role, workspaces, invitedBy, token } = invitation;
  try {
    await tx.query(
      `insert into invitations (id, organization_id, email, role, workspaces, token_hash, invited_by, inviter_name, expires_at)
         select $1, $2, $3, $4, $5, $6, u.id, u.name, now() + make_interval(days => $8) from users u where u.id = $7`,
      [id, organizationId, email, role, JSON.stringify(workspaces), hashToken(token), invitedBy, INVITATION_DAYS],
    );
  } catch (error) {
    if (violatedUnique(error) !== 'invitations_open') throw error;
    throw taken('invited', 'This address has an invitation.', 'Send the invitation again, or withdraw it first.');
  }
}

/** An invitation whose time has run out makes room for a new one. */
async function requireNewcomer(tx: Transaction, organizationId: string, email: string): Promise<void> {
  const member = await row(
    tx,
    `select 1 from members m join users u on u.id = m.user_id
      where m.organization_id = $1 and lower(u.email) = lower($2)`,
    [organizationId, email],
  );
  if (member) throw taken('member', 'This person is a member already.', 'Change their role among the members.');
  await tx.query(
    `update invitations set revoked_at = now() where organization_id = $1 and lower(email) = lower($2)
       and accepted_at is null and revoked_at is null and expires_at <= now()`,
    [organizationId, email],
  );
}

function summary(stored: Stored): InvitationSummary {
  const { id, email, role, workspaces, inviter, sent_at: sentAt, expires_at: expiresAt, expired } = stored;
  return {
    ...{ id, email, role, workspaces, inviter, expired },
    ...{ sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() },
  };
}

function taken(rule: string, message: string, remedy: string): Problem {
  return new Problem('already-exists', `${message} ${remedy}`, { errors: [{ field: 'email', rule, message, remedy }] });
}

function noAddress(): Problem {
  return Problem.validation([
    {
      field: 'email',
      rule: 'isEmail',
      message: 'No mail can be sent to this address.',
      remedy: 'Enter an address like name@example.com.',
    },
  ]);
}

function noSuchInvitation(): Problem {
  return Problem.notFound('There is no such invitation, or it was accepted or withdrawn.');
}
