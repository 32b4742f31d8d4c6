import { Problem } from '#kernel';

/** What somebody may do in an organization. `support` reads everything and never edits. */
export const ORGANIZATION_ROLES = ['owner', 'admin', 'support', 'member'] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

/** Who is asking: one user in one organization, by a browser session or an API key. */
export interface Principal {
  userId: string;
  organizationId: string;
  /** As it is at this request, not as it was at sign-in. */
  role: OrganizationRole;
  via: 'session' | 'api-key';
  /** Who the publishing log names: the user, or the API key. */
  name: string;
}

/**
 * @param action what is asked for, as it follows "may": `create workspaces`
 * @throws Problem 403 when the principal has none of the roles
 */
export function requireRole(principal: Principal, roles: readonly OrganizationRole[], action: string): void {
  if (roles.includes(principal.role)) return;
  throw Problem.forbidden(
    `Your role is ${principal.role}; only ${roles.join(' or ')} may ${action}. Ask one of them, or for another role.`,
  );
}
