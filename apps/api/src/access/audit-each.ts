import { type Request } from 'express';
import { type Action, noteForAudit, type Principal } from '#accounts';
import { type Database, requestScope, withRequestScope } from '#kernel';
import { auditOf } from './audit.js';
import { factsOf } from './facts.js';

/** One of the things to which a request does the same. */
export interface AuditedPart {
  /** What the same is called when it is asked for one thing alone: `decideApproval`. */
  operation: string;
  action: Action;
  /** Where the thing lies: nothing else is seen meanwhile. */
  workspaceId: string;
  subject: { type: string; id: string };
  /** What is told of it. Never a secret. */
  details: Readonly<Record<string, unknown>>;
}

/**
 * Does one of several things that a request asks for as if it were a request of its own, with an entry of its own in the audit
 * log where it changes something.
 */
export async function auditedApart<T>(
  database: Database,
  request: Request,
  principal: Principal,
  { operation, action, workspaceId, subject, details }: AuditedPart,
  work: () => Promise<T>,
): Promise<T> {
  const { organizationId } = principal;
  const before = await database.organization(organizationId, (tx) => factsOf(tx, subject.type, subject.id));
  return withRequestScope(() => {
    const scope = requestScope();
    if (!scope) throw new Error('There is no scope within one.');
    scope.workspaces = [workspaceId];
    scope.beforeCommit = auditOf(request, { principal, need: { action }, operation, workspaceId, before });
    noteForAudit({ subject, details });
    return work();
  });
}
