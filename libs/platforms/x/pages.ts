const DOCS = 'https://docs.x.com';

/** The pages of X's documentation that facts are taken from. */
export const MANAGE_DOCS = `${DOCS}/x-api/posts/manage-tweets/introduction`;
export const INTEGRATE_DOCS = `${DOCS}/x-api/posts/manage-tweets/integrate`;
export const CREATE_DOCS = `${DOCS}/x-api/posts/create-post`;
export const EDIT_DOCS = `${DOCS}/x-api/fundamentals/edit-posts`;
export const TIMELINE_DOCS = `${DOCS}/x-api/posts/timelines/introduction`;
export const MEDIA_DOCS = `${DOCS}/x-api/media/quickstart/best-practices`;
export const CHUNKED_DOCS = `${DOCS}/x-api/media/quickstart/media-upload-chunked`;
export const METADATA_DOCS = `${DOCS}/x-api/media/create-media-metadata`;
export const COUNTING_DOCS = `${DOCS}/fundamentals/counting-characters`;
export const LIMIT_DOCS = `${DOCS}/x-api/fundamentals/rate-limits`;
export const ERROR_DOCS = `${DOCS}/x-api/fundamentals/response-codes-and-errors`;
export const PRICE_DOCS = `${DOCS}/x-api/getting-started/pricing`;
export const VERSION_DOCS = `${DOCS}/x-api/fundamentals/versioning`;
export const OAUTH_DOCS = `${DOCS}/fundamentals/authentication/oauth-2-0/authorization-code`;
export const TOKEN_DOCS = `${DOCS}/fundamentals/authentication/oauth-2-0/user-access-token`;
export const CHANGELOG = `${DOCS}/changelog`;
