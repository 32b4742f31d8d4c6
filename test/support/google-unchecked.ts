const SIGN_IN: Readonly<Record<string, string>> = {
  'GET https://accounts.google.com/o/oauth2/v2/auth': page(
    'the consent page',
    'https://developers.google.com/identity/protocols/oauth2/web-server',
  ),
  'POST https://oauth2.googleapis.com/token': page(
    'the exchange of its code, and new tokens for old ones',
    'https://developers.google.com/identity/protocols/oauth2/web-server',
  ),
  'POST https://oauth2.googleapis.com/revoke': page(
    'giving tokens back',
    'https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke',
  ),
};

const POSTS = 'https://mybusiness.googleapis.com/v4/accounts/{id}/locations/{id}/localPosts';
const localPosts = (what: string): string =>
  page(what, 'https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts');

/**
 * What ClickPost asks of Google, or hears from its practice networks, that Google's own packages have nothing about, and where it is
 * described instead: for docs/platforms.md. test/real/google fails where it is another list than that of the requests that are made.
 */
export const UNCHECKED: Readonly<Record<'youtube' | 'google-business', Readonly<Record<string, string>>>> = {
  youtube: {
    ...SIGN_IN,
    'the bytes of the file, and how they are sent in parts': page(
      'the resumable protocol, with its statuses and headers',
      'https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol',
    ),
    'what refusals say': page('reasons of errors', 'https://developers.google.com/youtube/v3/docs/errors'),
  },
  'google-business': {
    ...SIGN_IN,
    [`POST ${POSTS}`]: localPosts('a new post: posts are in version 4 alone, of which Google publishes no package'),
    [`GET ${POSTS}`]: localPosts('the list of posts'),
    [`GET ${POSTS}/{id}`]: localPosts('what became of one'),
    [`PATCH ${POSTS}/{id}`]: localPosts('its change'),
    [`DELETE ${POSTS}/{id}`]: localPosts('its deletion'),
    'what refusals say': page(
      'codes of errors',
      'https://developers.google.com/my-business/reference/rest/v4/ErrorCode',
    ),
  },
};

function page(what: string, address: string): string {
  return `${what}, by [its page](${address})`;
}
