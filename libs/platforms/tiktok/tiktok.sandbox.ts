import {
  isJsonObject,
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import { invalid, Refused, tokenInvalid, tooManyCalls } from './sandbox/answers.js';
import { showConsent, submitConsent } from './sandbox/consent.js';
import { readCreator, readUser } from './sandbox/creators.js';
import { changeCreator, endSessions, expire, postDraft, refuse, setPace, verify } from './sandbox/orders.js';
import { operationOf, receivePart } from './sandbox/parts.js';
import { beginDraft, beginPhotos, beginPost } from './sandbox/posts.js';
import { type Category, countCall } from './sandbox/rates.js';
import { avatar, postPage } from './sandbox/show.js';
import { State } from './sandbox/state.js';
import { cancel, fetchStatus, listVideos } from './sandbox/status.js';
import { exchange, revoke } from './sandbox/tokens.js';

/**
 * Practice TikTok: the consent page and posts at `/www`, version 2 of the API at `/api`, uploads at `/upload`. Written from
 * https://developers.tiktok.com/doc/content-posting-api-get-started. It has two apps, one that TikTok audited and one that it did not.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [...pages(state), ...orders(state), ...signIn(state), ...api(state), upload(state)];
  },
  refusal,
};

type Handle = (state: State, request: SandboxRequest) => SandboxAnswer | Promise<SandboxAnswer>;

function pages(state: State): SandboxRoute[] {
  const route = (method: 'GET' | 'POST', path: string, handle: Handle): SandboxRoute => ({
    method,
    path: `/www${path}`,
    operation: 'page',
    handle: (request) => handle(state, request),
  });
  return [
    route('GET', '/v2/auth/authorize', (_state, request) => showConsent(request)),
    route('POST', '/v2/auth/authorize', submitConsent),
    route('GET', '/avatar.svg', avatar),
    route('GET', '/:handle/video/:id', postPage),
    route('GET', '/:handle/photo/:id', postPage),
  ];
}

/** What only a rehearsal can ask for. */
function orders(state: State): SandboxRoute[] {
  const known: Readonly<Record<string, Handle>> = {
    ...{ expire, creator: changeCreator, pace: setPace, refuse, sessions: endSessions, verify, post: postDraft },
  };
  return Object.entries(known).map(([name, handle]) => ({
    method: 'POST',
    path: `/_practice/${name}`,
    operation: 'page',
    handle: (request) => handle(state, request),
  }));
}

function signIn(state: State): SandboxRoute[] {
  const known: Readonly<Record<string, Handle>> = { token: exchange, revoke };
  return Object.entries(known).map(([name, handle]) => ({
    method: 'POST',
    path: `/api/oauth/${name}`,
    operation: 'connect',
    handle: (request) => handle(state, request),
  }));
}

/** What is fetched is posted by this request alone; a file only by its last part. */
const beginning = ({ json }: SandboxRequest): SandboxOperation =>
  isJsonObject(json.source_info) && json.source_info.source === 'PULL_FROM_URL' ? 'commit' : 'prepare';

function api(state: State): SandboxRoute[] {
  const route = (
    method: SandboxRoute['method'],
    path: string,
    operation: SandboxRoute['operation'],
    category: Category,
    handle: Handle,
  ): SandboxRoute => ({
    method,
    path: `/api${path}`,
    operation,
    handle: (request) => counted(state, request, category, handle),
  });
  return [
    route('GET', '/user/info', 'connect', 'other', readUser),
    route('POST', '/post/publish/creator_info/query', 'prepare', 'creator', readCreator),
    route('POST', '/post/publish/video/init', beginning, 'init', beginPost),
    route('POST', '/post/publish/inbox/video/init', beginning, 'init', beginDraft),
    route('POST', '/post/publish/content/init', 'commit', 'init', beginPhotos),
    route('POST', '/post/publish/status/fetch', 'read', 'status', fetchStatus),
    route('POST', '/post/publish/cancel', 'remove', 'other', cancel),
    route('POST', '/video/list', 'read', 'other', listVideos),
  ];
}

/** The server of uploads knows no tokens, counts nothing and answers without a body. */
function upload(state: State): SandboxRoute {
  return {
    method: 'PUT',
    path: '/upload/video',
    operation: operationOf,
    handle: (request) => receivePart(state, request),
  };
}

async function counted(
  state: State,
  request: SandboxRequest,
  category: Category,
  handle: Handle,
): Promise<SandboxAnswer> {
  try {
    countCall(state, request, category);
    return await handle(state, request);
  } catch (error) {
    if (error instanceof Refused) return error.answer();
    throw error;
  }
}

/** `bad-request` is one that no page names. TikTok documents no header that says how long to wait. */
function refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
  const hint = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  switch (kind) {
    case 'auth':
      return tokenInvalid().answer();
    case 'rate-limit':
      return tooManyCalls(hint).answer();
    case 'unavailable':
      return new Refused(500, 'internal_error', 'Something went wrong. Please try again later.', hint).answer();
    case 'bad-request':
      return new Refused(409, 'conflict', 'The request could not be completed.').answer();
    case 'content':
      return invalid('The post was not accepted.').answer();
  }
}
