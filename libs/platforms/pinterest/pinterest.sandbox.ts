import {
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import { invalid, notAuthenticated, Refused } from './sandbox/answers.js';
import { listBoards, listPins, listSections, readBoard } from './sandbox/boards.js';
import { showConsent, submitConsent } from './sandbox/consent.js';
import { readMedia, receiveUpload, registerMedia } from './sandbox/media.js';
import { allow, arrange, changeBoard, expire, pinBeside, setAccess } from './sandbox/orders.js';
import { createPin, deletePin, readPin, showPin, updatePin } from './sandbox/pins.js';
import { type Category, countCall, limitReached } from './sandbox/rate.js';
import { State } from './sandbox/state.js';
import { exchange, readAccount, revoke } from './sandbox/tokens.js';

/**
 * Practice Pinterest: the consent page at `/www`, version 5 of the API at `/api`, the storage of uploads at `/upload`. Written
 * from https://developers.pinterest.com/docs/api/v5/introduction; its app is `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [...pages(state), ...orders(state), ...api(state), upload(state), nothingElse()];
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
    route('GET', '/oauth', (_state, request) => showConsent(request)),
    route('POST', '/oauth', submitConsent),
    route('GET', '/pin/:id', showPin),
  ];
}

/** What only a rehearsal can ask for. */
function orders(state: State): SandboxRoute[] {
  const orders: Readonly<Record<string, Handle>> = {
    ...{ expire, access: setAccess, arrange, allow, board: changeBoard, pin: pinBeside },
  };
  return Object.entries(orders).map(([name, handle]) => ({
    method: 'POST',
    path: `/_practice/${name}`,
    operation: 'page',
    handle: (request) => handle(state, request),
  }));
}

/** The operations of the API's description that are known here, each with its `x-ratelimit-category`. */
function api(state: State): SandboxRoute[] {
  const route = (
    method: SandboxRoute['method'],
    path: string,
    operation: SandboxOperation,
    category: Category,
    handle: Handle,
  ): SandboxRoute => ({
    method,
    path: `/api${path}`,
    operation,
    handle: (request) => counted(state, request, category, handle),
  });
  return [
    route('POST', '/oauth/token', 'connect', 'org_read', exchange),
    route('POST', '/oauth/token/revoke', 'connect', 'org_write', revoke),
    route('GET', '/user_account', 'connect', 'org_read', readAccount),
    route('GET', '/boards', 'read', 'org_read', listBoards),
    route('GET', '/boards/:board', 'prepare', 'org_read', readBoard),
    route('GET', '/boards/:board/sections', 'read', 'org_read', listSections),
    route('GET', '/boards/:board/pins', 'read', 'org_read', listPins),
    route('GET', '/boards/:board/sections/:section/pins', 'read', 'org_read', listPins),
    route('POST', '/media', 'prepare', 'org_write', registerMedia),
    route('GET', '/media/:id', 'prepare', 'org_read', readMedia),
    route('POST', '/pins', 'commit', 'org_write', createPin),
    route('GET', '/pins/:id', 'read', 'org_read', readPin),
    route('PATCH', '/pins/:id', 'remove', 'org_write', updatePin),
    route('DELETE', '/pins/:id', 'remove', 'org_write', deletePin),
  ];
}

/** The form of a file belongs to the storage behind, which knows no tokens and counts nothing. */
function upload(state: State): SandboxRoute {
  return {
    method: 'POST',
    path: '/upload',
    operation: 'prepare',
    handle: (request) => receiveUpload(state, request),
  };
}

function nothingElse(): SandboxRoute {
  const message = 'The endpoint does not exist.';
  return {
    method: 'GET',
    path: '/api/{*rest}',
    operation: 'read',
    handle: () => ({ status: 404, body: { code: 404, message } }),
  };
}

/** Every answer says how much is left, refusals too. */
async function counted(
  state: State,
  request: SandboxRequest,
  category: Category,
  handle: Handle,
): Promise<SandboxAnswer> {
  try {
    const headers = countCall(state, request, category);
    const answer = await refusable(() => handle(state, request));
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    if (error instanceof Refused) return error.answer();
    throw error;
  }
}

async function refusable(handle: () => SandboxAnswer | Promise<SandboxAnswer>): Promise<SandboxAnswer> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Refused) return error.answer();
    throw error;
  }
}

/** `bad-request` is one of the statuses that no page explains for new Pins: "An unexpected error response." */
function refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
  switch (kind) {
    case 'auth':
      return notAuthenticated().answer();
    case 'rate-limit':
      return limitReached(retryAfterSeconds);
    case 'unavailable':
      return { status: 503, body: { code: 503, message: 'Service unavailable.' } };
    case 'bad-request':
      return { status: 409, body: { code: 409, message: 'Conflict.' } };
    case 'content':
      return invalid('The Pin was not accepted.').answer();
  }
}
