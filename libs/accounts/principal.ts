import { Problem } from '#kernel';
import {
  type Action,
  ACTIONS,
  isInWorkspace,
  type OrganizationRole,
  PERMISSIONS,
  roleMay,
  type WorkspaceRole,
} from './permissions.js';

/** Who is asking: one user in one organization, by a browser session or an API key. */
export interface Principal {
  userId: string;
  organizationId: string;
  /** As it is at this request, not as it was at sign-in. */
  role: OrganizationRole;
  /** What a `member` is in the workspaces that were given to them; empty for the other roles, who act in all. */
  workspaceRoles: ReadonlyMap<string, WorkspaceRole>;
  via: 'session' | 'api-key';
  /** What an API key is limited to within what its member may do; null = no further. */
  key: KeyLimits | null;
  /** Who the publishing log names: the user, or the API key. */
  name: string;
}

/** The limits of an API key. */
export interface KeyLimits {
  id: string;
  /** null = every workspace of its member. */
  workspaces: ReadonlySet<string> | null;
  /** null = everything that its member may. */
  actions: ReadonlySet<Action> | null;
}

/**
 * Whether the principal may do something: in the organization, in the given workspace, or, without one, in any workspace.
 * Whether the workspace is one of the organization's is the database's to know.
 */
export function may(principal: Principal, action: Action, workspaceId?: string): boolean {
  const { role, workspaceRoles, key } = principal;
  if (key?.actions && !key.actions.has(action)) return false;
  // A key for some workspaces does nothing to the organization that they lie in.
  if (!isInWorkspace(action)) return roleMay(role, action) && (!key?.workspaces || action === 'organization.read');
  if (workspaceId === undefined) {
    const places = placesOf(principal, action);
    return places === null || places.length > 0;
  }
  if (key?.workspaces && !key.workspaces.has(workspaceId)) return false;
  const there = workspaceRoles.get(workspaceId);
  return roleMay(role, action) || (there !== undefined && roleMay(there, action));
}

/** The workspaces in which the principal may do something; null = all of the organization. */
export function placesOf(principal: Principal, action: Action): string[] | null {
  const { role, workspaceRoles, key } = principal;
  if (key?.actions && !key.actions.has(action)) return [];
  if (roleMay(role, action)) return key?.workspaces ? [...key.workspaces] : null;
  return [...workspaceRoles]
    .filter(([id, there]) => roleMay(there, action) && (!key?.workspaces || key.workspaces.has(id)))
    .map(([id]) => id);
}

/** What the principal may do in a workspace, in the order of the table. */
export function actionsIn(principal: Principal, workspaceId: string): Action[] {
  return ACTIONS.filter((action) => isInWorkspace(action) && may(principal, action, workspaceId));
}

/** What the principal may do in the organization, in the order of the table. */
export function actionsInOrganization(principal: Principal): Action[] {
  return ACTIONS.filter((action) => !isInWorkspace(action) && may(principal, action));
}

/**
 * @param workspaceId where; left out for what is done in the organization, or anywhere in it
 * @throws Problem 403 that says who may, when the principal may not
 */
export function requireMay(principal: Principal, action: Action, workspaceId?: string): void {
  if (may(principal, action, workspaceId)) return;
  const { may: words, roles } = PERMISSIONS[action];
  const { key, role, workspaceRoles } = principal;
  if (key && may({ ...principal, key: null }, action, workspaceId)) {
    throw Problem.forbidden(
      `This API key is not for that: it may not ${words}. Use another key, or make one with this permission.`,
    );
  }
  const there = (workspaceId !== undefined && workspaceRoles.get(workspaceId)) || role;
  throw Problem.forbidden(
    `Your role is ${there}; only ${roles.join(', ').replace(/, ([^,]*)$/, ' or $1')} may ${words}. Ask one of them, or for another role.`,
  );
}
