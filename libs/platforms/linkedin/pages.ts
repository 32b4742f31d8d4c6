/** Pages of LinkedIn's documentation that failures and rules point at. Compared on 2026-11-23. */
const MARKETING = 'https://learn.microsoft.com/en-us/linkedin/marketing';
const SHARES = `${MARKETING}/community-management/shares`;

export const POSTS_DOCS = `${SHARES}/posts-api`;
export const LITTLE_TEXT_DOCS = `${SHARES}/little-text-format`;
export const IMAGES_DOCS = `${SHARES}/images-api`;
export const MULTI_IMAGE_DOCS = `${SHARES}/multiimage-post-api`;
export const VIDEOS_DOCS = `${SHARES}/videos-api`;
export const DOCUMENTS_DOCS = `${SHARES}/documents-api`;
export const POLL_DOCS = `${SHARES}/poll-post-api`;
export const COMMENTS_DOCS = `${SHARES}/comments-api`;
export const ROLES_DOCS = `${MARKETING}/community-management/organizations/organization-access-control-by-role`;
export const VERSIONS_DOCS = `${MARKETING}/versioning`;
export const REVIEW_DOCS = `${MARKETING}/community-management-app-review`;
export const SHARE_DOCS =
  'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/share-on-linkedin';
export const SIGN_IN_DOCS =
  'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2';
export const CODE_FLOW_DOCS =
  'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow';
export const REFRESH_DOCS =
  'https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens';
export const ERRORS_DOCS = 'https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling';
export const RATE_DOCS = 'https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits';
