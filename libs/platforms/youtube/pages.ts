/** The pages of Google that rules and failures point to. Compared on 2026-11-23. */
export const INSERT_DOCS = 'https://developers.google.com/youtube/v3/docs/videos/insert';
export const UPLOAD_DOCS = 'https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol';
export const VIDEO_DOCS = 'https://developers.google.com/youtube/v3/docs/videos';
export const UPDATE_DOCS = 'https://developers.google.com/youtube/v3/docs/videos/update';
export const THUMBNAIL_DOCS = 'https://developers.google.com/youtube/v3/docs/thumbnails/set';
export const PLAYLIST_DOCS = 'https://developers.google.com/youtube/v3/docs/playlistItems/insert';
export const COMMENT_DOCS = 'https://developers.google.com/youtube/v3/docs/commentThreads/insert';
export const CHANNEL_DOCS = 'https://developers.google.com/youtube/v3/docs/channels';
export const ERROR_DOCS = 'https://developers.google.com/youtube/v3/docs/errors';
export const QUOTA_DOCS = 'https://developers.google.com/youtube/v3/determine_quota_cost';
export const AUDIT_DOCS = 'https://developers.google.com/youtube/v3/guides/quota_and_compliance_audits';
export const KIDS_DOCS = 'https://support.google.com/youtube/answer/9528076';
export const PRIVACY_DOCS = 'https://support.google.com/youtube/answer/157177';
export const SHORTS_DOCS = 'https://support.google.com/youtube/answer/15424877';
export const THUMBNAIL_HELP = 'https://support.google.com/youtube/answer/72431';
