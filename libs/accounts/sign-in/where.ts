import { type Transaction, rows } from '#kernel';
import { recordAudit } from '../audit.js';

/** Where a request came from, as the audit log and the list of sessions tell it. */
export interface Where {
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/** Something about a person's way in. */
export interface AccessEvent {
  /** As the API names it: `changePassword`. */
  operation: string;
  details?: Readonly<Record<string, string>>;
  where: Where;
}

/** Whoever tried and did not get in is nobody whom we know. */
const STRANGER = 'Somebody';

/** Writes down in each of the person's organizations what they did. For `Database.identity`. */
export function recordByUser(tx: Transaction, userId: string, event: AccessEvent): Promise<void> {
  return record(tx, userId, event, true);
}

/** Writes down in each of the person's organizations what somebody tried with their account. For `Database.identity`. */
export function recordTry(tx: Transaction, userId: string, event: AccessEvent): Promise<void> {
  return record(tx, userId, event, false);
}

async function record(
  tx: Transaction,
  userId: string,
  { operation, details, where }: AccessEvent,
  byUser: boolean,
): Promise<void> {
  const memberships = await rows<{ organization_id: string; name: string }>(
    tx,
    `select m.organization_id, u.name from members m join users u on u.id = m.user_id
      where m.user_id = $1 order by m.organization_id`,
    [userId],
  );
  for (const { organization_id: organizationId, name } of memberships) {
    await recordAudit(tx, {
      ...{ organizationId, operation, details, via: 'sign-in', ...where },
      ...(byUser ? { userId, name } : { userId: null, name: STRANGER }),
      subject: { type: 'user', id: userId },
    });
  }
}
