import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import {
  badParameter,
  caller,
  graphAnswer,
  GraphRefusal,
  missingParameter,
  project,
  redeemCode,
  redeemToken,
  requireApp,
} from '#platforms/meta/sandbox';
import { type State } from './state.js';

const SHORT_LIVED_S = 3_600;
const LONG_LIVED_S = 5_184_000;
const DAY_S = 86_400;

/**
 * `POST https://api.instagram.com/oauth/access_token`: a code for a token of one hour.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
 */
export function exchangeCode(state: State, { form }: SandboxRequest): SandboxAnswer {
  const login = state.logins.instagram;
  try {
    for (const name of ['client_id', 'client_secret', 'grant_type', 'redirect_uri', 'code']) {
      if (!form[name]) throw missingParameter(name);
    }
    if (form.grant_type !== 'authorization_code') throw badParameter('Invalid grant_type');
    requireApp(login, form);
    const userId = redeemCode(login, form);
    const token = login.issue({ userId, expiresAt: login.seconds() + SHORT_LIVED_S });
    const permissions = login.grants.get(userId)?.scopes.filter((scope) => scope !== 'public_profile') ?? [];
    const given = { access_token: token, user_id: userId, permissions: permissions.join(',') };
    return { status: 200, body: { data: [given] } };
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    // This host answers in an older form, without codes of its own.
    return { status: 400, body: { error_type: 'OAuthException', code: 400, error_message: error.message } };
  }
}

/** `GET https://graph.instagram.com/access_token`: https://developers.facebook.com/docs/instagram-platform/reference/access_token */
export function longLived(state: State, { query }: SandboxRequest): SandboxAnswer {
  requireOnly(query, ['grant_type', 'client_secret', 'access_token']);
  const login = state.logins.instagram;
  if (query.grant_type !== 'ig_exchange_token') throw badParameter('Invalid grant_type');
  if (query.client_secret !== login.options.app.clientSecret) {
    throw new GraphRefusal({ code: 1, message: 'Error validating client secret.' });
  }
  const userId = redeemToken(login, query.access_token);
  const before = login.tokens.get(query.access_token ?? '');
  if (before && before.expiresAt - before.issuedAt > DAY_S) {
    throw new GraphRefusal({
      code: 452,
      message: 'Session key invalid. This could be because the token is long-lived.',
    });
  }
  return issued(state, userId);
}

/** `GET https://graph.instagram.com/refresh_access_token`, of a token that is at least 24 hours old and alive. */
export function refreshed(state: State, { query }: SandboxRequest): SandboxAnswer {
  requireOnly(query, ['grant_type', 'access_token']);
  const login = state.logins.instagram;
  if (query.grant_type !== 'ig_refresh_token') throw badParameter('Invalid grant_type');
  const userId = redeemToken(login, query.access_token);
  const before = login.tokens.get(query.access_token ?? '');
  const age = login.seconds() - (before?.issuedAt ?? login.seconds());
  if (!before || before.expiresAt - before.issuedAt <= DAY_S || age < DAY_S) {
    throw new GraphRefusal({
      code: 10,
      message: '(#10) The token cannot be refreshed: it must be long-lived and 24 hours old.',
    });
  }
  return issued(state, userId);
}

function issued(state: State, userId: string): SandboxAnswer {
  const login = state.logins.instagram;
  const token = login.issue({ userId, expiresAt: login.seconds() + LONG_LIVED_S });
  return graphAnswer(200, { access_token: token, token_type: 'bearer', expires_in: LONG_LIVED_S });
}

function requireOnly(query: Readonly<Record<string, string>>, names: readonly string[]): void {
  const missing = names.find((name) => !query[name]);
  if (missing !== undefined) throw missingParameter(missing);
  const unknown = Object.keys(query).find((name) => !names.includes(name));
  if (unknown !== undefined) throw badParameter(`Tried accessing nonexisting field (${unknown})`);
}

/** `GET /me`: https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started */
export function instagramMe(state: State, request: SandboxRequest): SandboxAnswer {
  const { token } = caller(state.logins.instagram, request);
  const { id, username, name } = state.accountOfPerson(token.userId);
  const node: JsonObject = {
    id: token.userId,
    user_id: id,
    username,
    name,
    account_type: state.personal.get(token.userId) ? 'PERSONAL' : 'BUSINESS',
    profile_picture_url: null,
    followers_count: 0,
    media_count: state.media.entries().filter(([, media]) => media.accountId === id).length,
  };
  return graphAnswer(200, project(node, request.query.fields ?? 'id', 'User'));
}
