import { getRouteApi, useParams } from '@tanstack/react-router';
import { type Me, type Workspace } from '../api/queries.js';
import { may, type OrganizationAction, type WorkspaceAction } from './may.js';

const signedIn = getRouteApi('/signed-in');
const workspaceRoute = getRouteApi('/signed-in/w/$workspaceId');

/** Who is signed in. For every screen but sign-in and sign-up. */
export function useMe(): Me {
  return signedIn.useRouteContext().me;
}

/** The workspace whose screen this is. For screens below `/w/$workspaceId`. */
export function useWorkspace(): Workspace {
  return workspaceRoute.useRouteContext().workspace;
}

/**
 * Whether the person may do something: what every button asks before it is shown.
 * @param workspaceId where; left out, the workspace whose screen this is, and any of them on a screen of all workspaces
 */
export function useMay(action: OrganizationAction | WorkspaceAction, workspaceId?: string): boolean {
  const { workspaceId: open } = useParams({ strict: false });
  return may(useMe(), action, workspaceId ?? open);
}
