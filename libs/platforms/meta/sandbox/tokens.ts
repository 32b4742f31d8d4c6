import { createHash } from 'node:crypto';
import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, graphAnswer, GraphRefusal, notAllowed, proofOf } from './answers.js';
import { type Grant, type LoginState, type Token } from './state.js';

const SHORT_LIVED_S = 7_200;
const LONG_LIVED_S = 5_183_944;

/** Who is calling, once token and proof were found good. */
export interface Caller {
  text: string;
  token: Token;
  grant: Grant;
}

/**
 * Checks token and `appsecret_proof`; the practice app has "Require App Secret" switched on.
 * https://developers.facebook.com/docs/graph-api/securing-requests
 */
export function caller(state: LoginState, request: SandboxRequest): Caller {
  const text = tokenText(request);
  requireProof(state, request, text);
  const token = state.tokens.get(text);
  if (!token) throw invalidToken('Invalid OAuth access token - Cannot parse access token');
  const reason = deathOf(state, token);
  if (reason) throw reason;
  const grant = state.grants.get(token.userId);
  if (!grant) throw sessionError(458, `The user has not authorized application ${state.options.app.clientId}.`);
  return { text, token, grant };
}

/** A caller with the Page's own token, which may do what the scope stands for. */
export function pageCaller(state: LoginState, request: SandboxRequest, pageId: string, scope: string): Caller {
  const found = caller(state, request);
  if (found.token.pageId === undefined) {
    throw new GraphRefusal({ code: 190, subcode: 2069032, message: 'A Page access token is required for this call.' });
  }
  if (found.token.pageId !== pageId || !found.grant.pages.includes(pageId)) throw notAllowed('Permissions error');
  requireScope(found.grant, scope);
  return found;
}

/** A caller with the token of this person. */
export function userCaller(state: LoginState, request: SandboxRequest, userId: string): Caller {
  const found = caller(state, request);
  if (found.token.pageId !== undefined || (userId !== 'me' && userId !== found.token.userId)) {
    throw notAllowed('A user access token of this person is required to request this resource.');
  }
  return found;
}

/** Throws unless the person granted it. */
export function requireScope(grant: Grant, scope: string): void {
  if (!grant.scopes.includes(scope)) throw notAllowed(`Requires ${scope} permission to manage the object`);
}

/**
 * `oauth/access_token`: a code for a short-lived token, or a token for a long-lived one. GET and POST alike.
 * https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
 */
export function accessToken(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const given: Readonly<Record<string, string>> = { ...request.query, ...request.form };
  requireApp(state, given);
  const exchanging = given.grant_type === 'fb_exchange_token';
  const userId = exchanging ? redeemToken(state, given.fb_exchange_token) : redeemCode(state, given);
  const seconds = exchanging ? LONG_LIVED_S : SHORT_LIVED_S;
  const token = state.issue({ userId, expiresAt: state.seconds() + seconds });
  return graphAnswer(200, { access_token: token, token_type: 'bearer', expires_in: seconds });
}

/** Throws unless id and secret are the app's. */
export function requireApp({ options: { app } }: LoginState, given: Readonly<Record<string, string>>): void {
  if (given.client_id !== app.clientId) {
    throw new GraphRefusal({
      code: 101,
      message: 'Error validating application. Cannot get application info due to a system error.',
    });
  }
  if (given.client_secret !== app.clientSecret) {
    throw new GraphRefusal({ code: 1, message: 'Error validating client secret.' });
  }
}

/** The person behind a code, which is used up by that. */
export function redeemCode(state: LoginState, given: Readonly<Record<string, string>>): string {
  const code = state.codes.get(given.code ?? '');
  if (!code) throw new GraphRefusal({ code: 100, message: 'Invalid verification code format.' });
  if (code.used) throw codeError(36009, 'This authorization code has been used.');
  if (code.expiresAt <= state.seconds()) throw codeError(36007, 'This authorization code has expired.');
  if (code.redirectUri !== given.redirect_uri) {
    throw codeError(
      36008,
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the ' +
        'OAuth dialog request',
    );
  }
  const proof = createHash('sha256')
    .update(given.code_verifier ?? '')
    .digest('base64url');
  if (code.challenge !== undefined && code.challenge !== proof) {
    throw new GraphRefusal({ code: 100, message: 'Invalid code verifier.' });
  }
  state.codes.set(given.code ?? '', { ...code, used: true });
  return code.userId;
}

/** The person behind a user token that is alive. */
export function redeemToken(state: LoginState, text = ''): string {
  const token = state.tokens.get(text);
  if (!token || token.pageId !== undefined) throw invalidToken('Invalid OAuth access token.');
  const reason = deathOf(state, token);
  if (reason) throw reason;
  return token.userId;
}

/** https://developers.facebook.com/docs/graph-api/reference/debug_token, asked with the app's own token. */
export function debugToken(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const text = tokenText(request);
  const { app } = state.options;
  if (text !== `${app.clientId}|${app.clientSecret}`) {
    throw invalidToken('Invalid OAuth access token signature.');
  }
  requireProof(state, request, text);
  const input = request.query.input_token;
  if (input === undefined) throw badParameter('The parameter input_token is required');
  const token = state.tokens.get(input);
  const death = token ? deathOf(state, token) : invalidToken('The access token could not be decrypted');
  if (!token || death) {
    const error = {
      code: 190,
      message: death?.message ?? '',
      ...(death?.error.subcode && { subcode: death.error.subcode }),
    };
    return graphAnswer(200, { data: { error, is_valid: false, scopes: [] } });
  }
  return graphAnswer(200, { data: describe(state, token) });
}

function describe(state: LoginState, token: Token): JsonObject {
  const grant = state.grants.get(token.userId);
  const scopes = grant?.scopes ?? [];
  return {
    app_id: state.options.app.clientId,
    type: token.pageId === undefined ? 'USER' : 'PAGE',
    application: 'ClickPost practice',
    is_valid: true,
    user_id: token.userId,
    issued_at: token.issuedAt,
    expires_at: token.expiresAt,
    data_access_expires_at: token.dataAccessExpiresAt,
    scopes,
    granular_scopes: scopes
      .filter((scope) => scope !== 'public_profile')
      .map((scope) => ({ scope, ...(scope.startsWith('pages_') && { target_ids: grant?.pages ?? [] }) })),
    ...(token.pageId !== undefined && { profile_id: token.pageId }),
  };
}

/** For the practice alone: ends the tokens of a Page or a person, for the reason that the subcode names. */
export function revokeForPractice(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const { page, user, subcode } = request.json;
  if (typeof page !== 'string' && typeof user !== 'string') {
    return { status: 422, body: { message: 'Give "page" or "user", an id; and "subcode" (460 when left out).' } };
  }
  const fits = (token: Token) => (typeof page === 'string' ? token.pageId === page : token.userId === user);
  state.kill(fits, typeof subcode === 'number' ? subcode : 460);
  return { status: 204 };
}

/** For the practice alone: how many calls a minute a Page or account (`account`), or the app, may make: `allowed`. */
export function allowForPractice(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const { account, allowed } = request.json;
  if (typeof allowed !== 'number' || !(allowed > 0) || (account !== undefined && typeof account !== 'string')) {
    return {
      status: 422,
      body: { message: 'Give "allowed", calls a minute; and "account", an id (the app when left out).' },
    };
  }
  state.usage.allow(account ?? 'app', allowed);
  return { status: 204 };
}

/** Whose limits a call counts towards: a Page's token the Page's, every other the app's. */
export function usageHeaders(state: LoginState, request: SandboxRequest): Record<string, string> {
  const text = givenToken(request);
  const pageId = text === undefined ? undefined : state.tokens.get(text)?.pageId;
  return state.usage.count({ ...(pageId !== undefined && { account: pageId }), useCase: 'pages', code: 80_001 });
}

function givenToken(request: SandboxRequest): string | undefined {
  const header = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? request.form.access_token ?? request.query.access_token;
}

/** In the `Authorization` header, as `Bearer` or `OAuth`, or as a parameter. */
export function tokenText(request: SandboxRequest): string {
  const text = givenToken(request);
  if (text !== undefined) return text;
  throw new GraphRefusal({
    code: 2500,
    message: 'An active access token must be used to query information about the current user.',
  });
}

function requireProof({ options }: LoginState, request: SandboxRequest, text: string): void {
  if (options.proof === false) return;
  const proof = request.form.appsecret_proof ?? request.query.appsecret_proof;
  const type = 'GraphMethodException';
  if (proof === undefined) {
    throw new GraphRefusal({
      code: 100,
      type,
      message: 'API calls from the server require an appsecret_proof argument',
    });
  }
  if (proof !== proofOf(text, options.app.clientSecret)) {
    throw new GraphRefusal({ code: 100, type, message: 'Invalid appsecret_proof provided in the API argument' });
  }
}

const DEATHS: Readonly<Record<number, string>> = {
  458: 'The user has not authorized the application.',
  459: 'You cannot access the app till you log in to www.facebook.com and follow the instructions given.',
  460: 'The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  464: 'Sessions for the user are not allowed because the user is not a confirmed user.',
  467: 'The session is invalid because the user logged out.',
};

function deathOf(state: LoginState, token: Token): GraphRefusal | undefined {
  if (token.dead !== undefined) return sessionError(token.dead, DEATHS[token.dead] ?? 'The session is invalid.');
  if (token.expiresAt === 0 || token.expiresAt > state.seconds()) return undefined;
  return sessionError(463, `Session has expired on ${new Date(token.expiresAt * 1000).toISOString()}.`);
}

function sessionError(subcode: number, reason: string): GraphRefusal {
  return new GraphRefusal({ code: 190, subcode, message: `Error validating access token: ${reason}` }, 401);
}

function invalidToken(message: string): GraphRefusal {
  return new GraphRefusal({ code: 190, message }, 401);
}

function codeError(subcode: number, message: string): GraphRefusal {
  return new GraphRefusal({ code: 100, subcode, message });
}
