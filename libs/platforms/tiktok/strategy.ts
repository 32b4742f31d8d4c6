import { type Request } from 'express';
import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import {
  endpointOf,
  handOnTo,
  isJsonObject,
  keepOutOfBody,
  type OAuthApp,
  type OAuthGrant,
  parseJson,
} from '#platforms/core';
import { SCOPES } from './scopes.js';

/** What passport adds to a strategy while it runs. */
interface Running {
  redirect(url: string): void;
}

/**
 * TikTok's sign-in for the web: OAuth 2.0 with an id of the app that is called `client_key`. The state belongs to the bridge,
 * which passes it with `authenticate` and checks it on the way back. A refused consent ends in the strategy's `fail`.
 * https://developers.tiktok.com/doc/login-kit-web
 */
export class TikTokStrategy extends OAuth2Strategy {
  constructor(
    private readonly app: OAuthApp,
    callbackUrl: string,
    endpoints: Readonly<Record<string, string>>,
    verify: (grant: OAuthGrant) => void,
  ) {
    super(
      {
        clientID: app.clientId,
        clientSecret: app.clientSecret,
        callbackURL: callbackUrl,
        authorizationURL: `${endpointOf({ endpoints }, 'www')}/v2/auth/authorize/`,
        tokenURL: `${endpointOf({ endpoints }, 'api')}/oauth/token/`,
        scope: [...SCOPES],
        scopeSeparator: ',',
        skipUserProfile: true,
      },
      handOnTo(verify),
    );
    keepOutOfBody(this._oauth2, 'client_id');
    noticeErrors(this._oauth2);
  }

  /** The page is always shown: whoever allowed it once would else be sent back at once, as the account of then. */
  override authorizationParams(): object {
    return { client_key: this.app.clientId, disable_auto_auth: '1' };
  }

  override tokenParams(): object {
    return { client_key: this.app.clientId };
  }

  /** Left as TikTok said it, with its id of the request. */
  override parseErrorResponse(): null {
    return null;
  }

  /** The address of the page is passport's; what TikTok calls otherwise is put right in it. */
  override authenticate(request: Request, options?: object): void {
    const running = this as unknown as Running;
    const redirect = (url: string) => running.redirect(pageAddress(url));
    super.authenticate.call(Object.assign(Object.create(this) as this, { redirect }), request, options);
  }
}

/**
 * Without the name that TikTok does not know, and with the proof key as TikTok writes it: in hexadecimal digits, where the
 * standard has base64url. The page for the web names no proof key, that for desktops does.
 * https://developers.tiktok.com/doc/login-kit-desktop
 */
function pageAddress(address: string): string {
  const url = new URL(address);
  url.searchParams.delete('client_id');
  const challenge = url.searchParams.get('code_challenge');
  if (challenge !== null) {
    url.searchParams.set('code_challenge', Buffer.from(challenge, 'base64url').toString('hex'));
  }
  return url.href;
}

type Answered = (error: unknown, data?: string, response?: { statusCode?: number }) => void;

/**
 * Errors of the sign-in may come with HTTP 200, which the client would take for a success without a token.
 * @param client `_oauth2` of a strategy of passport-oauth2
 */
function noticeErrors(client: object): void {
  const sender = client as { _request(...all: unknown[]): void };
  const send = sender._request.bind(client);
  Object.assign(client, {
    _request: (...all: unknown[]): void => {
      const answered = all.at(-1) as Answered;
      const noticed: Answered = (error, data, response) => {
        const body = data === undefined ? undefined : parseJson(data);
        const isError = isJsonObject(body) && typeof body.error === 'string' && body.access_token === undefined;
        if (error === null && isError) answered({ statusCode: response?.statusCode ?? 200, data });
        else answered(error, data, response);
      };
      send(...all.slice(0, -1), noticed);
    },
  });
}
