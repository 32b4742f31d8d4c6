import {
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import { answering, invalid, problem, unauthorized } from './sandbox/answers.js';
import { showConsent, submitConsent } from './sandbox/consent.js';
import { append, describeMedia, finalize, initialize, mediaStatus, uploadMedia } from './sandbox/media.js';
import { createPost, deletePost } from './sandbox/posts.js';
import { changePlan, revokeForPractice, showApps, showPost, submitApps, subscribe } from './sandbox/practice.js';
import { type Endpoint, limited } from './sandbox/rates.js';
import { type Person, State } from './sandbox/state.js';
import { listPosts } from './sandbox/timeline.js';
import { caller, exchangeToken, revokeToken } from './sandbox/tokens.js';
import { me } from './sandbox/users.js';

/**
 * Practice X: the consent page at `/www`, the API at `/api`. Written from https://docs.x.com and the description of the API; its
 * app is `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [...pages(state), ...signIn(state), ...calls(state)];
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
    route('GET', '/www/i/oauth2/authorize', showConsent),
    route('POST', '/www/i/oauth2/authorize', (request) => submitConsent(state, request)),
    route('GET', '/www/settings/connected_apps', () => showApps(state)),
    route('POST', '/www/settings/connected_apps', (request) => submitApps(state, request)),
    route('GET', '/www/i/web/status/:id', (request) => showPost(state, request)),
    route('GET', '/www/:username/status/:id', (request) => showPost(state, request)),
    route('POST', '/_practice/plan', (request) => changePlan(state, request)),
    route('POST', '/_practice/revoke', (request) => revokeForPractice(state, request)),
    route('POST', '/_practice/subscribe', (request) => subscribe(state, request)),
  ];
}

function signIn(state: State): SandboxRoute[] {
  const route = (path: string, handle: SandboxRoute['handle']): SandboxRoute => ({
    method: 'POST',
    path: `/api/2/oauth2/${path}`,
    operation: 'connect',
    handle: (request) => answering(() => handle(request)),
  });
  return [
    route('token', (request) => exchangeToken(state, request)),
    route('revoke', (request) => revokeToken(state, request)),
  ];
}

const WRITE = ['tweet.write', 'users.read', 'tweet.read'];
const READ = ['tweet.read', 'users.read'];
const MEDIA = ['media.write'];

/** A call of the API: who may make it, what it counts as, and what it is to ClickPost. */
interface CallRow {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  operation: SandboxRoute['operation'];
  scopes: readonly string[];
  endpoint: Endpoint;
  handle: (person: Person, request: SandboxRequest) => SandboxAnswer;
}

function calls(state: State): SandboxRoute[] {
  const media = (
    method: 'GET' | 'POST',
    path: string,
    endpoint: Endpoint,
    handle: (state: State, userId: string, request: SandboxRequest) => SandboxAnswer,
  ): CallRow => ({
    method,
    path: `media/${path}`,
    operation: 'prepare',
    scopes: MEDIA,
    endpoint,
    handle: ({ id }, request) => handle(state, id, request),
  });
  const rows: CallRow[] = [
    {
      method: 'GET',
      path: 'users/me',
      operation: 'connect',
      scopes: READ,
      endpoint: 'me',
      handle: (person, request) => me(person, request),
    },
    {
      method: 'GET',
      path: 'users/:id/tweets',
      operation: 'read',
      scopes: READ,
      endpoint: 'timeline',
      handle: (person, request) => listPosts(state, person, request),
    },
    {
      method: 'POST',
      path: 'tweets',
      operation: publishing,
      scopes: WRITE,
      endpoint: 'create',
      handle: (person, request) => createPost(state, person, request),
    },
    {
      method: 'DELETE',
      path: 'tweets/:id',
      operation: 'remove',
      scopes: WRITE,
      endpoint: 'delete',
      handle: (person, request) => deletePost(state, person, request),
    },
    media('POST', 'upload', 'upload', uploadMedia),
    media('GET', 'upload', 'status', mediaStatus),
    media('POST', 'upload/initialize', 'initialize', initialize),
    media('POST', 'upload/:id/append', 'append', append),
    media('POST', 'upload/:id/finalize', 'finalize', finalize),
    media('POST', 'metadata', 'metadata', describeMedia),
  ];
  return rows.map(({ method, path, operation, scopes, endpoint, handle }) => ({
    method,
    path: `/api/2/${path}`,
    operation,
    handle: (request) =>
      answering(() => {
        const person = caller(state, request, ...scopes);
        return limited(state, person.id, endpoint, () => handle(person, request));
      }),
  }));
}

/** An edit shows nothing new, so faults of publishing are not for it. */
function publishing({ json }: SandboxRequest): SandboxOperation {
  return json.edit_options === undefined ? 'commit' : 'remove';
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
          'content-type': 'application/problem+json',
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
