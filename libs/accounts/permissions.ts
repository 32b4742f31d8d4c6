/** What somebody is in an organization. `owner`, `admin` and `support` act in every workspace of it. */
export const ORGANIZATION_ROLES = ['owner', 'admin', 'support', 'member'] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

/** What a `member` of the organization is in one workspace. */
export const WORKSPACE_ROLES = ['manager', 'author', 'approver', 'viewer'] as const;
export type WorkspaceRole = (typeof WORKSPACE_ROLES)[number];

export type Role = OrganizationRole | WorkspaceRole;

/** One kind of thing that somebody may do. */
interface Permission {
  /** Where it is done: in the organization as a whole, or in one workspace of it. */
  in: 'organization' | 'workspace';
  /** As it follows "may": for answers and documentation. */
  may: string;
  roles: readonly Role[];
}

const STAFF = ['owner', 'admin'] as const;
const MANAGERS = [...STAFF, 'manager'] as const;
const WRITERS = [...MANAGERS, 'author'] as const;
const EVERYBODY = [...STAFF, 'support', 'member'] as const;
const EVERYBODY_THERE = [...STAFF, 'support', ...WORKSPACE_ROLES] as const;

/**
 * Who may do what: the one table from which the guard of every route, the API documentation and the buttons of the web derive.
 * `support` reads everything of its organization and mends publications, and never edits or approves.
 */
export const PERMISSIONS = {
  'organization.read': { in: 'organization', may: 'see the organization', roles: EVERYBODY },
  'organization.change': { in: 'organization', may: 'change the organization', roles: STAFF },
  'organization.pause': { in: 'organization', may: 'pause and resume the organization', roles: ['owner'] },
  'organization.transfer': { in: 'organization', may: 'hand the organization over', roles: ['owner'] },
  'members.read': { in: 'organization', may: 'see all members', roles: [...STAFF, 'support'] },
  'members.manage': { in: 'organization', may: 'invite, change and remove members', roles: STAFF },
  'audit.read': { in: 'organization', may: 'read the audit log', roles: [...STAFF, 'support'] },
  'api-keys.manage': { in: 'organization', may: 'manage their own API keys', roles: EVERYBODY },
  'api-keys.oversee': { in: 'organization', may: 'see and revoke the API keys of all members', roles: STAFF },
  'webhooks.manage': { in: 'organization', may: 'manage outgoing webhooks', roles: STAFF },
  'workspaces.manage': { in: 'organization', may: 'create, archive and restore workspaces', roles: STAFF },
  'storage.manage': { in: 'organization', may: 'set how much storage workspaces have', roles: STAFF },
  'workspace.read': { in: 'workspace', may: 'see the workspace and everything in it', roles: EVERYBODY_THERE },
  'workspace.change': { in: 'workspace', may: 'change, pause and resume the workspace', roles: MANAGERS },
  'channels.manage': { in: 'workspace', may: 'connect, disconnect, pause and resume channels', roles: MANAGERS },
  'posts.write': {
    in: 'workspace',
    may: 'write, schedule and delete posts, and upload, sort and delete media',
    roles: WRITERS,
  },
  'posts.comment': { in: 'workspace', may: 'comment on posts', roles: EVERYBODY_THERE },
  'posts.share': { in: 'workspace', may: 'give clients review links to posts', roles: WRITERS },
  'posts.approve': { in: 'workspace', may: 'approve posts', roles: [...MANAGERS, 'approver'] },
  'publications.mend': {
    in: 'workspace',
    may: 'retry, hold, release, look up and resolve publications',
    roles: [...WRITERS, 'support'],
  },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;

/** Every action, in the order of the table. */
export const ACTIONS = Object.keys(PERMISSIONS) as Action[];

/** Whether a role may do something, whatever else limits whoever has it. */
export function roleMay(role: Role, action: Action): boolean {
  return (PERMISSIONS[action].roles as readonly Role[]).includes(role);
}

/** Whether it is done in a workspace, and not in the organization as a whole. */
export function isInWorkspace(action: Action): boolean {
  return PERMISSIONS[action].in === 'workspace';
}
