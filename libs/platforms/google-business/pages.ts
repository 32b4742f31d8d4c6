const DOCS = 'https://developers.google.com/my-business';

/** The pages of Google's documentation that facts are taken from. */
export const POSTS_DOCS = `${DOCS}/content/posts-data`;
export const LOCAL_POST_DOCS = `${DOCS}/reference/rest/v4/accounts.locations.localPosts`;
export const CREATE_DOCS = `${LOCAL_POST_DOCS}/create`;
export const ACCOUNTS_DOCS = `${DOCS}/reference/accountmanagement/rest/v1/accounts/list`;
export const LOCATIONS_DOCS = `${DOCS}/reference/businessinformation/rest/v1/accounts.locations/list`;
export const PREREQUISITES_DOCS = `${DOCS}/content/prereqs`;
export const LIMIT_DOCS = `${DOCS}/content/limits`;
export const MEDIA_DOCS = `${DOCS}/reference/rest/v4/accounts.locations.media`;
/** What a canonical code promises. */
export const ERROR_DOCS = 'https://cloud.google.com/apis/design/errors';
/** Where an operator asks for access: without it the quota is 0. */
export const ACCESS_FORM = 'https://support.google.com/business/contact/api_default';
/** What posts may not contain. */
export const POLICY_DOCS = 'https://support.google.com/business/answer/7213077';
/** How posts are meant to be: lengths, photos, no phone numbers. */
export const HELP_DOCS = 'https://support.google.com/business/answer/7342169';
