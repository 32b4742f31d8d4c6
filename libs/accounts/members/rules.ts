import { type FieldError, Problem, rows, type Transaction } from '#kernel';
import { type OrganizationRole, type WorkspaceRole } from '../permissions.js';

/** What a member is, or becomes, in one workspace. */
export interface WorkspaceShare {
  /** The workspace's. */
  id: string;
  role: WorkspaceRole;
}

/** Members whose rows nobody else changes until the transaction ends. */
export interface LockedMembers {
  /** How many owners there are at this moment. */
  owners: number;
  /** The role of one of those who were asked for; undefined for somebody who is no member any more. */
  roleOf(userId: string): OrganizationRole | undefined;
}

/**
 * Locks all owners of an organization and the given members. Roles are read under the lock: of two requests at the same
 * moment the second one sees what the first one left.
 */
export async function lockMembers(
  tx: Transaction,
  organizationId: string,
  userIds: readonly string[],
): Promise<LockedMembers> {
  const locked = await rows<{ user_id: string; role: OrganizationRole }>(
    tx,
    `select user_id, role from members
      where organization_id = $1 and (role = 'owner' or user_id = any($2)) order by user_id for update`,
    [organizationId, userIds],
  );
  const roles = new Map(locked.map(({ user_id: userId, role }) => [userId, role]));
  return {
    owners: locked.filter(({ role }) => role === 'owner').length,
    roleOf: (userId) => roles.get(userId),
  };
}

/**
 * Owners are made, changed and removed by owners alone.
 * @param actor the role of whoever does it
 * @param concerned every role that somebody has or would get by it
 * @throws Problem 403
 */
export function requireMayGive(actor: OrganizationRole | undefined, ...concerned: OrganizationRole[]): void {
  if (actor === 'owner' || !concerned.includes('owner')) return;
  throw Problem.forbidden('Only an owner makes, changes and removes owners. Ask one of the owners.');
}

/**
 * @param what as it follows "cannot": `leave`
 * @throws Problem 409 where it would leave the organization without an owner
 */
export function requireOtherOwner(members: LockedMembers, userId: string, what: string): void {
  if (members.roleOf(userId) !== 'owner' || members.owners > 1) return;
  throw Problem.conflict(
    `The only owner of an organization cannot ${what}. Hand the organization over first, or make somebody else an owner.`,
  );
}

/**
 * That workspaces can be given: they are the organization's, each is named once, and the role needs them.
 * @throws Problem 422 naming each that cannot
 */
export async function checkShares(
  tx: Transaction,
  organizationId: string,
  role: OrganizationRole,
  shares: readonly WorkspaceShare[],
): Promise<void> {
  if (shares.length === 0) return;
  if (role !== 'member') {
    throw Problem.validation([
      {
        field: 'workspaces',
        rule: 'members-only',
        message: `The role ${role} works in every workspace.`,
        remedy: 'Leave the workspaces out, or choose the role member.',
      },
    ]);
  }
  const found = await rows<{ id: string }>(
    tx,
    'select id from workspaces where organization_id = $1 and id = any($2)',
    [organizationId, shares.map(({ id }) => id)],
  );
  const known = new Set(found.map(({ id }) => id));
  const broken = shares.flatMap(({ id }, index): FieldError[] => {
    const field = `workspaces/${index}/id`;
    if (!known.has(id.toLowerCase())) {
      return [
        {
          field,
          rule: 'exists',
          message: 'There is no such workspace in the organization.',
          remedy: 'Use the id of one of its workspaces.',
        },
      ];
    }
    if (shares.findIndex((share) => share.id.toLowerCase() === id.toLowerCase()) < index) {
      return [
        {
          field,
          rule: 'unique',
          message: 'The workspace is named twice.',
          remedy: 'Give one role in each workspace.',
        },
      ];
    }
    return [];
  });
  if (broken.length > 0) throw Problem.validation(broken);
}
