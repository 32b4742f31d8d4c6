import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows, type Transaction } from '#kernel';
import { type OrganizationRole, type Role, type WorkspaceRole } from '../permissions.js';
import { type Principal } from '../principal.js';
import { requireOwn } from './own-organization.js';
import { checkShares, lockMembers, requireMayGive, requireOtherOwner, type WorkspaceShare } from './rules.js';

/** A member as those see them who see all members. */
export interface MemberSummary {
  id: string;
  email: string;
  name: string;
  role: OrganizationRole;
  /** When they joined. */
  since: Date;
  /** What a `member` is in which workspace; empty for the other roles, who work in all. */
  workspaces: { id: string; name: string; role: WorkspaceRole }[];
}

/** Somebody who works in a workspace, as the others there see them. */
export interface ColleagueSummary {
  id: string;
  name: string;
  /** The role in the workspace, or in the organization where that one counts everywhere. */
  role: Role;
}

/** What `change` changes; what is left out stays. */
export interface MemberChanges {
  role?: OrganizationRole | undefined;
  /** All of them: a workspace that is not named is taken away. */
  workspaces?: readonly WorkspaceShare[] | undefined;
}

interface Range {
  limit: number;
  after?: string | undefined;
}

/** Who belongs to an organization and what they are in it. */
@Injectable()
export class MembersService {
  constructor(private readonly database: Database) {}

  /**
   * In the order of their user ids, at most `limit`, those after `after`.
   * @throws Problem 404 for an organization other than the principal's
   */
  async list(principal: Principal, organizationId: string, { limit, after }: Range): Promise<MemberSummary[]> {
    requireOwn(principal, organizationId);
    return this.database.organization(organizationId, (tx) =>
      rows<MemberSummary>(tx, `${MEMBERS} and ($2::uuid is null or m.user_id > $2) order by m.user_id limit $3`, [
        organizationId,
        after ?? null,
        limit,
      ]),
    );
  }

  /** Those who work in a workspace, in the order of their user ids. Nobody where there is no such workspace. */
  async inWorkspace(principal: Principal, workspaceId: string, { limit, after }: Range): Promise<ColleagueSummary[]> {
    return this.database.tenant(principal.organizationId, (tx) =>
      rows<ColleagueSummary>(
        tx,
        `select u.id, u.name, coalesce(w.role, m.role) as role
           from members m join users u on u.id = m.user_id
           left join workspace_members w on w.workspace_id = $2 and w.user_id = m.user_id
          where m.organization_id = $1 and (m.role <> 'member' or w.role is not null)
            and exists (select 1 from workspaces where id = $2) and ($3::uuid is null or m.user_id > $3)
          order by m.user_id limit $4`,
        [principal.organizationId, workspaceId, after ?? null, limit],
      ),
    );
  }

  /**
   * Changes a member's role or workspaces. It counts from their next request on.
   * @throws Problem 404, 403 where an owner is concerned and none asks, 409 for the last owner, 422 for workspaces that
   * cannot be given
   */
  async change(
    principal: Principal,
    organizationId: string,
    userId: string,
    { role, workspaces }: MemberChanges,
  ): Promise<MemberSummary> {
    requireOwn(principal, organizationId);
    return this.database.organization(organizationId, async (tx) => {
      const members = await lockMembers(tx, organizationId, [principal.userId, userId]);
      const before = members.roleOf(userId);
      if (!before) throw noSuchMember();
      const after = role ?? before;
      requireMayGive(members.roleOf(principal.userId), before, after);
      if (after !== 'owner') requireOtherOwner(members, userId, 'become something else');
      await checkShares(tx, organizationId, after, workspaces ?? []);
      await tx.query('update members set role = $3 where organization_id = $1 and user_id = $2', [
        organizationId,
        userId,
        after,
      ]);
      // Roles that count everywhere need none in a workspace, and must not gain by one.
      const shares = after === 'member' ? workspaces : [];
      if (shares) await replaceShares(tx, organizationId, userId, shares);
      return memberOf(tx, organizationId, userId);
    });
  }

  /**
   * Ends a membership with its sessions and API keys.
   * @throws Problem 404, 403 where an owner is concerned and none asks, 409 for the last owner
   */
  async remove(principal: Principal, organizationId: string, userId: string): Promise<void> {
    requireOwn(principal, organizationId);
    await this.database.organization(organizationId, async (tx) => {
      const members = await lockMembers(tx, organizationId, [principal.userId, userId]);
      const role = members.roleOf(userId);
      if (!role) throw noSuchMember();
      requireMayGive(members.roleOf(principal.userId), role);
      requireOtherOwner(members, userId, 'leave it');
      await tx.query('update api_keys set revoked_at = now() where user_id = $1 and revoked_at is null', [userId]);
      await tx.query('delete from sessions where organization_id = $1 and user_id = $2', [organizationId, userId]);
      await tx.query('delete from members where organization_id = $1 and user_id = $2', [organizationId, userId]);
    });
  }

  /**
   * Makes another member the owner in the principal's place, who stays as an admin. Other owners stay what they are.
   * @throws Problem 404, 403 where the principal is no owner any more, 422 for handing it to oneself
   */
  async transfer(principal: Principal, organizationId: string, userId: string): Promise<MemberSummary> {
    requireOwn(principal, organizationId);
    if (userId === principal.userId) throw ownAlready();
    return this.database.organization(organizationId, async (tx) => {
      const members = await lockMembers(tx, organizationId, [principal.userId, userId]);
      if (!members.roleOf(userId)) throw noSuchMember();
      requireMayGive(members.roleOf(principal.userId), 'owner');
      await tx.query(
        `update members set role = case user_id when $2 then 'owner' else 'admin' end
          where organization_id = $1 and user_id in ($2, $3)`,
        [organizationId, userId, principal.userId],
      );
      await replaceShares(tx, organizationId, userId, []);
      return memberOf(tx, organizationId, userId);
    });
  }
}

const MEMBERS = `
  select u.id, u.email, u.name, m.role, m.created_at as since,
         coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name, 'role', s.role) order by w.name, w.id)
                     from workspace_members s join workspaces w on w.id = s.workspace_id
                    where s.organization_id = $1 and s.user_id = m.user_id), '[]') as workspaces
    from members m join users u on u.id = m.user_id where m.organization_id = $1`;

async function memberOf(tx: Transaction, organizationId: string, userId: string): Promise<MemberSummary> {
  const found = await row<MemberSummary>(tx, `${MEMBERS} and m.user_id = $2`, [organizationId, userId]);
  if (!found) throw noSuchMember();
  return found;
}

async function replaceShares(
  tx: Transaction,
  organizationId: string,
  userId: string,
  shares: readonly WorkspaceShare[],
): Promise<void> {
  await tx.query(
    'delete from workspace_members where organization_id = $1 and user_id = $2 and workspace_id <> all($3::uuid[])',
    [organizationId, userId, shares.map(({ id }) => id)],
  );
  await tx.query(
    `insert into workspace_members (organization_id, workspace_id, user_id, role)
       select $1, s.id, $2, s.role from jsonb_to_recordset($3) as s (id uuid, role text)
       on conflict (workspace_id, user_id) do update set role = excluded.role`,
    [organizationId, userId, JSON.stringify(shares)],
  );
}

function noSuchMember(): Problem {
  return Problem.notFound('There is no such member in the organization.');
}

function ownAlready(): Problem {
  return Problem.validation([
    {
      field: 'userId',
      rule: 'somebody-else',
      message: 'You are an owner of the organization already.',
      remedy: 'Choose another member.',
    },
  ]);
}
