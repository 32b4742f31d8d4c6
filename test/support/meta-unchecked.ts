/**
 * What ClickPost asks of Facebook and Instagram that Meta's own SDK does not describe, and where it is described instead: for
 * docs/platforms.md. test/real/meta-requests.spec.ts fails where it is another list than that of the requests that are made.
 */
export const UNCHECKED: Readonly<Record<'facebook' | 'instagram', Readonly<Record<string, string>>>> = {
  facebook: {
    'GET Page: field tasks': page('what a person may do on a Page', 'docs/graph-api/reference/user/accounts'),
    'GET PagePost: fields of attachments': page('what a post carries', 'docs/graph-api/reference/story-attachment'),
    'GET graph/{version}/debug_token': page('what a token is good for', 'docs/graph-api/reference/debug_token'),
    'GET graph/{version}/pages/search': page('the search for places', 'docs/pages-api/search-pages'),
    'POST Page/photos: parameter source': page('the bytes of a photo', 'docs/graph-api/reference/page/photos'),
    'POST graph/{version}/oauth/access_token': page(
      'long-lived tokens',
      'docs/facebook-login/guides/access-tokens/get-long-lived',
    ),
    'POST rupload/video-upload/{version}/{id}': page(
      'the bytes of reels and stories',
      'docs/video-api/guides/reels-publishing',
    ),
  },
  instagram: {
    'GET Page: field tasks': page('what a person may do on a Page', 'docs/graph-api/reference/user/accounts'),
    'GET facebookGraph/{version}/debug_token': page('what a token is good for', 'docs/graph-api/reference/debug_token'),
    'GET facebookGraph/{version}/pages/search': page('the search for places', 'docs/pages-api/search-pages'),
    'GET graph/access_token': page('long-lived tokens', 'docs/instagram-platform/reference/access_token'),
    'GET graph/refresh_access_token': page(
      'tokens that are kept alive',
      'docs/instagram-platform/reference/refresh_access_token',
    ),
    'POST IGUser/media: parameter is_ai_generated': page(
      'the mark of what was made with AI',
      'docs/instagram-platform/instagram-graph-api/reference/ig-user/media',
    ),
    'POST IGUserForIGOnlyAPI/media: parameter is_ai_generated': page(
      'the same by the other sign-in',
      'docs/instagram-platform/instagram-graph-api/reference/ig-user/media',
    ),
    'POST facebookGraph/{version}/oauth/access_token': page(
      'long-lived tokens',
      'docs/facebook-login/guides/access-tokens/get-long-lived',
    ),
    'POST rupload/ig-api-upload/{version}/{id}': page(
      'the bytes of videos',
      'docs/instagram-platform/content-publishing/resumable-uploads',
    ),
  },
};

function page(what: string, path: string): string {
  return `${what}, by [its page](https://developers.facebook.com/${path})`;
}
