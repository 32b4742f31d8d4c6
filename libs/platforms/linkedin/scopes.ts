import { type ConnectWay } from '#platforms/core';

/** The names of the ways to connect, as they are kept with a connection. */
export const MEMBER = 'member';
export const ORGANIZATIONS = 'organizations';

/** Publishing for oneself. https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/share-on-linkedin */
export const MEMBER_SCOPE = 'w_member_social';
/** Publishing, and reading back, for an organization. */
export const ORGANIZATION_SCOPE = 'w_organization_social';
export const READ_ORGANIZATION_SCOPE = 'r_organization_social';
/** Finding out which organizations there are. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role */
export const ROLES_SCOPE = 'rw_organization_admin';
/** Name and id of the person, where OpenID Connect is no product of the app. */
export const PROFILE_SCOPE = 'r_basicprofile';

const memberScopes = ['openid', 'profile', MEMBER_SCOPE];
const organizationScopes = [ORGANIZATION_SCOPE, READ_ORGANIZATION_SCOPE, ROLES_SCOPE];

/**
 * "Share on LinkedIn" and "Sign In with LinkedIn using OpenID Connect", which every app is given at once.
 * https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/share-on-linkedin
 */
export const memberWay: ConnectWay = {
  id: MEMBER,
  label: 'Your own profile',
  help: 'Publishes as yourself. Every LinkedIn app may do that; posts cannot be read back.',
  app: 'linkedin',
  scopes: memberScopes,
  requiredScopes: memberScopes,
};

/**
 * The Community Management API, which LinkedIn grants only to an app that has no other product: hence an app of its own, and
 * no OpenID Connect by it. https://learn.microsoft.com/en-us/linkedin/marketing/community-management-app-review
 */
export const organizationsWay: ConnectWay = {
  id: ORGANIZATIONS,
  label: 'Pages of organizations',
  help: 'Publishes on every page on which you may post, and as yourself. Needs an app that LinkedIn approved for it.',
  app: 'linkedin-organizations',
  scopes: [PROFILE_SCOPE, ...organizationScopes, MEMBER_SCOPE],
  requiredScopes: [PROFILE_SCOPE, ...organizationScopes],
};

/** The way of a context; the first where none is named. */
export const wayOf = ({ way }: { way?: string }): ConnectWay => (way === ORGANIZATIONS ? organizationsWay : memberWay);

/** What each permission is for, for people. */
export const SCOPE_FEATURES: Readonly<Record<string, string>> = {
  openid: 'Knowing who you are',
  profile: 'Showing your name and picture',
  [PROFILE_SCOPE]: 'Knowing who you are',
  [MEMBER_SCOPE]: 'Publishing as yourself',
  [ORGANIZATION_SCOPE]: 'Publishing on pages of organizations',
  [READ_ORGANIZATION_SCOPE]: 'Finding posts of organizations again after an unknown outcome',
  [ROLES_SCOPE]: 'Listing the pages on which you may post',
};
