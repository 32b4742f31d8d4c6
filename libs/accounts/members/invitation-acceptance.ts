import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, type FieldError, hashToken, Problem, row, rows, type Transaction } from '#kernel';
import { recordAudit } from '../audit.js';
import { checkPassword, hashPassword } from '../passwords.js';
import { type OrganizationRole, type WorkspaceRole } from '../permissions.js';
import { ProofService } from '../sign-in/proof.service.js';
import { type Where } from '../sign-in/where.js';
import { insertUser } from './new-rows.js';
import { type WorkspaceShare } from './rules.js';

/** An invitation as whoever holds its link sees it. */
export interface InvitationCard {
  organization: { name: string };
  /** The name of whoever invited. */
  inviter: string;
  email: string;
  role: OrganizationRole;
  workspaces: { name: string; role: WorkspaceRole }[];
  expiresAt: Date;
  /** Whether somebody signs in with this address: then they sign in to accept, else they make an account by it. */
  hasAccount: boolean;
}

/** Who accepts. */
export interface Accepting extends Where {
  /** Who is signed in. */
  userId?: string | undefined;
  /** Of an account that is to be made. */
  name?: string | undefined;
  /** The same; or that of the account that there is, from somebody who is not signed in. */
  password?: string | undefined;
}

/** What accepting led to. */
export interface Accepted {
  organizationId: string;
  userId: string;
  /** Whether the person gave a password only, and a code is asked for before they are in. */
  needsCode: boolean;
}

/** The way from a link in a mail to a membership. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly database: Database,
    private readonly proof: ProofService,
  ) {}

  /** @throws Problem 404 for a link that never was or was replaced, 410 for one that has had its time */
  async show(token: string): Promise<InvitationCard> {
    const { invitation, account } = await this.database.identity(async (tx) => {
      const found = await openInvitation(tx, token);
      return { invitation: found, account: await accountOf(tx, found.email) };
    });
    const { organization, inviter, email, role, expires_at: expiresAt } = invitation;
    const workspaces = await this.database.organization(invitation.organization_id, (tx) =>
      rows<{ name: string; role: WorkspaceRole }>(
        tx,
        `select w.name, s.role from jsonb_to_recordset($1) as s (id uuid, role text)
           join workspaces w on w.id = s.id order by w.name, w.id`,
        [JSON.stringify(invitation.workspaces)],
      ),
    );
    return {
      ...{ organization: { name: organization }, inviter, email, role, workspaces, expiresAt },
      hasAccount: account !== undefined,
    };
  }

  /**
   * Makes the invited person a member, once. Who holds the link has read the mail, so an account for its address is made here
   * without asking again. Whoever has one is signed in with it, or shows its password here: that is the only way for somebody
   * who belongs to no organization any more, and so cannot sign in.
   * @throws Problem 404 and 410 as `show`; 401 where there is an account and nothing shows whose it is; 403 for somebody else;
   * 422 for a name or password that breaks a rule or is not the account's; 429 after too many wrong ones
   */
  async accept(token: string, accepting: Accepting): Promise<Accepted> {
    const { userId, passwordHash, needsCode } = await this.whoAccepts(token, accepting);
    return this.database.identity(async (tx) => {
      const invitation = await openInvitation(tx, token, 'for update of i');
      const account = await accountOf(tx, invitation.email);
      const person =
        passwordHash === undefined
          ? requireSame(account, userId)
          : await newAccount(tx, invitation.email, accepting.name ?? '', passwordHash);
      await join(tx, invitation, person.id);
      await recordAudit(tx, {
        ...{ organizationId: invitation.organization_id, userId: person.id, name: person.name },
        ...{
          via: accepting.userId === undefined ? 'sign-in' : 'session',
          operation: 'acceptInvitation',
          details: { role: invitation.role },
        },
        ...{ subject: { type: 'invitation', id: invitation.id }, ip: accepting.ip, userAgent: accepting.userAgent },
      });
      return { organizationId: invitation.organization_id, userId: person.id, needsCode };
    });
  }

  /** Whose account accepts, or the hash of a new one's password; both are slow, so before any row is locked. */
  private async whoAccepts(token: string, accepting: Accepting): Promise<WhoAccepts> {
    const { userId, name, password } = accepting;
    const { invitation, account } = await this.database.identity(async (tx) => {
      const found = await openInvitation(tx, token);
      return { invitation: found, account: await accountOf(tx, found.email) };
    });
    if (account && userId === undefined && password !== undefined) {
      const asked = { password, field: 'password', operation: 'acceptInvitation' };
      const { secondFactorAt } = await this.proof.require(account.id, asked, accepting);
      return { userId: account.id, needsCode: secondFactorAt !== null };
    }
    if (account) return { userId: requireSame(account, userId).id, needsCode: false };
    if (userId !== undefined) throw forSomebodyElse(invitation.email);
    const broken = [...checkName(name), ...(password === undefined ? [missing('password')] : [])];
    broken.push(...(password === undefined ? [] : checkPassword(password, invitation.email)));
    if (broken.length > 0 || password === undefined) throw Problem.validation(broken);
    return { passwordHash: await hashPassword(password), needsCode: false };
  }
}

interface WhoAccepts {
  userId?: string;
  passwordHash?: string;
  needsCode: boolean;
}

interface OpenInvitation {
  id: string;
  organization_id: string;
  organization: string;
  inviter: string;
  email: string;
  role: OrganizationRole;
  workspaces: WorkspaceShare[];
  expires_at: Date;
}

interface Account {
  id: string;
  name: string;
}

async function openInvitation(tx: Transaction, token: string, lock = ''): Promise<OpenInvitation> {
  const found = await row<OpenInvitation & { over: 'accepted' | 'revoked' | 'expired' | null }>(
    tx,
    `select i.id, i.organization_id, o.name as organization, i.inviter_name as inviter, i.email, i.role, i.workspaces,
            i.expires_at,
            case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
                 when i.expires_at <= now() then 'expired' end as over
       from invitations i join organizations o on o.id = i.organization_id where i.token_hash = $1 ${lock}`,
    [hashToken(token)],
  );
  if (!found) {
    throw Problem.notFound('This link is no invitation, or a newer mail replaced it. Look for the newest mail.');
  }
  switch (found.over) {
    case null:
      return found;
    case 'accepted':
      throw new Problem('gone', 'This invitation was accepted already. Sign in to go on.');
    case 'revoked':
      throw new Problem('gone', `This invitation was withdrawn. Ask ${found.inviter} to invite you again.`);
    case 'expired':
      throw new Problem('gone', `The time of this invitation has run out. Ask ${found.inviter} to send it again.`);
  }
}

function accountOf(tx: Transaction, email: string): Promise<Account | undefined> {
  return row<Account>(tx, 'select id, name from users where lower(email) = lower($1)', [email]);
}

function requireSame(account: Account | undefined, userId: string | undefined): Account {
  if (!account || userId === undefined) {
    throw Problem.unauthorized('There is an account with this address. Sign in with it and accept again.');
  }
  if (userId !== account.id) throw forSomebodyElse();
  return account;
}

function forSomebodyElse(email?: string): Problem {
  const whom = email === undefined ? 'another address' : email;
  return Problem.forbidden(`This invitation is for ${whom}. Sign out, then open the link again.`);
}

async function newAccount(tx: Transaction, email: string, name: string, passwordHash: string): Promise<Account> {
  const user = { id: uuid(), email, name: name.trim(), passwordHash, createdAt: new Date() };
  await insertUser(tx, user);
  return user;
}

async function join(tx: Transaction, invitation: OpenInvitation, userId: string): Promise<void> {
  await tx.query('update invitations set accepted_at = now() where id = $1', [invitation.id]);
  // The link came to this address by mail alone.
  await tx.query('update users set email_verified_at = coalesce(email_verified_at, now()) where id = $1', [userId]);
  // Somebody who became a member by another way keeps what they are.
  const joined = await row(
    tx,
    `insert into members (organization_id, user_id, role) values ($1, $2, $3) on conflict do nothing returning user_id`,
    [invitation.organization_id, userId, invitation.role],
  );
  if (!joined) return;
  await tx.query(
    `insert into workspace_members (organization_id, workspace_id, user_id, role)
       select $1, s.id, $2, s.role from jsonb_to_recordset($3) as s (id uuid, role text)`,
    [invitation.organization_id, userId, JSON.stringify(invitation.workspaces)],
  );
}

function checkName(name: string | undefined): FieldError[] {
  if (name !== undefined && name.trim() !== '') return [];
  return [missing('name')];
}

function missing(field: 'name' | 'password'): FieldError {
  return {
    field,
    rule: 'isDefined',
    message: `There is no account with this address yet, and the ${field} for it is missing.`,
    remedy: field === 'name' ? 'Enter your name.' : 'Choose a password.',
  };
}
