import {
  htmlPage,
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import { googleProblem, googleSignInRoutes, retryInfo, unauthenticated } from '#platforms/google/sandbox';
import { call, invalidPost, type Manager, quotaExceeded, type Service } from './sandbox/calls.js';
import { changePlace, disable, forget, hold, judge, postBeside, quota } from './sandbox/orders.js';
import { listAccounts, listPlaces } from './sandbox/places.js';
import { createPost, deletePost, getPost, listPosts, patchPost, settlePosts, showPost } from './sandbox/posts.js';
import { State } from './sandbox/state.js';

/**
 * Practice Google Business Profile: the sign-in at `/accounts` and `/oauth2`, accounts at `/accountmanagement`, places at
 * `/businessinformation`, posts at `/mybusiness`. Written from https://developers.google.com/my-business; its app is
 * `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [...googleSignInRoutes(state), ...pages(state), ...orders(state), ...services(state)];
  },
  refusal,
};

function pages(state: State): SandboxRoute[] {
  const page = (path: string, handle: SandboxRoute['handle']): SandboxRoute => ({
    ...{ method: 'GET', path, operation: 'page', handle },
  });
  return [
    page('/search/posts/:id', (request) => showPost(state, request)),
    page('/maps', () => htmlPage('Google', 'A place', '<p>This is where a place is shown on the map.</p>')),
  ];
}

/** What only a rehearsal can ask for. */
function orders(state: State): SandboxRoute[] {
  const all: Readonly<Record<string, (state: State, request: SandboxRequest) => SandboxAnswer>> = {
    ...{ judge, hold, quota, disable, forget },
    place: changePlace,
    post: postBeside,
  };
  return Object.entries(all).map(([name, handle]) => ({
    method: 'POST',
    path: `/_practice/${name}`,
    operation: 'page',
    handle: (request) => handle(state, request),
  }));
}

type Handle = (manager: Manager, request: SandboxRequest) => SandboxAnswer | Promise<SandboxAnswer>;

function services(state: State): SandboxRoute[] {
  const route = (
    method: SandboxRoute['method'],
    service: Service,
    path: string,
    operation: SandboxOperation,
    handle: Handle,
  ): SandboxRoute => ({
    method,
    path: `/${MOUNTS[service]}${path}`,
    operation,
    handle: (request) => {
      settlePosts(state);
      return call(state, service, request, (manager) => handle(manager, request));
    },
  });
  const posts = '/v4/accounts/:account/locations/:location/localPosts';
  const [accounts, places] = ['mybusinessaccountmanagement', 'mybusinessbusinessinformation'] as const;
  return [
    route('GET', accounts, '/v1/accounts', 'connect', listAccounts),
    route('GET', places, '/v1/accounts/:account/locations', 'connect', (manager, request) =>
      listPlaces(state, manager, request),
    ),
    route('GET', 'mybusiness', posts, 'read', (manager, request) => listPosts(state, manager, request)),
    route('POST', 'mybusiness', posts, 'commit', (manager, request) => createPost(state, manager, request)),
    route('GET', 'mybusiness', `${posts}/:post`, 'read', (manager, request) => getPost(state, manager, request)),
    route('PATCH', 'mybusiness', `${posts}/:post`, 'remove', (manager, request) => patchPost(state, manager, request)),
    route('DELETE', 'mybusiness', `${posts}/:post`, 'remove', (manager, request) =>
      deletePost(state, manager, request),
    ),
  ];
}

/** The names of the endpoints. */
const MOUNTS: Readonly<Record<Service, string>> = {
  mybusiness: 'mybusiness',
  mybusinessaccountmanagement: 'accountmanagement',
  mybusinessbusinessinformation: 'businessinformation',
};

/** `bad-request` is a code that promises nothing about what was done. */
function refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
  switch (kind) {
    case 'auth':
      return unauthenticated({ options: { listsErrors: false } }).answer;
    case 'rate-limit':
      return quotaExceeded('mybusiness', 300, retryAfterSeconds).answer;
    case 'unavailable':
      return googleProblem({
        ...{ code: 503, status: 'UNAVAILABLE', message: 'The service is currently unavailable.' },
        ...(retryAfterSeconds !== undefined && { details: [retryInfo(retryAfterSeconds)] }),
      }).answer;
    case 'bad-request':
      return googleProblem({ code: 409, status: 'ABORTED', message: 'The operation was aborted.' }).answer;
    case 'content':
      return invalidPost('summary', 'The summary was not accepted.').answer;
  }
}
