import { v7 as uuid } from 'uuid';
import { requestScope, type Transaction } from '#kernel';
import { type Action } from './permissions.js';

/** The longest text of where a request came from, in characters. */
const WHERE_MAX = 500;
/** The longest name of a thing, in characters: enough to know it by. */
const NAME_MAX = 200;

/** How somebody came to do something: in a browser, by a key, as the installation's operator, while signing in, as a client. */
export const AUDIT_VIAS = ['session', 'api-key', 'operator', 'sign-in', 'review-link'] as const;
export type AuditVia = (typeof AUDIT_VIAS)[number];

/** What something was done to. */
export interface AuditSubject {
  /** `workspace`, `api-key`. */
  type: string;
  id: string;
  /** As it is called at that moment. */
  name?: string | undefined;
}

/** What somebody did. */
export interface AuditEntry {
  organizationId: string;
  /** Null where nobody who is a user did it. */
  userId: string | null;
  /** The person's, the key's or the operator's. */
  name: string;
  via: AuditVia;
  apiKeyId?: string | undefined;
  /** What was asked for, as the API names it: `updatePost`. */
  operation: string;
  /** The permission under which it was done. */
  action?: Action | undefined;
  subject?: AuditSubject | undefined;
  /** Where it was done, if in one workspace alone. */
  workspaceId?: string | undefined;
  /** Never a secret: customers read it. */
  details?: Readonly<Record<string, unknown>> | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/** Adds an entry to the audit log, in the transaction of what it tells. */
export async function recordAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.query(
    `insert into audit_log (id, organization_id, user_id, name, via, api_key_id, operation, action, subject_type, subject_id,
       subject_name, workspace_id, details, ip, user_agent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
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
      entry.subject?.name?.slice(0, NAME_MAX) ?? null,
      entry.workspaceId ?? null,
      JSON.stringify(entry.details ?? {}),
      entry.ip?.slice(0, WHERE_MAX) ?? null,
      entry.userAgent?.slice(0, WHERE_MAX) ?? null,
    ],
  );
}

/** What whoever answers a request knows better than its address says. */
export interface AuditNote {
  /** What was done to, or made. */
  subject?: AuditSubject | undefined;
  /** What changed. Never a secret. */
  details?: Readonly<Record<string, unknown>> | undefined;
}

/** By the scope of the request. */
const notes = new WeakMap<object, AuditNote>();

/**
 * Names the subject of what the request that is being answered does, or adds details to its entry in the audit log. To be
 * called before the end of the transaction that makes the change; later notes add to earlier ones. Nothing happens in the
 * background, where no request is answered.
 */
export function noteForAudit({ subject, details }: AuditNote): void {
  const scope = requestScope();
  if (!scope) return;
  const before = notes.get(scope);
  notes.set(scope, {
    subject: subject ?? before?.subject,
    details: { ...before?.details, ...details },
  });
}

/** What was noted for the request that is being answered. */
export function auditNote(): AuditNote {
  const scope = requestScope();
  return (scope && notes.get(scope)) ?? {};
}
