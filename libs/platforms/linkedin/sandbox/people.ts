import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { accessDenied, badField, type Caller, notFound, requireScope, restAnswer } from './rest.js';
import { organizationOf, ROLES, type State } from './state.js';

/** Small, so that nobody reads one page and takes it for all. */
const PAGE_SIZE = 2;

/** `GET /v2/userinfo`: https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2 */
export function userinfo(state: State, caller: Caller): SandboxAnswer {
  requireScope(caller, 'openid', 'GET /userinfo');
  const { id, given, family, name } = personOf(state, caller);
  const profile = { name, given_name: given, family_name: family, locale: { country: 'US', language: 'en' } };
  return restAnswer(200, { sub: id, ...(caller.token.scopes.includes('profile') && profile) });
}

/** `GET /v2/me`: https://learn.microsoft.com/en-us/linkedin/shared/integrations/people/profile-api */
export function me(state: State, caller: Caller): SandboxAnswer {
  requireScope(caller, 'r_basicprofile', 'me.GET.NO_VERSION');
  const { id, given, family } = personOf(state, caller);
  return restAnswer(200, { id, localizedFirstName: given, localizedLastName: family, localizedHeadline: 'Practice' });
}

function personOf(state: State, { token }: Caller): { id: string; name: string; given: string; family: string } {
  const name = state.people.get(token.personId)?.name ?? token.personId;
  const [given = name, ...family] = name.split(' ');
  return { id: token.personId, name, given, family: family.join(' ') };
}

/**
 * `GET /rest/organizationAcls?q=roleAssignee`: what a person is for which organization.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role
 */
export function organizationAcls(state: State, caller: Caller, request: SandboxRequest): SandboxAnswer {
  requireScope(caller, 'rw_organization_admin', 'organizationAcls.FINDER-roleAssignee');
  const { q, role, state: wanted } = request.query;
  if (q !== 'roleAssignee') throw badField('q', 'PARAM_INVALID', 'there is no such finder');
  if (role !== undefined && !ROLES.some((known) => known === role)) {
    throw badField('role', 'PARAM_INVALID', 'there is no such role');
  }
  const found = state.roles
    .entries()
    .map(([, entry]) => entry)
    .filter((entry) => entry.personId === caller.token.personId && entry.role !== 'NONE')
    .filter((entry) => (role === undefined || entry.role === role) && (wanted === undefined || entry.state === wanted));
  const elements = found.map((entry) => ({
    role: entry.role,
    roleAssignee: caller.urn,
    state: entry.state,
    organization: `urn:li:organization:${entry.organizationId}`,
  }));
  return restAnswer(200, paged(request, elements, PAGE_SIZE));
}

/** `GET /rest/organizationsLookup?ids=List(…)`: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-lookup-api */
export function organizationsLookup(state: State, caller: Caller, request: SandboxRequest): SandboxAnswer {
  requireScope(caller, 'rw_organization_admin', 'organizationsLookup.BATCH_GET');
  if (state.isInDevelopment()) throw accessDenied('organizationsLookup.BATCH_GET');
  const ids = /^List\((\d+(?:,\d+)*)\)$/.exec(request.query.ids ?? '')?.[1]?.split(',');
  if (!ids) throw badField('ids', 'PARAM_INVALID', 'ids must be a list');
  const results: JsonObject = {};
  const statuses: JsonObject = {};
  for (const id of ids) {
    const organization = organizationOf(id);
    statuses[id] = organization ? 200 : 404;
    if (organization) results[id] = organizationNode(id, organization);
  }
  return restAnswer(200, { results, statuses, errors: {} });
}

/** `GET /rest/organizations/{id}`: same page. */
export function readOrganization(state: State, caller: Caller, { params }: SandboxRequest): SandboxAnswer {
  requireScope(caller, 'rw_organization_admin', 'organizations.GET');
  const { id = '' } = params;
  const organization = organizationOf(id);
  if (!organization) throw notFound('Could not find entity');
  if (state.roleOf(caller.token.personId, id) !== 'ADMINISTRATOR') throw accessDenied('organizations.GET');
  return restAnswer(200, organizationNode(id, organization));
}

function organizationNode(id: string, { name, vanityName }: { name: string; vanityName: string }): JsonObject {
  return { id: Number(id), localizedName: name, vanityName, primaryOrganizationType: 'NONE', locations: [] };
}

/** A page of a finder: https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/pagination */
export function paged({ query, path }: SandboxRequest, all: readonly JsonObject[], pageSize: number): JsonObject {
  const start = wholeNumber(query.start ?? '0', 'start');
  const asked = wholeNumber(query.count ?? '10', 'count');
  if (asked < 1 || asked > 100) throw badField('count', 'PARAM_INVALID', 'count must be 1 to 100');
  const count = Math.min(asked, pageSize);
  const elements = all.slice(start, start + count);
  const next = start + count < all.length;
  const href = `${path}?start=${start + count}&count=${asked}`;
  const links = next ? [{ rel: 'next', type: 'application/json', href }] : [];
  return { paging: { start, count, links }, elements };
}

function wholeNumber(text: string, name: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw badField(name, 'PARAM_INVALID', `${name} must be a whole number`);
}
