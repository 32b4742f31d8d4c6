import { createHash } from 'node:crypto';
import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { PRACTICE_APP, PRACTICE_APP_UNAUDITED } from '../options.js';
import { newLogId, scopeMissing, tokenInvalid } from './answers.js';
import { type Person, type State, type Token } from './state.js';

/** Seconds: https://developers.tiktok.com/doc/oauth-user-access-token-management */
const ACCESS_LIFE_S = 86_400;
const REFRESH_LIFE_S = 31_536_000;

/** Errors of the sign-in have a shape of their own. */
class SignInRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Of every request to the sign-in. */
function answered(act: () => SandboxAnswer): SandboxAnswer {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    const body = { error: error.code, error_description: error.message, log_id: newLogId() };
    return { status: 400, body };
  }
}

/** `POST /v2/oauth/token/`: a code, or a refresh token, for new tokens. */
export function exchange(state: State, request: SandboxRequest): SandboxAnswer {
  return answered(() => {
    const clientKey = appOf(request);
    switch (request.form.grant_type) {
      case 'authorization_code':
        requireKnown(request, ['code', 'grant_type', 'redirect_uri', 'code_verifier']);
        return redeemCode(state, request, clientKey);
      case 'refresh_token':
        requireKnown(request, ['grant_type', 'refresh_token']);
        return redeemRefresh(state, request, clientKey);
      default:
        throw new SignInRefused('unsupported_grant_type', 'Grant type is not supported.');
    }
  });
}

function redeemCode(state: State, { form }: SandboxRequest, clientKey: string): SandboxAnswer {
  const { code: text = '', redirect_uri: redirectUri, code_verifier: verifier = '' } = form;
  const code = state.codes.get(text);
  if (!code || code.used || code.expiresAt <= state.now() || code.clientKey !== clientKey) {
    throw new SignInRefused('invalid_grant', 'Authorization code is expired.');
  }
  if (code.redirectUri !== redirectUri) {
    throw new SignInRefused('invalid_request', 'Redirect_uri is not matched with the uri when requesting code.');
  }
  if (code.challenge !== '' && createHash('sha256').update(verifier).digest('hex') !== code.challenge) {
    throw new SignInRefused('invalid_request', 'Code verifier or code challenge is invalid.');
  }
  state.codes.set(text, { ...code, used: true });
  return issued(state, { openId: code.openId, scopes: code.scopes, clientKey });
}

/** "The refresh_token returned may be different than the one passed in": here it always is, and the old one has ended. */
function redeemRefresh(state: State, { form }: SandboxRequest, clientKey: string): SandboxAnswer {
  const text = form.refresh_token ?? '';
  const token = state.tokens.get(text);
  if (!token || token.kind !== 'refresh' || token.dead || token.expiresAt <= state.now()) {
    throw new SignInRefused('invalid_grant', 'Refresh token is invalid or expired.');
  }
  state.tokens.set(text, { ...token, dead: true });
  return issued(state, { openId: token.openId, scopes: token.scopes, clientKey });
}

function issued(state: State, grant: Pick<Token, 'openId' | 'scopes' | 'clientKey'>): SandboxAnswer {
  const life = (seconds: number) => state.now() + seconds * 1_000;
  return {
    status: 200,
    body: {
      access_token: state.issue('access', { ...grant, expiresAt: life(ACCESS_LIFE_S) }),
      expires_in: ACCESS_LIFE_S,
      open_id: grant.openId,
      refresh_expires_in: REFRESH_LIFE_S,
      refresh_token: state.issue('refresh', { ...grant, expiresAt: life(REFRESH_LIFE_S) }),
      scope: grant.scopes.join(','),
      token_type: 'Bearer',
    },
  };
}

/** `POST /v2/oauth/revoke/`: ends the whole sign-in. "The response is empty." */
export function revoke(state: State, request: SandboxRequest): SandboxAnswer {
  return answered(() => {
    const clientKey = appOf(request);
    requireKnown(request, ['token']);
    const token = state.tokens.get(request.form.token ?? '');
    if (!token || token.kind !== 'access') throw new SignInRefused('invalid_request', 'The token is invalid.');
    state.end(({ openId, clientKey: key }) => openId === token.openId && key === clientKey);
    return { status: 200 };
  });
}

/** Who is calling, with one of these scopes at the least. */
export function caller(
  state: State,
  request: SandboxRequest,
  ...oneOf: readonly string[]
): { person: Person; token: Token } {
  const text = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const token = state.tokens.get(text);
  if (!token || token.kind !== 'access' || token.dead || token.expiresAt <= state.now()) throw tokenInvalid();
  if (!oneOf.some((scope) => token.scopes.includes(scope))) throw scopeMissing(oneOf.join(' or '));
  return { person: state.person(token.openId), token };
}

/** The app that asks, by key and secret. */
function appOf({ form, headers }: SandboxRequest): string {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    throw new SignInRefused('invalid_request', 'The content type has to be application/x-www-form-urlencoded.');
  }
  const app = [PRACTICE_APP, PRACTICE_APP_UNAUDITED].find(
    ({ clientId, clientSecret }) => clientId === form.client_key && clientSecret === form.client_secret,
  );
  if (!app) throw new SignInRefused('invalid_client', 'Client key or secret is incorrect.');
  return app.clientId;
}

function requireKnown({ form, query }: SandboxRequest, known: readonly string[]): void {
  const unknown = [...Object.keys(form), ...Object.keys(query)].find(
    (name) => ![...known, 'client_key', 'client_secret'].includes(name),
  );
  if (unknown !== undefined)
    throw new SignInRefused('invalid_request', `${unknown} is not a parameter of this request.`);
}
