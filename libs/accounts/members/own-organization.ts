import { Problem } from '#kernel';
import { type Principal } from '../principal.js';

/** @throws Problem 404 for an organization other than the principal's, so that nobody learns of it */
export function requireOwn(principal: Principal, organizationId: string): void {
  if (organizationId !== principal.organizationId) throw noSuchOrganization();
}

/** 404 */
export function noSuchOrganization(): Problem {
  return Problem.notFound('There is no such organization.');
}
