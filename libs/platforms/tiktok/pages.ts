/** Pages of TikTok's documentation. */
const DOC = 'https://developers.tiktok.com/doc';

export const DIRECT_DOCS = `${DOC}/content-posting-api-reference-direct-post`;
export const START_DOCS = `${DOC}/content-posting-api-get-started`;
export const INBOX_DOCS = `${DOC}/content-posting-api-reference-upload-video`;
export const PHOTO_DOCS = `${DOC}/content-posting-api-reference-photo-post`;
export const CREATOR_DOCS = `${DOC}/content-posting-api-reference-query-creator-info`;
export const STATUS_DOCS = `${DOC}/content-posting-api-reference-get-video-status`;
export const TRANSFER_DOCS = `${DOC}/content-posting-api-media-transfer-guide`;
export const GUIDELINES = `${DOC}/content-sharing-guidelines`;
export const SIGN_IN_DOCS = `${DOC}/oauth-user-access-token-management`;
export const LOGIN_DOCS = `${DOC}/login-kit-web`;
export const LIST_DOCS = `${DOC}/tiktok-api-v2-video-list`;
export const ERROR_DOCS = `${DOC}/tiktok-api-v2-error-handling`;
export const LIMIT_DOCS = `${DOC}/tiktok-api-v2-rate-limit`;

/** What people agree to. */
export const MUSIC_CONFIRMATION = 'https://www.tiktok.com/legal/page/global/music-usage-confirmation/en';
export const BRANDED_POLICY = 'https://www.tiktok.com/legal/page/global/bc-policy/en';
