import { createHash, randomBytes } from 'node:crypto';
import { type SandboxAnswer, type SandboxRequest, type SandboxRoute } from '#platforms/core';
import { asGoogle, errorInfo, googleProblem, type GoogleRefusal, signInProblem } from './answers.js';
import { showConnections, submitConnections } from './connections.js';
import { showGoogleConsent, submitGoogleConsent } from './consent.js';
import {
  type GooglePerson,
  type GoogleSignInOptions,
  type GoogleState,
  type GoogleToken,
  googleIdOf,
} from './state.js';

const ACCESS_LIFE_S = 3_599;
/** Of an app in testing: https://developers.google.com/identity/protocols/oauth2#expiration */
const TESTING_LIFE_S = 604_799;

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['grant_type', 'code', 'redirect_uri', 'client_id', 'client_secret', 'code_verifier'],
  refresh_token: ['grant_type', 'refresh_token', 'client_id', 'client_secret'],
};

/** The routes of the sign-in: consent page, tokens, and the page where people take an app away. */
export function googleSignInRoutes(state: GoogleState): SandboxRoute[] {
  const route = (
    method: 'GET' | 'POST',
    path: string,
    operation: 'page' | 'connect',
    handle: (state: GoogleState, request: SandboxRequest) => SandboxAnswer,
  ): SandboxRoute => ({ method, path, operation, handle: (request) => asGoogle(() => handle(state, request)) });
  return [
    route('GET', '/accounts/o/oauth2/v2/auth', 'page', showGoogleConsent),
    route('POST', '/accounts/o/oauth2/v2/auth', 'page', submitGoogleConsent),
    route('GET', '/accounts/connections', 'page', showConnections),
    route('POST', '/accounts/connections', 'page', submitConnections),
    route('POST', '/oauth2/token', 'connect', exchangeToken),
    route('POST', '/oauth2/revoke', 'connect', revokeToken),
    route('POST', '/_practice/revoke', 'page', revokeForPractice),
  ];
}

/** `POST /token`: a code for both tokens, or a refresh token for an access token. */
function exchangeToken(state: GoogleState, { form, query }: SandboxRequest): SandboxAnswer {
  const known = PARAMETERS[form.grant_type ?? ''];
  if (!known) throw signInProblem('unsupported_grant_type', `Invalid grant_type: ${form.grant_type ?? ''}`);
  const stranger = [...Object.keys(form), ...Object.keys(query)].find((name) => !known.includes(name));
  if (stranger !== undefined) throw signInProblem('invalid_request', `There is no parameter ${stranger}.`);
  const { app } = state.options;
  if (form.client_id !== app.clientId) throw signInProblem('invalid_client', 'The OAuth client was not found.', 401);
  if (form.client_secret !== app.clientSecret) throw signInProblem('invalid_client', 'Unauthorized', 401);
  return form.grant_type === 'refresh_token' ? renew(state, form) : redeem(state, form);
}

function redeem(state: GoogleState, form: Readonly<Record<string, string>>): SandboxAnswer {
  const code = state.codes.get(form.code ?? '');
  if (!code || code.used || code.expiresAt <= state.now()) throw signInProblem('invalid_grant', 'Malformed auth code.');
  if (code.redirectUri !== form.redirect_uri) throw signInProblem('redirect_uri_mismatch', 'Bad Request');
  const { code_verifier: verifier } = form;
  if (code.challenge !== undefined && verifier === undefined) {
    throw signInProblem('invalid_grant', 'Missing code verifier.');
  }
  const proof = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  if (code.challenge !== undefined && proof !== code.challenge) {
    throw signInProblem('invalid_grant', 'Invalid code verifier.');
  }
  state.codes.set(form.code ?? '', { ...code, used: true });
  const { personId, scopes } = code;
  const family = randomBytes(8).toString('hex');
  const endsInS = state.people.get(personId)?.publishing === 'testing' ? TESTING_LIFE_S : undefined;
  const refresh: GoogleToken = {
    ...{ kind: 'refresh', personId, scopes, family },
    ...(endsInS !== undefined && { expiresAt: state.now() + endsInS * 1000 }),
  };
  const more = code.refreshable
    ? {
        refresh_token: state.issue(refresh),
        ...(endsInS !== undefined && { refresh_token_expires_in: endsInS }),
      }
    : {};
  return accessAnswer(state, { personId, scopes, family }, more);
}

/** The refresh token stays as it is. */
function renew(state: GoogleState, { refresh_token: text = '' }: Readonly<Record<string, string>>): SandboxAnswer {
  const token = state.tokens.get(text);
  if (!token || token.kind !== 'refresh' || !state.isAlive(token)) {
    throw signInProblem('invalid_grant', 'Token has been expired or revoked.');
  }
  const more =
    token.expiresAt === undefined
      ? {}
      : { refresh_token_expires_in: Math.floor((token.expiresAt - state.now()) / 1000) };
  return accessAnswer(state, token, more);
}

function accessAnswer(
  state: GoogleState,
  { personId, scopes, family }: Pick<GoogleToken, 'personId' | 'scopes' | 'family'>,
  more: Readonly<Record<string, string | number>>,
): SandboxAnswer {
  const expiresAt = state.now() + ACCESS_LIFE_S * 1000;
  const access = state.issue({ kind: 'access', personId, scopes, family, expiresAt });
  const body = { access_token: access, expires_in: ACCESS_LIFE_S, ...more };
  return { status: 200, body: { ...body, scope: scopes.join(' '), token_type: 'Bearer' } };
}

/** `POST /revoke`: an access token takes its refresh token with it, and the other way round. */
function revokeToken(state: GoogleState, { form, query }: SandboxRequest): SandboxAnswer {
  const token = state.tokens.get(form.token ?? query.token ?? '');
  if (!token || !state.isAlive(token)) throw signInProblem('invalid_token', 'Token expired or revoked');
  state.kill(({ family }) => family === token.family);
  return { status: 200, body: {} };
}

/** For the practice alone: ends the tokens of a person, `{person}`, or only those that act, `{person, only: "access"}`. */
function revokeForPractice(state: GoogleState, { json }: SandboxRequest): SandboxAnswer {
  if (typeof json.person !== 'string') return { status: 422, body: { message: 'Give "person".' } };
  const id = googleIdOf(json.person);
  state.kill(({ personId, kind }) => personId === id && (json.only === undefined || kind === json.only));
  return { status: 204 };
}

/** Whoever asks, by an access token with one of these scopes. @throws GoogleRefusal */
export function googleCaller(
  state: GoogleState,
  { headers }: SandboxRequest,
  anyOf: readonly string[],
): GooglePerson & { scopes: readonly string[] } {
  const [, text] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const token = text === undefined ? undefined : state.tokens.get(text);
  const person = token && state.people.get(token.personId);
  if (!token || !person || token.kind !== 'access' || !state.isAlive(token)) {
    throw unauthenticated(state, text === undefined ? 'CREDENTIALS_MISSING' : undefined);
  }
  if (!anyOf.some((scope) => token.scopes.includes(scope))) throw scopeInsufficient(state);
  return { ...person, scopes: token.scopes };
}

/** The token is none, or no longer one. */
export function unauthenticated(
  { options }: { options: Pick<GoogleSignInOptions, 'listsErrors'> },
  reason?: string,
): GoogleRefusal {
  const listed = {
    message: 'Invalid Credentials',
    reason: 'authError',
    location: 'Authorization',
    locationType: 'header',
  };
  return googleProblem({
    code: 401,
    status: 'UNAUTHENTICATED',
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid ' +
      'authentication credential.',
    ...(options.listsErrors && { listed }),
    ...(reason !== undefined && { details: [errorInfo(reason)] }),
  });
}

/** The token lacks the scopes. */
function scopeInsufficient({ options }: GoogleState): GoogleRefusal {
  return googleProblem({
    code: 403,
    status: 'PERMISSION_DENIED',
    message: 'Request had insufficient authentication scopes.',
    ...(options.listsErrors && { listed: { message: 'Insufficient Permission', reason: 'insufficientPermissions' } }),
    details: [errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT')],
  });
}
