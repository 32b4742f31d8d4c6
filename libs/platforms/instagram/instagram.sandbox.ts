import {
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import {
  accessToken,
  accounts,
  addPageForPractice,
  allowForPractice,
  asGraph,
  businesses,
  businessPages,
  caller,
  debugToken,
  deletePermissions,
  errorAnswer,
  graphRoutes,
  type GraphRow,
  LIVE_VERSIONS,
  me,
  permissions,
  revokeForPractice,
  showApps,
  showDialog,
  submitApps,
  submitDialog,
} from '#platforms/meta/sandbox';
import { listComments, writeComment } from './sandbox/comments.js';
import { createContainer, receiveVideo } from './sandbox/containers.js';
import {
  deleteObject,
  listMedia,
  listStories,
  publishContainer,
  publishingLimit,
  readObject,
  searchPlaces,
} from './sandbox/media.js';
import { personalForPractice, showMedia, showProfile, troubleForPractice } from './sandbox/pages.js';
import { CONTAINER_PARAMETERS } from './sandbox/parameters.js';
import { exchangeCode, instagramMe, longLived, refreshed } from './sandbox/sign-in.js';
import { State, type Surface } from './sandbox/state.js';

type Answer = SandboxAnswer | Promise<SandboxAnswer>;
type Handler = (state: State, request: SandboxRequest) => Answer;
type Row = [SandboxRoute['method'], string, SandboxOperation, Handler];

const facebook =
  (handle: (login: State['logins']['facebook'], request: SandboxRequest) => Answer): Handler =>
  (state, request) =>
    handle(state.logins.facebook, request);
const instagram =
  (handle: (login: State['logins']['instagram'], request: SandboxRequest) => Answer): Handler =>
  (state, request) =>
    handle(state.logins.instagram, request);
/** Both logins know the same people. */
const both =
  (handle: (login: State['logins']['facebook'], request: SandboxRequest) => Answer): Handler =>
  async (state, request) => {
    await handle(state.logins.instagram, request);
    return handle(state.logins.facebook, request);
  };

const PAGES: readonly Row[] = [
  ['GET', '/www/:version/dialog/oauth', 'page', facebook(showDialog)],
  ['POST', '/www/:version/dialog/oauth', 'page', facebook(submitDialog)],
  ['GET', '/www/settings/apps', 'page', facebook(showApps)],
  ['POST', '/www/settings/apps', 'page', facebook(submitApps)],
  ['GET', '/instagramWww/oauth/authorize', 'page', instagram(showDialog)],
  ['POST', '/instagramWww/oauth/authorize', 'page', instagram(submitDialog)],
  ['GET', '/instagramWww/settings/apps', 'page', instagram(showApps)],
  ['POST', '/instagramWww/settings/apps', 'page', instagram(submitApps)],
  ['GET', '/instagramWww/p/:code', 'page', showMedia],
  ['GET', '/instagramWww/reel/:code', 'page', showMedia],
  ['GET', '/instagramWww/stories/:username/:id', 'page', showMedia],
  ['GET', '/instagramWww/:username', 'page', showProfile],
  ['POST', '/_practice/revoke', 'page', both(revokeForPractice)],
  ['POST', '/_practice/pages', 'page', both(addPageForPractice)],
  ['POST', '/_practice/allow', 'page', both(allowForPractice)],
  ['POST', '/_practice/trouble', 'page', troubleForPractice],
  ['POST', '/_practice/personal', 'page', personalForPractice],
  ['POST', '/api/oauth/access_token', 'connect', exchangeCode],
  ['GET', '/graph/access_token', 'connect', (state, request) => asGraph(() => longLived(state, request))],
  ['GET', '/graph/refresh_access_token', 'connect', (state, request) => asGraph(() => refreshed(state, request))],
  ['POST', '/rupload/ig-api-upload/:version/:id', 'prepare', receiveVideo],
];

/**
 * Practice Instagram: its consent page at `/instagramWww` and Facebook's at `/www`, the APIs of either login at `/graph` and
 * `/facebookGraph`, uploads at `/rupload`. The app of both is `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    const pages = PAGES.map(([method, path, operation, handle]): SandboxRoute => ({
      method,
      path,
      operation,
      handle: (request) => {
        state.endStories();
        return handle(state, request);
      },
    }));
    return [
      ...pages,
      ...graphRoutes({ ...mounted(state, 'instagram'), mount: '/graph', rows: instagramRows(state) }),
      ...graphRoutes({ ...mounted(state, 'facebook'), mount: '/facebookGraph', rows: facebookRows(state) }),
    ];
  },
  refusal,
};

function mounted(state: State, surface: Surface) {
  return { versions: LIVE_VERSIONS, usage: (request: SandboxRequest) => usageOf(state, surface, request) };
}

/** Calls for an account count towards the limit of that account, all others towards the app's. */
function usageOf(state: State, surface: Surface, { headers }: SandboxRequest): Record<string, string> {
  const login = state.logins[surface];
  const token = login.tokens.get(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
  const page =
    token?.pageId === undefined ? undefined : login.pagesOf(token.userId).find(({ id }) => id === token.pageId);
  const account =
    surface === 'instagram' ? token && state.accountOfPerson(token.userId) : page && state.accountOfPage(page);
  return login.usage.count({ ...(account && { account: account.id }), useCase: 'instagram', code: 80_002 });
}

type Acting = (state: State, surface: Surface, request: SandboxRequest) => Answer;

/** What both APIs have for accounts. */
function accountRows(state: State, surface: Surface): GraphRow[] {
  const row = (
    method: GraphRow['method'],
    path: string,
    operation: SandboxOperation,
    handle: Acting,
    parameters: readonly string[] = [],
  ): GraphRow => ({
    method,
    path,
    operation,
    parameters,
    handle: (request) => {
      state.endStories();
      return handle(state, surface, request);
    },
  });
  const paging = ['limit', 'after', 'before'];
  return [
    row('GET', ':id/content_publishing_limit', 'prepare', publishingLimit, ['since']),
    row('POST', ':id/media', 'prepare', createContainer, CONTAINER_PARAMETERS),
    row('GET', ':id/media', 'read', listMedia, [...paging, 'since', 'until']),
    row('GET', ':id/stories', 'read', listStories, paging),
    row('POST', ':id/media_publish', 'commit', publishContainer, ['creation_id']),
    row('POST', ':id/comments', 'commit', writeComment, ['message']),
    row('GET', ':id/comments', 'read', listComments, paging),
    row('GET', ':id', 'read', readObject),
    row('DELETE', ':id', 'remove', deleteObject),
  ];
}

function instagramRows(state: State): GraphRow[] {
  const self: GraphRow = {
    method: 'GET',
    path: 'me',
    operation: 'connect',
    handle: (request) => instagramMe(state, request),
  };
  return [self, ...accountRows(state, 'instagram')];
}

function facebookRows(state: State): GraphRow[] {
  const login = state.logins.facebook;
  const row = (
    method: GraphRow['method'],
    path: string,
    handle: (state: State['logins']['facebook'], request: SandboxRequest) => SandboxAnswer,
    parameters: readonly string[] = [],
  ): GraphRow => ({ method, path, operation: 'connect', parameters, handle: (request) => handle(login, request) });
  const exchange = ['client_id', 'client_secret', 'redirect_uri', 'code', 'grant_type', 'fb_exchange_token'];
  const paging = ['limit', 'after', 'before'];
  return [
    row('GET', 'oauth/access_token', accessToken, exchange),
    row('POST', 'oauth/access_token', accessToken, exchange),
    row('GET', 'debug_token', debugToken, ['input_token']),
    row('GET', 'me', me),
    row('GET', ':id/accounts', accounts, paging),
    row('GET', ':id/businesses', businesses, paging),
    row('GET', ':id/permissions', permissions, paging),
    row('DELETE', ':id/permissions', deletePermissions),
    { method: 'GET', path: 'pages/search', operation: 'read', parameters: ['q', ...paging], handle: searchPlaces },
    ...accountRows(state, 'facebook').filter(({ path }) => path !== ':id'),
    row('GET', ':id/owned_pages', withEdge('owned_pages'), paging),
    row('GET', ':id/client_pages', withEdge('client_pages'), paging),
    ...accountRows(state, 'facebook')
      .filter(({ path }) => path === ':id')
      .map((object) => (object.method === 'GET' ? { ...object, handle: personOr(state, object) } : object)),
  ];
}

const withEdge =
  (edge: string) =>
  (login: State['logins']['facebook'], request: SandboxRequest): SandboxAnswer =>
    businessPages(login, { ...request, params: { ...request.params, edge } });

/** Of a person it is what `me` is. A dead token is told before anything is looked for. */
function personOr(state: State, row: GraphRow): GraphRow['handle'] {
  const login = state.logins.facebook;
  return (request) => {
    caller(login, request);
    return login.grants.get(request.params.id ?? '') ? me(login, request) : row.handle(request);
  };
}

/**
 * `bad-request` is the vague code 1, the one 400 that says nothing about what happened, since the host also uses it for what was
 * accepted and then denied.
 */
function refusal(kind: RefusalKind, retryAfterSeconds = 0): SandboxAnswer {
  switch (kind) {
    case 'auth':
      return errorAnswer(
        { code: 190, subcode: 463, message: 'Error validating access token: Session has expired.' },
        401,
      );
    case 'rate-limit': {
      const message = '(#80002) There have been too many calls to this Instagram account.';
      // The header counts minutes; a rehearsal does not want to wait for a whole one, so parts of one are sent too.
      return errorAnswer({ code: 80_002, message, transient: true }, 400, retryAfterSeconds / 60);
    }
    case 'unavailable':
      return errorAnswer({ code: 2, message: 'Service temporarily unavailable', transient: true }, 503);
    case 'bad-request':
      return errorAnswer({ code: 1, message: 'An unknown error occurred' });
    case 'content':
      return errorAnswer({
        code: 36_004,
        subcode: 2207010,
        message: 'The caption is too long.',
        user: { title: 'The caption is too long', message: 'Please submit media with a shorter caption.' },
      });
  }
}
