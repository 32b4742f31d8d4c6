import { type Request } from 'express';
import { type Principal, recordAudit } from '#accounts';
import { type Transaction } from '#kernel';
import { type Need } from './may.decorator.js';

/** Writes down who did what from where, once for a request, with the first change that it makes. */
export function auditOf(
  principal: Principal,
  { action, subject }: Need,
  request: Request,
  operation: string,
): (tx: Transaction) => Promise<void> {
  const { organizationId, userId, name, via, key } = principal;
  const id = request.params['id'];
  let written = false;
  return async (tx) => {
    if (written) return;
    await recordAudit(tx, {
      ...{ organizationId, userId, name, via, apiKeyId: key?.id, operation, action },
      ...(typeof id === 'string' && { subject: { type: subject ?? typeOf(request), id } }),
      ip: request.ip,
      userAgent: request.get('user-agent'),
    });
    written = true;
  };
}

/** `/v1/api-keys/:id` is about an `api-key`. */
function typeOf({ path }: Request): string {
  return (/^\/v1\/([^/]+)/.exec(path)?.[1] ?? 'organization').replace(/s$/, '');
}
