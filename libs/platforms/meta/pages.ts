import { type AccountContext, isJsonObject, type JsonObject, stringField } from '#platforms/core';
import { type GraphClient } from './graph.js';
import { type LoginCredentials } from './login.js';

/** Optional: shows the Pages that a person reaches through a business portfolio alone. */
export const BUSINESS_SCOPE = 'business_management';

/** The task that publishing asks for: https://developers.facebook.com/documentation/pages-api/overview */
export const CREATE_CONTENT = 'CREATE_CONTENT';

/** A Page that the person may publish on, with its own token and every field that was asked for. */
export interface ReachablePage {
  id: string;
  name: string;
  /** Without an expiry date of its own where it came of a long-lived user token. */
  token: string;
  node: JsonObject;
}

/** How Pages are asked for. */
export interface PagesQuery {
  graph: GraphClient;
  /** Fields beside id, name and token: `username,link`. */
  fields: string;
  /** Without this task of the person a Page is left out. */
  task?: string;
}

/**
 * Every Page that this account reaches: its own, and those of its business portfolios where that permission was given.
 * A Page token that comes of a long-lived user token has no expiry date of its own.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 */
export async function pagesOf(ctx: AccountContext, asked: PagesQuery): Promise<ReachablePage[]> {
  const { graph, task = CREATE_CONTENT } = asked;
  const fields = `id,name,access_token,${asked.fields}`;
  const pages = new Map<string, ReachablePage>();
  const withoutTask = new Set<string>();
  const { userToken: token, userId } = loginOf(ctx);
  const own = { operation: 'list Pages', path: `${userId}/accounts`, token };
  for await (const node of graph.edge(ctx, { ...own, query: { fields: `${fields},tasks`, limit: '100' } })) {
    const tasks = Array.isArray(node.tasks) ? node.tasks : [];
    if (tasks.includes(task)) add(pages, node);
    else withoutTask.add(stringField(node, 'id', own.operation));
  }
  for await (const node of businessPages(ctx, graph, fields)) {
    if (!withoutTask.has(stringField(node, 'id', 'list Pages of a business'))) add(pages, node);
  }
  return [...pages.values()];
}

/** Gives every permission back: https://developers.facebook.com/docs/facebook-login/guides/permissions/request-revoke */
export async function revokeLogin(ctx: AccountContext, graph: GraphClient): Promise<void> {
  const { userToken: token, userId } = loginOf(ctx);
  await graph.callForSuccess(ctx, { operation: 'revoke', method: 'DELETE', path: `${userId}/permissions`, token });
}

/**
 * Pages of the person's businesses. Here Facebook names no tasks; a Page token is handed out only to somebody who has a
 * role on the Page, and a missing task shows when something is published.
 */
async function* businessPages(ctx: AccountContext, graph: GraphClient, fields: string): AsyncGenerator<JsonObject> {
  const { userToken: token, userId } = loginOf(ctx);
  if (!(await isGranted(ctx, graph, BUSINESS_SCOPE))) return;
  const operation = 'list businesses';
  const businesses = graph.edge(ctx, { operation, path: `${userId}/businesses`, token, query: { fields: 'id' } });
  for await (const business of businesses) {
    const id = stringField(business, 'id', operation);
    for (const edge of ['owned_pages', 'client_pages']) {
      const query = { fields, limit: '100' };
      yield* graph.edge(ctx, { operation: 'list Pages of a business', path: `${id}/${edge}`, token, query });
    }
  }
}

async function isGranted(ctx: AccountContext, graph: GraphClient, scope: string): Promise<boolean> {
  const { userToken: token, userId } = loginOf(ctx);
  const edge = graph.edge(ctx, { operation: 'list permissions', path: `${userId}/permissions`, token });
  for await (const entry of edge) if (entry.permission === scope && entry.status === 'granted') return true;
  return false;
}

function add(pages: Map<string, ReachablePage>, node: JsonObject): void {
  const token = node.access_token;
  const id = stringField(node, 'id', 'list Pages');
  if (typeof token !== 'string' || pages.has(id)) return;
  pages.set(id, { id, name: stringField(node, 'name', 'list Pages'), token, node });
}

/** The address of a Page's or account's picture, as the field `picture{url}` holds it. */
export function pictureOf(node: JsonObject): string | undefined {
  const url = isJsonObject(node.picture) && isJsonObject(node.picture.data) ? node.picture.data.url : undefined;
  return typeof url === 'string' ? url : undefined;
}

/** What `facebookLogin` kept. Throws where the connection is of another kind. */
export function loginOf(ctx: AccountContext): LoginCredentials {
  const { userToken, userId } = ctx.credentials;
  if (typeof userToken !== 'string' || typeof userId !== 'string') {
    throw new Error('The stored Facebook connection has no user token.');
  }
  return { userToken, userId };
}
