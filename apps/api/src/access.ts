import { type Principal, requireRole } from '#accounts';
import { type Actor } from '#publishing';

/** @throws Problem 403 for support staff, who read everything and change nothing that people wrote or connected */
export function requireEditor(principal: Principal, action: string): void {
  requireRole(principal, ['owner', 'admin', 'member'], action);
}

/** Who the publishing log names. */
export function actorOf({ userId, name }: Principal): Actor {
  return { type: 'user', id: userId, name };
}
