import { row, type Transaction } from '#kernel';
import { type OrganizationRole, type WorkspaceRole } from '../permissions.js';
import { type Principal } from '../principal.js';

/** Who a session stands for. */
export interface SessionPrincipal extends Principal {
  /** The organization asks for a second factor, and there is none: nothing may be done but to set one up. */
  secondFactorMissing: boolean;
}

interface Found {
  name: string;
  role: OrganizationRole;
  second_factor_missing: boolean;
  /** By workspace. */
  workspace_roles: Record<string, WorkspaceRole>;
}

/** Asked at every request of a browser, so one statement. $1 organization, $2 user. */
const SESSION_PRINCIPAL = `
  select u.name, m.role, o.second_factor_required and u.second_factor_at is null as second_factor_missing,
         (select coalesce(jsonb_object_agg(w.workspace_id, w.role), '{}') from workspace_members w
           where w.organization_id = $1 and w.user_id = $2) as workspace_roles
    from members m join users u on u.id = m.user_id join organizations o on o.id = m.organization_id
   where m.organization_id = $1 and m.user_id = $2`;

/** Who a session stands for now, with the present role; undefined for whoever is no member. For `Database.tenant`. */
export async function sessionPrincipalOf(
  tx: Transaction,
  userId: string,
  organizationId: string,
): Promise<SessionPrincipal | undefined> {
  const found = await row<Found>(tx, SESSION_PRINCIPAL, [organizationId, userId]);
  return (
    found && {
      ...{ userId, organizationId, name: found.name, role: found.role, via: 'session', key: null },
      workspaceRoles: new Map(Object.entries(found.workspace_roles)),
      secondFactorMissing: found.second_factor_missing,
    }
  );
}
