import { createHash } from 'node:crypto';
import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_APP } from '../manifest.js';
import { type State } from './state.js';

type Given = Readonly<Record<string, string>>;

/**
 * `POST /oauth/v2/accessToken`: a code, or the means to renew, for a token.
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow
 */
export function accessToken(state: State, { form, headers, query }: SandboxRequest): SandboxAnswer {
  const problem = formProblem(headers, query) ?? appProblem(form);
  if (problem) return problem;
  switch (form.grant_type) {
    case 'authorization_code':
      return byCode(state, form);
    case 'refresh_token':
      return byRefreshToken(state, form);
    default:
      return oauthError('invalid_request', 'A required parameter "grant_type" is missing or unknown');
  }
}

function byCode(state: State, form: Given): SandboxAnswer {
  const code = state.codes.get(form.code ?? '');
  const wrong =
    'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists';
  if (!code || code.used || code.expiresAt <= state.now() || code.redirectUri !== form.redirect_uri) {
    return oauthError('invalid_request', wrong);
  }
  const proof = createHash('sha256')
    .update(form.code_verifier ?? '')
    .digest('base64url');
  if (code.challenge !== undefined && code.challenge !== proof) return oauthError('invalid_request', wrong);
  state.codes.set(form.code ?? '', { ...code, used: true });
  const { personId, scopes, product } = code;
  const answer = state.issue({ personId, scopes, product });
  if (product === 'member') return json(answer);
  const refreshToken = state.issueRefresh({ personId, scopes, product });
  return json({ ...answer, refresh_token: refreshToken, refresh_token_expires_in: 365 * 86_400 });
}

/** The means to renew stay the same, and end when they ended before. */
function byRefreshToken(state: State, form: Given): SandboxAnswer {
  const text = form.refresh_token ?? '';
  const known = state.refreshTokens.get(text);
  if (!known)
    return oauthError(
      'invalid_request',
      'The provided authorization grant or refresh token is invalid, expired or revoked.',
    );
  if (known.isRevoked || known.expiresAt <= state.now()) {
    return oauthError(
      'invalid_grant',
      'The provided authorization grant or refresh token is invalid, expired or revoked.',
    );
  }
  const left = Math.floor((known.expiresAt - state.now()) / 1000);
  return json({ ...state.issue(known), refresh_token: text, refresh_token_expires_in: left });
}

/** `POST /oauth/v2/revoke`: same page. */
export function revoke(state: State, { form, headers, query }: SandboxRequest): SandboxAnswer {
  const problem = formProblem(headers, query) ?? appProblem(form);
  if (problem) return problem;
  const token = state.tokens.get(form.token ?? '');
  if (!token) return oauthError('invalid_request', 'The token is unknown');
  state.revoke(({ personId, product }) => personId === token.personId && product === token.product);
  return { status: 200 };
}

function formProblem(headers: Given, query: Given): SandboxAnswer | undefined {
  if (!/^application\/x-www-form-urlencoded\b/.test(headers['content-type'] ?? '')) {
    return oauthError('invalid_request', 'The content type must be application/x-www-form-urlencoded');
  }
  // Secrets in an address end in logs.
  return 'client_secret' in query
    ? oauthError('invalid_request', 'The client_secret belongs into the body')
    : undefined;
}

function appProblem(form: Given): SandboxAnswer | undefined {
  if (form.client_id === PRACTICE_APP.clientId && form.client_secret === PRACTICE_APP.clientSecret) return undefined;
  return oauthError('invalid_client', 'Client authentication failed', 401);
}

function oauthError(error: string, description: string, status = 400): SandboxAnswer {
  return { status, body: { error, error_description: description } };
}

const json = (body: JsonObject): SandboxAnswer => ({ status: 200, headers: { 'cache-control': 'no-store' }, body });
