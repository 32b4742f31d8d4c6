import { createHash } from 'node:crypto';
import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import {
  badParameter,
  caller,
  graphAnswer,
  GraphRefusal,
  missingParameter,
  redeemToken,
  requireApp,
} from '#platforms/meta/sandbox';
import { requirePermission, type State, textIn } from './state.js';

const SHORT_LIVED_S = 3_600;
const LONG_LIVED_S = 5_183_944;
const YOUNGEST_S = 86_400;

/**
 * `POST /oauth/access_token`: a code for a token of an hour. A code that does not fit is refused in the older form.
 * https://developers.facebook.com/documentation/threads/get-started/get-access-tokens-and-permissions
 */
export function exchangeCode(state: State, { form }: SandboxRequest): SandboxAnswer {
  for (const name of ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri']) {
    if (form[name] === undefined) throw missingParameter(name);
  }
  requireApp(state, form);
  if (form.grant_type !== 'authorization_code') throw badParameter('grant_type must be authorization_code');
  const code = state.codes.get(form.code ?? '');
  const fits = code && !code.used && code.expiresAt > state.seconds() && code.redirectUri === form.redirect_uri;
  if (!fits || !isProved(code.challenge, form.code_verifier)) {
    const words = 'Matching code was not found or was already used';
    return graphAnswer(400, { error_type: 'OAuthException', code: 400, error_message: words });
  }
  state.codes.set(form.code ?? '', { ...code, used: true });
  const token = state.issue({ userId: code.userId, expiresAt: state.seconds() + SHORT_LIVED_S });
  // The page shows the id as a number, which a parser rounds.
  const body = `{"access_token": ${JSON.stringify(token)}, "user_id": ${code.userId}}`;
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

/** Whoever began with a key proves it: RFC 7636, 4.6. No page of Threads speaks of it. */
function isProved(challenge: string | undefined, verifier = ''): boolean {
  return challenge === undefined || challenge === createHash('sha256').update(verifier).digest('base64url');
}

/**
 * `GET /access_token`: a token of an hour for one of 60 days.
 * https://developers.facebook.com/documentation/threads/get-started/long-lived-tokens
 */
export function exchangeToken(state: State, { query }: SandboxRequest): SandboxAnswer {
  if (query.grant_type !== 'th_exchange_token') throw badParameter('grant_type must be th_exchange_token');
  if (query.client_secret !== state.options.app.clientSecret) {
    throw new GraphRefusal({ code: 1, message: 'Error validating client secret.' });
  }
  const userId = redeemToken(state, query.access_token);
  const token = state.tokens.get(query.access_token ?? '');
  if (token && token.expiresAt - token.issuedAt > SHORT_LIVED_S) {
    throw new GraphRefusal({ code: 452, subcode: 4_279_019, message: 'Session key invalid' });
  }
  return longLived(state, userId);
}

/** `GET /refresh_access_token`: at least a day old, and not expired. Same page. */
export function refreshToken(state: State, { query }: SandboxRequest): SandboxAnswer {
  if (query.grant_type !== 'th_refresh_token') throw badParameter('grant_type must be th_refresh_token');
  const userId = redeemToken(state, query.access_token);
  const token = state.tokens.get(query.access_token ?? '');
  const grant = state.grants.get(userId);
  if (grant) requirePermission(grant, 'threads_basic');
  if (token && token.expiresAt - token.issuedAt <= SHORT_LIVED_S) {
    throw badParameter('Only a long-lived token can be refreshed');
  }
  if (token && state.seconds() - token.issuedAt < YOUNGEST_S) {
    throw badParameter('The token must be at least 24 hours old');
  }
  return longLived(state, userId);
}

/**
 * `GET /debug_token`, for testers of the app alone.
 * https://developers.facebook.com/documentation/threads/troubleshooting/debug-access-token
 */
export function debugToken(state: State, request: SandboxRequest): SandboxAnswer {
  const { token: asker } = caller(state, request);
  if (state.testers.get(asker.userId) === undefined) {
    throw new GraphRefusal(
      { code: 10, message: '(#10) The access token must belong to a Threads tester of the app' },
      403,
    );
  }
  const input = request.query.input_token;
  if (input === undefined) throw missingParameter('input_token');
  const userId = redeemToken(state, input);
  const token = state.tokens.get(input);
  return graphAnswer(200, {
    data: {
      type: 'USER',
      application: 'ClickPost practice',
      data_access_expires_at: token?.dataAccessExpiresAt ?? 0,
      expires_at: token?.expiresAt ?? 0,
      is_valid: true,
      issued_at: token?.issuedAt ?? 0,
      scopes: (state.grants.get(userId)?.scopes ?? []).filter((scope) => scope.startsWith('threads_')),
      user_id: userId,
    },
  });
}

/** For the practice alone: makes somebody a tester of the app, `{user}`. */
export function addTester(state: State, { json }: SandboxRequest): SandboxAnswer {
  state.testers.set(textIn(json, 'user'), true);
  return { status: 204 };
}

function longLived(state: State, userId: string): SandboxAnswer {
  const token = state.issue({ userId, expiresAt: state.seconds() + LONG_LIVED_S });
  return graphAnswer(200, { access_token: token, token_type: 'bearer', expires_in: LONG_LIVED_S });
}
