import {
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import {
  accounts,
  addPageForPractice,
  businesses,
  businessPages,
  deletePermissions,
  me,
  permissions,
} from './sandbox/accounts.js';
import { errorAnswer, GraphRefusal, unknownPath } from './sandbox/answers.js';
import { showDialog, showPost, submitDialog } from './sandbox/consent.js';
import { createPost, deleteObject, publishedPosts, readPost, uploadPhoto } from './sandbox/posts.js';
import { State } from './sandbox/state.js';
import { accessToken, debugToken, revokeForPractice } from './sandbox/tokens.js';

type Handler = (state: State, request: SandboxRequest) => SandboxAnswer;
type Row = [SandboxRoute['method'], string, SandboxRoute['operation'], Handler];

/** Versions that are alive: https://developers.facebook.com/docs/graph-api/changelog/versions */
const LIVE_VERSIONS = new Set(['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0']);

const PAGES: readonly Row[] = [
  ['GET', '/www/:version/dialog/oauth', 'page', showDialog],
  ['POST', '/www/:version/dialog/oauth', 'page', submitDialog],
  ['GET', '/www/:id', 'page', showPost],
  ['POST', '/_practice/revoke', 'page', revokeForPractice],
  ['POST', '/_practice/pages', 'page', addPageForPractice],
];

const removal = ({ params }: SandboxRequest): SandboxOperation =>
  // A photo has a plain id, a post that of its Page in front; the former is part of preparing.
  params.id?.includes('_') ? 'remove' : 'prepare';

const GRAPH: readonly Row[] = [
  ['GET', 'oauth/access_token', 'connect', accessToken],
  ['POST', 'oauth/access_token', 'connect', accessToken],
  ['GET', 'debug_token', 'connect', debugToken],
  ['GET', 'me', 'connect', me],
  ['GET', ':id/accounts', 'connect', accounts],
  ['GET', ':id/businesses', 'connect', businesses],
  ['GET', ':id/permissions', 'connect', permissions],
  ['DELETE', ':id/permissions', 'connect', deletePermissions],
  ['POST', ':id/photos', 'prepare', uploadPhoto],
  ['POST', ':id/feed', 'commit', createPost],
  ['GET', ':id/published_posts', 'read', publishedPosts],
  ['GET', ':id/:edge', 'connect', businessEdge],
  ['GET', ':id', 'read', readPost],
  ['DELETE', ':id', removal, deleteObject],
];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Practice Facebook: the Login dialog at `/www`, the Graph API at `/graph`. The app is `PRACTICE_APP` of the manifest. */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    const page = ([method, path, operation, handle]: Row): SandboxRoute => ({
      method,
      path,
      operation,
      handle: (request) => handle(state, request),
    });
    const graph = ([method, path, operation, handle]: Row): SandboxRoute => ({
      method,
      path: `/graph/:version/${path}`,
      operation,
      handle: (request) => asGraph(() => handle(state, versioned(request))),
    });
    const missing = METHODS.map((method): SandboxRoute => ({
      method,
      path: '/graph/{*rest}',
      operation: 'read',
      handle: (request) => asGraph(() => nothingThere(request)),
    }));
    return [...PAGES.map(page), ...GRAPH.map(graph), ...missing];
  },
  refusal,
};

function asGraph(handle: () => SandboxAnswer): SandboxAnswer {
  try {
    return handle();
  } catch (error) {
    if (error instanceof GraphRefusal) return errorAnswer(error.error, error.status);
    throw error;
  }
}

function versioned(request: SandboxRequest): SandboxRequest {
  return LIVE_VERSIONS.has(request.params.version ?? '') ? request : nothingThere(request);
}

function nothingThere(request: SandboxRequest): never {
  throw unknownPath(request.path.replace(/^\/graph/, ''));
}

function businessEdge(state: State, request: SandboxRequest): SandboxAnswer {
  const known = request.params.edge === 'owned_pages' || request.params.edge === 'client_pages';
  return known ? businessPages(state, request) : nothingThere(request);
}

/**
 * `bad-request` is the vague code 1, the one 400 that Facebook sends without saying whether anything happened, since the
 * host also uses it for what was accepted and then denied.
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
        { code: 32, message: '(#32) Page request limit reached', transient: true },
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
