import { BUSINESS_SCOPE } from '#platforms/meta';

/** Without these nothing can be listed, read back or published: https://developers.facebook.com/documentation/pages-api/posts */
export const REQUIRED_SCOPES = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'] as const;

/** Comments under a Page's posts: https://developers.facebook.com/documentation/pages-api/comments-mentions */
export const ENGAGEMENT_SCOPE = 'pages_manage_engagement';

/** With the one above, for covers of videos: https://developers.facebook.com/docs/graph-api/reference/video/thumbnails */
export const USER_CONTENT_SCOPE = 'pages_read_user_content';

/**
 * All that is asked for. The page about posts also lists `pages_read_user_engagement`, a name that the list of permissions does
 * not have, and `publish_video`, which is for live video: neither the edges for videos, reels and stories nor their guides
 * want it. https://developers.facebook.com/docs/permissions
 */
export const SCOPES = [...REQUIRED_SCOPES, BUSINESS_SCOPE, ENGAGEMENT_SCOPE, USER_CONTENT_SCOPE] as const;

/** What does not work without each of them. */
export const SCOPE_FEATURES: Record<string, string> = {
  pages_show_list: 'Listing your Pages',
  pages_read_engagement: 'Reading posts back after an unknown outcome',
  pages_manage_posts: 'Publishing on your Pages',
  [BUSINESS_SCOPE]: 'Pages reached through a business portfolio',
  [ENGAGEMENT_SCOPE]: 'First comments, and covers of videos',
  [USER_CONTENT_SCOPE]: 'Covers of videos',
};
