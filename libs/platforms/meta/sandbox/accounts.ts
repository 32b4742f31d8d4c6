import { type Json, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, graphAnswer, noSuchObject } from './answers.js';
import { edge, type Node, project } from './nodes.js';
import { businessIdOf, type LoginState, type Page, userIdOf } from './state.js';
import { caller, type Caller, requireScope, userCaller } from './tokens.js';

/** Small, so that nobody reads one page and takes it for all. */
const PAGE_SIZE = 2;

/** `GET /me` */
export function me(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const { token, grant } = caller(state, request);
  const page = state.pagesOf(token.userId).find(({ id }) => id === token.pageId);
  // Without the permission the field is left out, as where the person has no confirmed address.
  const email = grant.scopes.includes('email') ? grant.email : null;
  const node = page ? { id: page.id, name: page.name } : { id: grant.userId, name: grant.name, email };
  return graphAnswer(200, project(node, request.query.fields ?? 'name', page ? 'Page' : 'User'));
}

/** `GET /{user}/accounts`: the Pages that the person chose in the dialog, without those of a business. */
export function accounts(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const found = userCaller(state, request, request.params.id ?? '');
  requireScope(found.grant, 'pages_show_list');
  const pages = chosenPages(state, found).filter((page) => page.business === undefined);
  const nodes = pages.map((page) => ({ ...pageNode(state, page), tasks: page.tasks }));
  const options = { type: 'Page', pageSize: PAGE_SIZE, defaultFields: 'access_token,name,id,tasks' };
  return graphAnswer(200, edge(nodes, request, found.text, options));
}

/** `GET /{user}/businesses` */
export function businesses(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const found = userCaller(state, request, request.params.id ?? '');
  requireScope(found.grant, 'business_management');
  const names = [...new Set(state.pagesOf(found.token.userId).flatMap(({ business }) => business ?? []))];
  const nodes = names.map((name) => ({ id: businessIdOf(name), name }));
  return graphAnswer(
    200,
    edge(nodes, request, found.text, { type: 'Business', pageSize: PAGE_SIZE, defaultFields: 'id,name' }),
  );
}

/** `GET /{business}/owned_pages` and `client_pages`. Pages have no field `tasks` here. */
export function businessPages(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const { id = '', edge: name } = request.params;
  const found = caller(state, request);
  requireScope(found.grant, 'business_management');
  const pages = state
    .pagesOf(found.token.userId)
    .filter(({ business }) => business !== undefined && businessIdOf(business) === id);
  if (found.token.pageId !== undefined || pages.length === 0) throw noSuchObject('get', id);
  const chosen = new Set(found.grant.pages);
  const nodes = pages
    .filter((page) => page.edge === name)
    .map((page) => ({ ...pageNode(state, page), ...(!chosen.has(page.id) && { access_token: null }) }));
  const options = { type: 'Page', pageSize: PAGE_SIZE, defaultFields: 'name,id' };
  return graphAnswer(200, edge(nodes, request, found.text, options));
}

/** `GET /{user}/permissions` */
export function permissions(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const { grant } = userCaller(state, request, request.params.id ?? '');
  const entry = (status: string) => (permission: string) => ({ permission, status });
  return graphAnswer(200, { data: [...grant.scopes.map(entry('granted')), ...grant.declined.map(entry('declined'))] });
}

/** `DELETE /{user}/permissions`: ends every token of the person, Page tokens too. */
export function deletePermissions(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const { token } = userCaller(state, request, request.params.id ?? '');
  state.removeApp(token.userId);
  return graphAnswer(200, { success: true });
}

/** For the practice alone: gives a person another Page, `{person, name, tasks?, business?, edge?}`. */
export function addPageForPractice(state: LoginState, request: SandboxRequest): SandboxAnswer {
  const { person, name, tasks, business, edge: via } = request.json;
  if (typeof person !== 'string' || typeof name !== 'string') throw badParameter('Give "person" and "name".');
  const page = state.addPage({
    name,
    userId: userIdOf(person),
    ...(tasks !== undefined && { tasks: textsIn(tasks) }),
    ...(typeof business === 'string' && { business, edge: via === 'client_pages' ? via : 'owned_pages' }),
  });
  return { status: 201, body: { id: page.id, name: page.name } };
}

function chosenPages(state: LoginState, { token, grant }: Caller): Page[] {
  return state.pagesOf(token.userId).filter(({ id }) => grant.pages.includes(id));
}

function pageNode(state: LoginState, page: Page): Node {
  return {
    id: page.id,
    name: page.name,
    username: null,
    link: `${state.world.baseUrl}/www/${page.id}`,
    picture: null,
    access_token: state.pageToken(page.userId, page.id),
    ...state.options.pageFields?.(page),
  };
}

/** Narrows JSON to a list of texts. */
function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
