/**
 * What ClickPost asks of X and Pinterest, or hears from their practice networks, that the official descriptions (OpenAPI) have
 * nothing about, and where it is described instead: for docs/platforms.md. test/real/openapi fails where it is another list than that of
 * the requests that are made.
 */
export const UNCHECKED: Readonly<Record<'x' | 'pinterest', Readonly<Record<string, string>>>> = {
  x: {
    'GET https://x.com/i/oauth2/authorize': page(
      'the consent page',
      'https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code',
    ),
    'POST https://api.x.com/2/oauth2/token': page(
      'the exchange of its code, and new tokens for old ones',
      'https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token',
    ),
    'POST https://api.x.com/2/oauth2/revoke': page(
      'giving tokens back',
      'https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token',
    ),
  },
  pinterest: {
    'POST https://pinterest-media-upload.s3-accelerate.amazonaws.com/': page(
      'the bytes of a video, at the address that Pinterest names',
      'https://developers.pinterest.com/docs/api-features/creating-boards-and-pins/#creating-video-pins',
    ),
    'GET https://www.pinterest.com/oauth/': page(
      'the consent page',
      'https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/',
    ),
  },
};

function page(what: string, address: string): string {
  return `${what}, by [its page](${address})`;
}
