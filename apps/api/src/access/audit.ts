import { type Request } from 'express';
import { auditNote, type AuditSubject, type Principal, recordAudit } from '#accounts';
import { createdByRequest, type Database, type Transaction } from '#kernel';
import { changesOf, type Facts, factsOf, kindOf } from './facts.js';
import { type Need } from './may.decorator.js';

/** What a request is about, as far as its address tells. */
export interface Target {
  type: string;
  id: string;
}

/** What of a body is told, where what it asks for is no fact of its subject. Never a secret. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  transferOrganization: ['userId'],
  setApprovalWorkflow: ['mode'],
  setMediaQuota: ['allowedBytes'],
  addMediaVersion: ['mediaId'],
  decideApproval: ['decision'],
  resolvePublication: ['outcome', 'permalink'],
};

/** What concerns nobody but whoever does it, and happens all day. Of an upload it is told that the file was taken in. */
const NOT_TOLD: ReadonlySet<string> = new Set([
  'readNotification',
  'readNotifications',
  'createUpload',
  'deleteUpload',
]);

/** What is known of a request before it is answered. */
export interface Asked {
  principal: Principal;
  need: Need;
  /** What the API calls it: `updatePost`. */
  operation: string;
  /** The one workspace in which it is done. */
  workspaceId: string | undefined;
  /** How its target was before. */
  before: Facts | undefined;
}

/**
 * How the target of a request is before it is changed. Nothing where the address only says where something is made, or where
 * the request reads.
 */
export async function factsBefore(database: Database, request: Request, need: Need, organizationId: string) {
  const target = targetOf(request);
  if (!target || madeBy(request) || need.action.endsWith('.read')) return undefined;
  return database.organization(organizationId, (tx) => factsOf(tx, target.type, target.id));
}

/** Writes down who did what to what from where, once for a request, with the first change that it makes. */
export function auditOf(request: Request, asked: Asked): (tx: Transaction) => Promise<void> {
  const { principal, need, operation, workspaceId, before } = asked;
  const { organizationId, userId, name, via, key } = principal;
  let written = NOT_TOLD.has(operation);
  return async (tx) => {
    if (written) return;
    const note = auditNote();
    const subject = note.subject ?? madeSubject(request) ?? targetOf(request);
    const after = subject && (await factsOf(tx, subject.type, subject.id));
    const changes = changesOf(before, after);
    await recordAudit(tx, {
      ...{ organizationId, userId, name, via, apiKeyId: key?.id, operation, action: need.action },
      subject: subject && { name: after?.name ?? before?.name ?? undefined, ...withoutBlanks(subject) },
      workspaceId: subject?.type === 'workspace' ? subject.id : workspaceId,
      details: { ...(Object.keys(changes).length > 0 && { changes }), ...toldOf(operation, request), ...note.details },
      ip: request.ip,
      userAgent: request.get('user-agent'),
    });
    written = true;
  };
}

function toldOf(operation: string, request: Request): Record<string, unknown> {
  const body = request.body as Readonly<Record<string, unknown>> | undefined;
  const fields = (TOLD[operation] ?? []).filter((field) => body?.[field] !== undefined);
  return Object.fromEntries(fields.map((field) => [field, body?.[field]]));
}

/** A name that nobody gave is none. */
function withoutBlanks({ type, id, name }: AuditSubject): AuditSubject {
  return { type, id, ...(name !== undefined && { name }) };
}

/** The address as its route was written: `/v1/workspaces/:id/posts`. */
function patternOf(request: Request): string[] {
  const { path } = request.route as { path: string };
  return path.split('/').filter((segment) => segment !== '');
}

/** The last thing that the address names: of `/v1/organizations/:id/members/:userId` the `member`. */
function targetOf(request: Request): Target | undefined {
  const pattern = patternOf(request);
  const at = pattern.findLastIndex((segment) => segment.startsWith(':'));
  const id = request.params[pattern[at]?.slice(1) ?? ''];
  const kind = pattern[at - 1];
  return typeof id === 'string' && kind !== undefined ? { type: kind.replace(/s$/, ''), id } : undefined;
}

/** What the address makes when it is posted to: of `/v1/workspaces/:id/posts` a `post`. */
function madeBy(request: Request): string | undefined {
  return request.method === 'POST' ? kindOf(patternOf(request).at(-1) ?? '') : undefined;
}

/** What the request made, if it did. */
function madeSubject(request: Request): AuditSubject | undefined {
  const type = madeBy(request);
  const made: { id?: unknown } | undefined = createdByRequest();
  return type !== undefined && typeof made?.id === 'string' ? { type, id: made.id } : undefined;
}
