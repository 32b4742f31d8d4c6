import { createHash, randomBytes } from 'node:crypto';
import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_APP } from '../manifest.js';
import { forbidden, oauthError, unauthorized } from './answers.js';
import { type Person, type State, type Token } from './state.js';

/** https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code */
const ACCESS_LIFE_S = 7_200;
const REFRESH_LIFE_MS = 180 * 86_400_000;

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id'],
  refresh_token: ['grant_type', 'refresh_token', 'client_id'],
};

/**
 * `POST /2/oauth2/token`: a code, or a refresh token, for a new pair.
 * https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
 */
export function exchangeToken(state: State, request: SandboxRequest): SandboxAnswer {
  requireClient(request);
  const { form } = request;
  const known = PARAMETERS[form.grant_type ?? ''];
  if (!known) throw oauthError('unsupported_grant_type', 'Value passed for the grant type was invalid.');
  const stranger = Object.keys(form).find((name) => !known.includes(name));
  if (stranger !== undefined) throw oauthError('invalid_request', `There is no parameter [${stranger}].`);
  return form.grant_type === 'refresh_token' ? renew(state, form) : redeem(state, form);
}

function redeem(state: State, form: Readonly<Record<string, string>>): SandboxAnswer {
  for (const name of ['code', 'redirect_uri', 'code_verifier']) {
    if (!form[name]) throw oauthError('invalid_request', `Missing required parameter [${name}].`);
  }
  const code = state.codes.get(form.code ?? '');
  if (!code || code.used || code.expiresAt < state.now() || code.redirectUri !== form.redirect_uri) {
    throw oauthError('invalid_request', 'Value passed for the authorization code was invalid.');
  }
  const verifier = form.code_verifier ?? '';
  const proof = code.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (proof !== code.challenge)
    throw oauthError('invalid_request', 'Value passed for the code verifier did not match.');
  state.codes.set(form.code ?? '', { ...code, used: true });
  return pair(state, { userId: code.userId, scopes: code.scopes, family: randomBytes(8).toString('hex') });
}

/** Each refresh token works once. */
function renew(state: State, { refresh_token: text = '' }: Readonly<Record<string, string>>): SandboxAnswer {
  const token = state.token(text);
  if (!token || token.kind !== 'refresh' || token.dead || token.expiresAt < state.now()) {
    throw oauthError('invalid_request', 'Value passed for the token was invalid.');
  }
  const { userId, scopes, family } = token;
  state.kill((one) => one.family === family && one.kind === 'refresh');
  return pair(state, { userId, scopes, family });
}

function pair(state: State, given: Pick<Token, 'userId' | 'scopes' | 'family'>): SandboxAnswer {
  const access = state.issue({ ...given, kind: 'access', expiresAt: state.now() + ACCESS_LIFE_S * 1000 });
  const refresh = given.scopes.includes('offline.access')
    ? state.issue({ ...given, kind: 'refresh', expiresAt: state.now() + REFRESH_LIFE_MS })
    : undefined;
  const body = { token_type: 'bearer', expires_in: ACCESS_LIFE_S, access_token: access, scope: given.scopes.join(' ') };
  return { status: 200, body: { ...body, ...(refresh !== undefined && { refresh_token: refresh }) } };
}

/** `POST /2/oauth2/revoke`. Same page, step 6. */
export function revokeToken(state: State, request: SandboxRequest): SandboxAnswer {
  requireClient(request);
  const { token: text } = request.form;
  if (!text) throw oauthError('invalid_request', 'Missing required parameter [token].');
  const token = state.token(text);
  if (!token) throw oauthError('invalid_request', 'Value passed for the token was invalid.');
  state.kill((one) => one.family === token.family && (token.kind === 'refresh' || one === token));
  if (token.kind === 'access') state.kill((one) => one.family === token.family && one.kind === 'access');
  return { status: 200, body: { revoked: true } };
}

/** Confidential clients prove themselves by Basic authentication, and never in the body. */
function requireClient({ headers, form }: SandboxRequest): void {
  const expected = Buffer.from(`${PRACTICE_APP.clientId}:${PRACTICE_APP.clientSecret}`).toString('base64');
  if (headers.authorization !== `Basic ${expected}`) {
    throw oauthError('unauthorized_client', 'Missing valid authorization header', 401);
  }
  if (form.client_secret !== undefined) throw oauthError('invalid_request', 'The secret belongs into the header.');
}

/** Whoever asks, by an access token with these scopes. */
export function caller(state: State, { headers }: SandboxRequest, ...scopes: readonly string[]): Person {
  const [, text] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const token = text === undefined ? undefined : state.token(text);
  if (!token || token.kind !== 'access' || token.dead || token.expiresAt < state.now()) throw unauthorized();
  const person = state.people.get(token.userId);
  if (!person) throw unauthorized();
  const missing = scopes.filter((scope) => !token.scopes.includes(scope));
  if (missing.length > 0) throw forbidden(`Missing OAuth 2.0 scopes: ${missing.join(', ')}.`);
  return person;
}
