import { type Request } from 'express';
import { type Where } from '#accounts';

/** Where a request comes from. Texts are cut: they are kept, and their senders choose them. */
export function whereOf(request: Request): Where {
  return { ip: request.ip, userAgent: request.get('user-agent')?.slice(0, 500) };
}
