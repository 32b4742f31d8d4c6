import { badField, accessDenied, type Caller, requireScope } from './rest.js';
import { POSTING_ROLES, type State } from './state.js';

/**
 * Throws unless the caller may write for this author: for themselves, or for an organization in a role that may.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#permissions
 */
export function requireAuthor(state: State, caller: Caller, author: unknown, field: string, what: string): string {
  if (typeof author !== 'string') throw badField(field, 'MISSING_FIELD', 'field is required but not found');
  const organization = /^urn:li:organization:(\d+)$/.exec(author)?.[1];
  if (organization !== undefined) {
    requireScope(caller, 'w_organization_social', what);
    requireRole(state, caller, organization, what);
    return author;
  }
  if (!/^urn:li:person:[\w-]+$/.test(author)) throw badField(field, 'INVALID_URN_TYPE', `${author} is no author`);
  requireScope(caller, 'w_member_social', what);
  if (author !== caller.urn)
    throw accessDenied(`${what}; field ${field} has the value ${author}, which is not the member`);
  return author;
}

/**
 * Throws unless the caller may read what this author wrote. For members that takes `r_member_social`, which is closed.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#permissions
 */
export function requireReader(state: State, caller: Caller, author: string, what: string): void {
  const organization = /^urn:li:organization:(\d+)$/.exec(author)?.[1];
  if (organization === undefined) throw accessDenied(what);
  requireScope(caller, 'r_organization_social', what);
  requireRole(state, caller, organization, what);
}

function requireRole(state: State, { token }: Caller, organizationId: string, what: string): void {
  if (POSTING_ROLES.includes(state.roleOf(token.personId, organizationId))) return;
  throw accessDenied(`${what}; the member has no role for urn:li:organization:${organizationId} that allows it`);
}
