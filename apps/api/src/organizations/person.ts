import { type Request } from 'express';
import { type Principal, type Whereabouts } from '#accounts';
import { Problem } from '#kernel';

/**
 * For what a person does beyond one organization.
 * @throws Problem 403 for an API key, which acts in one organization alone
 */
export function requirePerson({ via }: Principal): void {
  if (via === 'session') return;
  throw Problem.forbidden('An API key acts in one organization. Sign in to do this yourself.');
}

/** Where a request came from. */
export function whereaboutsOf(request: Request): Whereabouts {
  return { ip: request.ip, userAgent: request.get('user-agent') };
}
