import { type OrganizationRole, type WorkspaceRole } from './roles.js';

/** What somebody is to be, as a form holds it. */
export interface Position {
  role: OrganizationRole;
  /** For the role member: what they are where, in the order in which it was chosen. */
  workspaces: { id: string; name: string; role: WorkspaceRole }[];
}

/** What a new member begins with. */
export const NEW_POSITION: Position = { role: 'member', workspaces: [] };

/** As the API takes it: roles that work everywhere have no workspaces. */
export function positionBody({ role, workspaces }: Position) {
  return { role, workspaces: role === 'member' ? workspaces.map(({ id, role: there }) => ({ id, role: there })) : [] };
}

/** With one more workspace, in which one begins by looking. */
export function withWorkspace(position: Position, workspace: { id: string; name: string }): Position {
  const { id, name } = workspace;
  return { ...position, workspaces: [...position.workspaces, { id, name, role: 'viewer' }] };
}

/** With another role in one of its workspaces. */
export function withRoleIn(position: Position, id: string, role: WorkspaceRole): Position {
  return { ...position, workspaces: position.workspaces.map((one) => (one.id === id ? { ...one, role } : one)) };
}

/** Without one of its workspaces. */
export function withoutWorkspace(position: Position, id: string): Position {
  return { ...position, workspaces: position.workspaces.filter((one) => one.id !== id) };
}
