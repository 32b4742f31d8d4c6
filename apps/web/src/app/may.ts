import { type Me, type Workspace } from '../api/queries.js';

/** What somebody may do in the organization as a whole. */
export type OrganizationAction = Me['may'][number];
/** What somebody may do in a workspace. */
export type WorkspaceAction = Workspace['may'][number];

/**
 * Whether the person may do something: in the organization, in the given workspace, or, without one, in any of theirs. The API
 * says so; no role is compared here.
 */
export function may(
  { may: inOrganization, workspaces }: Pick<Me, 'may'> & { workspaces: readonly Pick<Workspace, 'id' | 'may'>[] },
  action: OrganizationAction | WorkspaceAction,
  workspaceId?: string,
): boolean {
  if (inOrganization.some((one) => one === action)) return true;
  return workspaces.some(
    (workspace) =>
      (workspaceId === undefined || workspace.id === workspaceId) && workspace.may.some((one) => one === action),
  );
}
