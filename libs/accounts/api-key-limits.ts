import { type FieldError, Problem } from '#kernel';
import { type Action, isInWorkspace } from './permissions.js';
import { may, placesOf, type Principal } from './principal.js';

/** What a new key is limited to; what is left out is not limited further than its maker. */
export interface KeyScope {
  /** Ids of workspaces. */
  workspaces?: readonly string[] | undefined;
  actions?: readonly Action[] | undefined;
  /** When it ends. */
  expiresAt?: Date | undefined;
}

/** The limits as they are stored: null = as far as its member. */
export interface StoredScope {
  workspaceIds: string[] | null;
  actions: Action[] | null;
  expiresAt: Date | null;
}

/**
 * The limits of a new key, never wider than those of whoever makes it. Whoever may do something in a workspace has to see
 * it, so `workspace.read` comes with every other permission in workspaces.
 * @param makersEnd when the key ends that the maker uses; undefined for one that does not end, and for a session
 * @throws Problem 422 with every broken rule at once
 */
export function scopeOf(principal: Principal, scope: KeyScope, now: Date, makersEnd?: Date): StoredScope {
  const actions = withReading(scope.actions);
  const workspaceIds = scope.workspaces ? [...new Set(scope.workspaces)] : null;
  const broken = [
    ...brokenByWorkspaces(principal, workspaceIds),
    ...brokenByActions(principal, actions, workspaceIds),
    ...brokenByEnd(scope.expiresAt, now, makersEnd),
  ];
  if (broken.length > 0) throw Problem.validation(broken);
  return { workspaceIds, actions, expiresAt: scope.expiresAt ?? null };
}

function withReading(actions: readonly Action[] | undefined): Action[] | null {
  if (!actions) return null;
  return [...new Set<Action>([...(actions.some(isInWorkspace) ? (['workspace.read'] as const) : []), ...actions])];
}

function brokenByWorkspaces(principal: Principal, workspaceIds: readonly string[] | null): FieldError[] {
  const seen = placesOf(principal, 'workspace.read');
  if (workspaceIds === null) {
    if (!principal.key?.workspaces) return [];
    return [wider('workspaces', 'The key that you use is for some workspaces only.', 'Name workspaces among them.')];
  }
  if (seen === null || workspaceIds.every((id) => seen.includes(id))) return [];
  return [unknownWorkspaces()];
}

/** The words for workspaces that do not exist or are not the maker's: one is not told from the other. */
export function unknownWorkspaces(): FieldError {
  return {
    field: 'workspaces',
    rule: 'unknown',
    message: 'One of the workspaces does not exist, or you have no access to it.',
    remedy: 'Name workspaces that GET /v1/workspaces lists.',
  };
}

function brokenByActions(
  principal: Principal,
  actions: readonly Action[] | null,
  workspaceIds: readonly string[] | null,
): FieldError[] {
  if (actions === null) {
    if (!principal.key?.actions) return [];
    return [wider('actions', 'The key that you use has some permissions only.', 'Name permissions among them.')];
  }
  const places = workspaceIds ?? [undefined];
  const beyond = actions.filter((action) => !places.some((place) => may(principal, action, place)));
  const organizationWide = workspaceIds ? actions.filter((action) => isUseless(action)) : [];
  return [
    ...beyond.map((action) =>
      wider('actions', `You may not do ${action} there yourself.`, 'Leave it out, or ask for the role that may.'),
    ),
    ...organizationWide.map((action) => ({
      field: 'actions',
      rule: 'organization-wide',
      message: `${action} concerns the organization, and this key is for some workspaces.`,
      remedy: 'Leave it out, or make the key for all workspaces.',
    })),
  ];
}

/** What a key for some workspaces never may. */
function isUseless(action: Action): boolean {
  return !isInWorkspace(action) && action !== 'organization.read';
}

function brokenByEnd(expiresAt: Date | undefined, now: Date, makersEnd: Date | undefined): FieldError[] {
  if (expiresAt && expiresAt <= now) {
    const message = 'The key would have ended already.';
    return [{ field: 'expiresAt', rule: 'future', message, remedy: 'Choose a later time, or none.' }];
  }
  if (makersEnd === undefined || (expiresAt && expiresAt <= makersEnd)) return [];
  const remedy = `Choose ${makersEnd.toISOString()} or earlier.`;
  return [wider('expiresAt', 'The key that you use ends before this one would.', remedy)];
}

function wider(field: string, message: string, remedy: string): FieldError {
  return { field, rule: 'wider-than-maker', message, remedy };
}
