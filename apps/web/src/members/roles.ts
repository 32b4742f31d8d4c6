import { type Schema } from '../api/client.js';
import { type Me } from '../api/queries.js';

/** What somebody is in the organization. */
export type OrganizationRole = Me['role'];
/** What a member is in one workspace. */
export type WorkspaceRole = Schema<'WorkspaceShareDto'>['role'];

/** Organization roles as people read them, and what they mean; the strongest last, as they are offered. */
export const ORGANIZATION_ROLES: Record<OrganizationRole, { label: string; means: string }> = {
  member: { label: 'Member', means: 'Works in the workspaces that you give them, and sees no others.' },
  support: {
    label: 'Support',
    means: 'Sees all workspaces and mends what was not published. Writes and approves nothing.',
  },
  admin: { label: 'Admin', means: 'Works in all workspaces, and manages workspaces and members.' },
  owner: { label: 'Owner', means: 'May do everything, also make owners and hand the organization over.' },
};

/** Workspace roles as people read them, and what they mean. */
export const WORKSPACE_ROLES: Record<WorkspaceRole, { label: string; means: string }> = {
  viewer: { label: 'Viewer', means: 'sees everything in it' },
  approver: { label: 'Approver', means: 'sees everything and approves posts' },
  author: { label: 'Author', means: 'writes and schedules posts' },
  manager: { label: 'Manager', means: 'writes, and manages channels and settings' },
};

/** The roles that can be given. @param owner whether that of an owner is among them */
export function offeredRoles(owner: boolean): OrganizationRole[] {
  return (Object.keys(ORGANIZATION_ROLES) as OrganizationRole[]).filter((role) => owner || role !== 'owner');
}

/** As many workspaces as a line has room for. */
const MOST_NAMED = 3;

/** What somebody is and where, in one line: `Author in North Roast, viewer in South Roast`. */
export function positionWords(
  role: OrganizationRole,
  workspaces: readonly { name: string; role: WorkspaceRole }[],
): string {
  if (role !== 'member') return `${ORGANIZATION_ROLES[role].label}, in all workspaces`;
  if (workspaces.length === 0) return 'Member without a workspace';
  const named = workspaces.slice(0, MOST_NAMED).map((there) => `${WORKSPACE_ROLES[there.role].label} in ${there.name}`);
  const rest = workspaces.length - named.length;
  const [first = '', ...others] = named;
  const words = [first, ...others.map((text) => text.charAt(0).toLowerCase() + text.slice(1))].join(', ');
  return rest > 0 ? `${words} and ${rest} more` : words;
}
