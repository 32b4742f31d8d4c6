import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_APP } from '../manifest.js';
import { invalid, notAuthenticated, notPermitted, ok, scopeMissing } from './answers.js';
import { type Grant, type State, type Token, usernameOf } from './state.js';

/** Seconds: https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ */
const ACCESS_LIFE_S = 2_592_000;
const REFRESH_LIFE_S = 5_184_000;

/**
 * The proof key is named on no page of Pinterest's; whoever does not know a parameter of this request ignores it, and this one
 * alone is let through here. https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 */
const OF_CODE = ['grant_type', 'code', 'redirect_uri', 'continuous_refresh', 'code_verifier'];
const OF_REFRESH = ['grant_type', 'refresh_token', 'scope'];

/** `POST /oauth/token`: a code, or a refresh token, for new tokens. https://developers.pinterest.com/docs/api/v5/oauth-token */
export function exchange(state: State, request: SandboxRequest): SandboxAnswer {
  requireApp(request);
  switch (request.form.grant_type) {
    case 'authorization_code':
      requireKnown(request, OF_CODE);
      return redeemCode(state, request);
    case 'refresh_token':
      requireKnown(request, OF_REFRESH);
      return redeemRefresh(state, request);
    default:
      throw invalid('grant_type must be authorization_code or refresh_token.');
  }
}

function redeemCode(state: State, { form }: SandboxRequest): SandboxAnswer {
  const { code: text = '', redirect_uri: redirectUri } = form;
  const code = state.codes.get(text);
  if (!code || code.used || code.expiresAt <= state.now()) throw invalid('The code is invalid, expired or used.');
  if (code.redirectUri !== redirectUri) throw invalid('redirect_uri does not match the one of the OAuth page.');
  state.codes.set(text, { ...code, used: true });
  return issued(state, code.userId, code.scopes, 'authorization_code');
}

/** Each refresh token is good for one exchange. */
function redeemRefresh(state: State, { form }: SandboxRequest): SandboxAnswer {
  const text = form.refresh_token ?? '';
  const token = state.tokens.get(text);
  if (!token || token.kind !== 'refresh' || token.dead || token.expiresAt <= state.now()) throw notAuthenticated();
  const asked = form.scope?.split(/[\s,]+/).filter((scope) => scope !== '');
  if (asked?.some((scope) => !token.scopes.includes(scope))) throw invalid('scope holds what was not granted.');
  state.tokens.set(text, { ...token, dead: true });
  return issued(state, token.userId, asked ?? token.scopes, 'refresh_token');
}

function issued(state: State, userId: string, scopes: string[], type: string): SandboxAnswer {
  const expiresAt = state.now() + REFRESH_LIFE_S * 1000;
  return ok({
    access_token: state.issue('access', { userId, scopes, expiresAt: state.now() + ACCESS_LIFE_S * 1000 }),
    refresh_token: state.issue('refresh', { userId, scopes, expiresAt }),
    response_type: type,
    token_type: 'bearer',
    expires_in: ACCESS_LIFE_S,
    refresh_token_expires_in: REFRESH_LIFE_S,
    refresh_token_expires_at: Math.floor(expiresAt / 1000),
    scope: scopes.join(' '),
  });
}

/**
 * `POST /oauth/token/revoke`. "Only tokens issued for system users are currently supported": a rehearsal can ask for that.
 * https://developers.pinterest.com/docs/api/v5/token-revoke
 */
export function revoke(state: State, request: SandboxRequest): SandboxAnswer {
  requireApp(request);
  requireKnown(request, ['token', 'token_type_hint']);
  const { token: text, token_type_hint: hint } = request.form;
  if (text === undefined) throw invalid('token is required.');
  if (hint !== undefined && hint !== 'access_token' && hint !== 'refresh_token')
    throw invalid('token_type_hint is unknown.');
  if (state.arranged('keeps-tokens') === true) throw notPermitted();
  const token = state.tokens.get(text);
  if (token) state.tokens.set(text, { ...token, dead: true });
  return { status: 200 };
}

/** Who is calling, with these scopes. */
export function caller(
  state: State,
  request: SandboxRequest,
  ...scopes: readonly string[]
): Grant & Pick<Token, 'scopes'> {
  const text = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const token = state.tokens.get(text);
  const grant = token && state.grants.get(token.userId);
  if (!token || !grant || token.kind !== 'access' || token.dead || token.expiresAt <= state.now())
    throw notAuthenticated();
  if (scopes.some((scope) => !token.scopes.includes(scope))) throw scopeMissing();
  return { ...grant, scopes: token.scopes };
}

/** `GET /user_account`: https://developers.pinterest.com/docs/api/v5/user_account-get */
export function readAccount(state: State, request: SandboxRequest): SandboxAnswer {
  const { userId, name } = caller(state, request, 'user_accounts:read');
  const boards = state.boardsOf(userId);
  return ok({
    account_type: 'BUSINESS',
    id: userId,
    profile_image: `${state.world.baseUrl}/www/avatar.png`,
    website_url: '',
    username: usernameOf(name),
    about: '',
    business_name: name,
    board_count: boards.length,
    pin_count: boards.reduce((sum, { id }) => sum + state.pinsOf(id).length, 0),
    follower_count: 0,
    following_count: 0,
    monthly_views: 0,
  });
}

/** Basic authentication with the app's id and secret. */
function requireApp({ headers }: SandboxRequest): void {
  const { clientId, clientSecret } = PRACTICE_APP;
  const wanted = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  if (headers.authorization !== wanted) throw notAuthenticated();
}

function requireKnown({ form, query }: SandboxRequest, known: readonly string[]): void {
  const unknown = [...Object.keys(form), ...Object.keys(query)].find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid(`${unknown} is not a parameter of this request.`);
}
