import { getRouteApi } from '@tanstack/react-router';
import { type Me, type Workspace } from '../api/queries.js';

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

/** Whether the person may write, schedule and connect; support staff look and mend. */
export function useMayEdit(): boolean {
  return useMe().role !== 'support';
}
