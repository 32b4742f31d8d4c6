import { type PlatformSandbox, type RefusalKind, type SandboxAnswer, type SandboxRoute } from '#platforms/core';
import { answering, invalid, problem, unauthorized } from './sandbox/answers.js';
import { showConsent, submitConsent } from './sandbox/consent.js';
import { State } from './sandbox/state.js';
import { exchangeToken, revokeToken } from './sandbox/tokens.js';
import { me } from './sandbox/users.js';

/**
 * Practice X: the consent page at `/www`, the API at `/api`. Written from https://docs.x.com and the description of the API; its
 * app is `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [...pages(state), ...signIn(state)];
  },
  refusal,
};

function pages(state: State): SandboxRoute[] {
  return [
    { method: 'GET', path: '/www/i/oauth2/authorize', operation: 'page', handle: (request) => showConsent(request) },
    {
      method: 'POST',
      path: '/www/i/oauth2/authorize',
      operation: 'page',
      handle: (request) => submitConsent(state, request),
    },
  ];
}

function signIn(state: State): SandboxRoute[] {
  const route = (method: 'GET' | 'POST', path: string, handle: SandboxRoute['handle']): SandboxRoute => ({
    method,
    path: `/api/2/${path}`,
    operation: 'connect',
    handle: (request) => answering(() => handle(request)),
  });
  return [
    route('POST', 'oauth2/token', (request) => exchangeToken(state, request)),
    route('POST', 'oauth2/revoke', (request) => revokeToken(state, request)),
    route('GET', 'users/me', (request) => me(state, request)),
  ];
}

/** `bad-request` is the one 400 that says nothing of what happened. */
function refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
  switch (kind) {
    case 'auth':
      return unauthorized().answer;
    case 'rate-limit':
      return {
        status: 429,
        headers: {
          'x-rate-limit-limit': '100',
          'x-rate-limit-remaining': '0',
          ...(retryAfterSeconds !== undefined && {
            'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + retryAfterSeconds),
          }),
        },
        body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
      };
    case 'unavailable':
      return problem(503, 'about:blank', 'Service Unavailable', 'Service Unavailable').answer;
    case 'bad-request':
      return problem(400, 'about:blank', 'Bad Request', 'Bad Request').answer;
    case 'content':
      return invalid('Your post could not be created.').answer;
  }
}
