import { v7 as uuid } from 'uuid';
import { type Transaction } from '#kernel';
import { type Action } from './permissions.js';
import { type Principal } from './principal.js';

/** The longest text of where a request came from, in characters. */
const WHERE_MAX = 500;

/** What somebody did. */
export interface AuditEntry {
  organizationId: string;
  /** Null where nobody who is a user did it. */
  userId: string | null;
  /** The person's, the key's or the operator's. */
  name: string;
  via: Principal['via'] | 'operator' | 'sign-in';
  apiKeyId?: string | undefined;
  /** What was asked for, as the API names it: `updatePost`. */
  operation: string;
  /** The permission under which it was done. */
  action?: Action | undefined;
  subject?: { type: string; id: string } | undefined;
  /** Never a secret: customers read it. */
  details?: Readonly<Record<string, unknown>> | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/** Adds an entry to the audit log, in the transaction of what it tells. */
export async function recordAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.query(
    `insert into audit_log (id, organization_id, user_id, name, via, api_key_id, operation, action, subject_type, subject_id,
       details, ip, user_agent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      uuid(),
      entry.organizationId,
      entry.userId,
      entry.name,
      entry.via,
      entry.apiKeyId ?? null,
      entry.operation,
      entry.action ?? null,
      entry.subject?.type ?? null,
      entry.subject?.id ?? null,
      JSON.stringify(entry.details ?? {}),
      entry.ip?.slice(0, WHERE_MAX) ?? null,
      entry.userAgent?.slice(0, WHERE_MAX) ?? null,
    ],
  );
}
