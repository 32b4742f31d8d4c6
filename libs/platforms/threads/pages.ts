const THREADS = 'https://developers.facebook.com/documentation/threads';

/** The pages of Meta's documentation that facts are taken from. */
export const DOCS = `${THREADS}/overview`;
export const POSTS_DOCS = `${THREADS}/posts`;
export const LINK_DOCS = `${THREADS}/posts#links`;
export const TOPIC_DOCS = `${THREADS}/posts#topic-tags`;
export const POLL_DOCS = `${THREADS}/create-posts/polls`;
export const SPOILER_DOCS = `${THREADS}/create-posts/spoilers`;
export const LOCATION_DOCS = `${THREADS}/create-posts/location-tagging`;
export const REPLY_DOCS = `${THREADS}/retrieve-and-manage-replies/create-replies`;
export const REPLY_CONTROL_DOCS = `${THREADS}/reply-management`;
export const REFERENCE_DOCS = `${THREADS}/reference/publishing`;
export const LIMIT_DOCS = `${THREADS}/overview#rate-limiting`;
export const CONTAINER_DOCS = `${THREADS}/troubleshooting`;
export const SERVER_DOCS = `${THREADS}/get-started`;
export const TOKEN_DOCS = `${THREADS}/get-started/long-lived-tokens`;
export const CONSENT_DOCS = `${THREADS}/get-started/get-access-tokens-and-permissions`;
/** Codes that Threads shares with every Graph API. */
export const ERROR_DOCS = 'https://developers.facebook.com/docs/graph-api/guides/error-handling';
