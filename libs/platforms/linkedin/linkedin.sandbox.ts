import { type PlatformSandbox, type RefusalKind, type SandboxAnswer, type SandboxRoute } from '#platforms/core';
import { act, readAsset, receive } from './sandbox/assets.js';
import { createComment, deleteComment, listComments, updateComment } from './sandbox/comments.js';
import { showConsent, submitConsent } from './sandbox/consent.js';
import { me, organizationAcls, organizationsLookup, readOrganization, userinfo } from './sandbox/people.js';
import {
  createPost,
  deletePost,
  listPosts,
  readPost,
  showOrganization,
  showPost,
  updatePost,
} from './sandbox/posts.js';
import { allow, develop, endTokens, setRole, sunset } from './sandbox/practice.js';
import { errorAnswer, type RestRow, restRoutes } from './sandbox/rest.js';
import { State } from './sandbox/state.js';
import { accessToken, revoke } from './sandbox/tokens.js';

const PAGING = ['start', 'count'];

/**
 * Practice LinkedIn: sign-in and posts at `/www`, the API at `/api`, uploads at `/upload`. Written from
 * https://learn.microsoft.com/en-us/linkedin/; its app is `PRACTICE_APP` of the manifest, and has either product.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [
      ...pages(state),
      ...restRoutes(state, [...people(state), ...assets(state), ...posts(state), ...comments(state)]),
    ];
  },
  refusal,
};

function pages(state: State): SandboxRoute[] {
  const route = (
    method: SandboxRoute['method'],
    path: string,
    handle: SandboxRoute['handle'],
    operation: SandboxRoute['operation'] = 'page',
  ): SandboxRoute => ({ method, path, operation, handle });
  return [
    route('GET', '/www/oauth/v2/authorization', (request) => showConsent(state, request)),
    route('POST', '/www/oauth/v2/authorization', (request) => submitConsent(state, request)),
    route('POST', '/www/oauth/v2/accessToken', (request) => accessToken(state, request), 'connect'),
    route('POST', '/www/oauth/v2/revoke', (request) => revoke(state, request), 'connect'),
    route('GET', '/www/feed/update/:urn', (request) => showPost(state, request)),
    route('GET', '/www/company/:name', (request) => showOrganization(request)),
    route('PUT', '/upload/:urn/:part', (request) => receive(state, request), 'prepare'),
    route('POST', '/_practice/roles', (request) => setRole(state, request)),
    route('POST', '/_practice/end', (request) => endTokens(state, request)),
    route('POST', '/_practice/allow', (request) => allow(state, request)),
    route('POST', '/_practice/develop', () => develop(state)),
    route('POST', '/_practice/sunset', (request) => sunset(state, request)),
  ];
}

function people(state: State): RestRow[] {
  return [
    {
      method: 'GET',
      path: '/v2/userinfo',
      operation: 'connect',
      versioned: false,
      handle: (caller) => userinfo(state, caller),
    },
    { method: 'GET', path: '/v2/me', operation: 'connect', versioned: false, handle: (caller) => me(state, caller) },
    {
      method: 'GET',
      path: '/rest/organizationAcls',
      operation: 'connect',
      query: ['q', 'role', 'state', ...PAGING],
      handle: (caller, request) => organizationAcls(state, caller, request),
    },
    {
      method: 'GET',
      path: '/rest/organizationsLookup',
      operation: 'connect',
      query: ['ids'],
      handle: (caller, request) => organizationsLookup(state, caller, request),
    },
    {
      method: 'GET',
      path: '/rest/organizations/:id',
      operation: 'connect',
      handle: (caller, request) => readOrganization(state, caller, request),
    },
  ];
}

function assets(state: State): RestRow[] {
  return (['image', 'document', 'video'] as const).flatMap((kind): RestRow[] => [
    {
      method: 'POST',
      path: `/rest/${kind}s`,
      operation: 'prepare',
      query: ['action'],
      handle: (caller, request) => act(state, caller, request, kind),
    },
    {
      method: 'GET',
      path: `/rest/${kind}s/:urn`,
      operation: 'prepare',
      handle: (caller, request) => readAsset(state, caller, request, kind),
    },
  ]);
}

function posts(state: State): RestRow[] {
  const one = '/rest/posts/:urn';
  return [
    {
      method: 'POST',
      path: '/rest/posts',
      operation: 'commit',
      handle: (caller, request) => createPost(state, caller, request),
    },
    {
      method: 'GET',
      path: '/rest/posts',
      operation: 'read',
      query: ['q', 'author', 'sortBy', ...PAGING],
      handle: (caller, request) => listPosts(state, caller, request),
    },
    { method: 'GET', path: one, operation: 'read', handle: (caller, request) => readPost(state, caller, request) },
    { method: 'POST', path: one, operation: 'remove', handle: (caller, request) => updatePost(state, caller, request) },
    {
      method: 'DELETE',
      path: one,
      operation: 'remove',
      handle: (caller, request) => deletePost(state, caller, request),
    },
  ];
}

function comments(state: State): RestRow[] {
  const all = '/rest/socialActions/:urn/comments';
  const one = `${all}/:id`;
  const query = ['actor'];
  return [
    {
      method: 'POST',
      path: all,
      operation: 'commit',
      handle: (caller, request) => createComment(state, caller, request),
    },
    {
      method: 'GET',
      path: all,
      operation: 'read',
      query: PAGING,
      handle: (caller, request) => listComments(state, caller, request),
    },
    {
      method: 'POST',
      path: one,
      operation: 'remove',
      query,
      handle: (caller, request) => updateComment(state, caller, request),
    },
    {
      method: 'DELETE',
      path: one,
      operation: 'remove',
      query,
      handle: (caller, request) => deleteComment(state, caller, request),
    },
  ];
}

/** `bad-request` is the answer that people meet without anybody explaining it: it says nothing of what happened. */
function refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
  const hint = retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } };
  switch (kind) {
    case 'auth':
      return errorAnswer({
        status: 401,
        serviceErrorCode: 65_602,
        code: 'EXPIRED_ACCESS_TOKEN',
        message: 'The token used in the request has expired',
      });
    case 'rate-limit':
      return errorAnswer({
        status: 429,
        serviceErrorCode: 101,
        code: 'TOO_MANY_REQUESTS',
        message: 'Too many requests',
        ...hint,
      });
    case 'unavailable':
      return errorAnswer({ status: 503, serviceErrorCode: 0, message: 'Service Unavailable', ...hint });
    case 'bad-request':
      return errorAnswer({ status: 400, serviceErrorCode: 0, message: 'Bad request' });
    case 'content':
      return errorAnswer({
        status: 400,
        message: 'commentary :: FIELD_LENGTH_TOO_LONG',
        inputErrors: [{ code: 'FIELD_LENGTH_TOO_LONG', description: 'The field is too long', fieldPath: 'commentary' }],
      });
  }
}
