import { type PlatformSandbox, type RefusalKind, type SandboxAnswer, type SandboxRoute } from '#platforms/core';
import {
  allowForPractice,
  asGraph,
  errorAnswer,
  type GraphRow,
  graphRoutes,
  revokeForPractice,
  showApps,
  showDialog,
  submitApps,
  submitDialog,
  tokenText,
} from '#platforms/meta/sandbox';
import { CONTAINER_PARAMETERS, createContainer } from './sandbox/containers.js';
import { searchPlaces } from './sandbox/places.js';
import { deletePost, listPosts, publish, readObject, showPost } from './sandbox/posts.js';
import { me, publishingLimit, useUp } from './sandbox/profile.js';
import { State } from './sandbox/state.js';
import { addTester, debugToken, exchangeCode, exchangeToken, refreshToken } from './sandbox/tokens.js';

const PAGING = ['since', 'until', 'limit', 'before', 'after'];

/**
 * Practice Threads: the Authorization Window at `/www`, tokens and the Graph API at `/graph`. Written from
 * https://developers.facebook.com/documentation/threads; its app is `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [...pages(state), ...tokens(state), ...graph(state)];
  },
  refusal,
};

function pages(state: State): SandboxRoute[] {
  const route = (method: 'GET' | 'POST', path: string, handle: SandboxRoute['handle']): SandboxRoute => ({
    method,
    path,
    operation: 'page',
    handle,
  });
  return [
    route('GET', '/www/oauth/authorize', (request) => showDialog(state, request)),
    route('POST', '/www/oauth/authorize', (request) => submitDialog(state, request)),
    route('GET', '/www/apps', () => showApps(state)),
    route('POST', '/www/apps', (request) => submitApps(state, request)),
    route('GET', '/www/:username/post/:code', (request) => showPost(state, request)),
    route('POST', '/_practice/revoke', (request) => revokeForPractice(state, request)),
    route('POST', '/_practice/allow', (request) => allowForPractice(state, request)),
    route('POST', '/_practice/testers', (request) => addTester(state, request)),
    route('POST', '/_practice/use', (request) => useUp(state, request)),
  ];
}

/** Outside of the versions. https://developers.facebook.com/documentation/threads/get-started/long-lived-tokens */
function tokens(state: State): SandboxRoute[] {
  const route = (
    method: 'GET' | 'POST',
    path: string,
    handle: (state: State, request: Parameters<SandboxRoute['handle']>[0]) => SandboxAnswer,
  ): SandboxRoute => ({
    method,
    path: `/graph/${path}`,
    operation: 'connect',
    handle: (request) => asGraph(() => handle(state, request)),
  });
  return [
    route('POST', 'oauth/access_token', exchangeCode),
    route('GET', 'access_token', exchangeToken),
    route('GET', 'refresh_access_token', refreshToken),
  ];
}

function graph(state: State): SandboxRoute[] {
  const rows: GraphRow[] = [
    { method: 'GET', path: 'me', operation: 'connect', handle: (request) => me(state, request) },
    {
      method: 'GET',
      path: 'debug_token',
      operation: 'connect',
      parameters: ['input_token'],
      handle: (request) => debugToken(state, request),
    },
    {
      method: 'GET',
      path: 'location_search',
      operation: 'read',
      parameters: ['q', 'latitude', 'longitude'],
      handle: (request) => searchPlaces(state, request),
    },
    {
      method: 'POST',
      path: ':id/threads',
      operation: 'prepare',
      parameters: CONTAINER_PARAMETERS,
      handle: (request) => createContainer(state, request),
    },
    {
      method: 'POST',
      path: ':id/threads_publish',
      operation: 'commit',
      parameters: ['creation_id'],
      handle: (request) => publish(state, request),
    },
    {
      method: 'GET',
      path: ':id/threads_publishing_limit',
      operation: 'prepare',
      handle: (request) => publishingLimit(state, request),
    },
    ...(['threads', 'replies'] as const).map((which): GraphRow => ({
      method: 'GET',
      path: `:id/${which}`,
      operation: 'read',
      parameters: PAGING,
      handle: (request) => listPosts(state, request, which),
    })),
    { method: 'GET', path: ':id', operation: 'read', handle: (request) => readObject(state, request) },
    { method: 'DELETE', path: ':id', operation: 'remove', handle: (request) => deletePost(state, request) },
  ];
  return graphRoutes({
    mount: '/graph',
    versions: new Set(['v1.0']),
    rows,
    usage: (request) => {
      const userId = state.tokens.get(tokenText(request))?.userId;
      // Counted for each pair of app and person: https://developers.facebook.com/documentation/threads/overview#rate-limiting
      return state.usage.count({ ...(userId !== undefined && { account: userId }), useCase: 'threads', code: 613 });
    },
  });
}

/**
 * `bad-request` is the vague code 1, the one 400 that Meta sends without saying whether anything happened, since the host also
 * uses it for what was accepted and then denied.
 */
function refusal(kind: RefusalKind, retryAfterSeconds = 0): SandboxAnswer {
  switch (kind) {
    case 'auth':
      return errorAnswer(
        { code: 190, subcode: 463, message: 'Error validating access token: Session has expired.' },
        401,
      );
    case 'rate-limit':
      // The header counts minutes; a rehearsal does not want to wait for a whole one, so parts of one are sent too.
      return errorAnswer(
        { code: 613, message: '(#613) Calls to this api have exceeded the rate limit.', transient: true },
        403,
        retryAfterSeconds / 60,
      );
    case 'unavailable':
      return errorAnswer({ code: 2, message: 'Service temporarily unavailable', transient: true }, 503);
    case 'bad-request':
      return errorAnswer({ code: 1, message: 'An unknown error occurred' });
    case 'content':
      return errorAnswer({
        code: 368,
        message: 'The action attempted has been deemed abusive or is otherwise disallowed',
      });
  }
}
