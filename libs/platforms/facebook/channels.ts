import { type AccountContext, type ChannelInfo, isJsonObject, type JsonObject, stringField } from '#platforms/core';
import { callForSuccess, readEdge } from './graph.js';
import { BUSINESS_SCOPE } from './manifest.js';

const PAGE_FIELDS = 'id,name,username,link,picture{url},access_token';
const CREATE_CONTENT = 'CREATE_CONTENT';

/**
 * Every Page that this account may publish on: its own, and those reached through a business portfolio.
 * A Page token that comes of a long-lived user token has no expiry date of its own.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const channels = new Map<string, ChannelInfo>();
  const withoutTask = new Set<string>();
  const { token, userId } = userOf(ctx);
  const own = { operation: 'list Pages', path: `${userId}/accounts`, token };
  for await (const page of readEdge(ctx, { ...own, query: { fields: `${PAGE_FIELDS},tasks`, limit: '100' } })) {
    const tasks = Array.isArray(page.tasks) ? page.tasks : [];
    if (tasks.includes(CREATE_CONTENT)) add(channels, page);
    else withoutTask.add(stringField(page, 'id', own.operation));
  }
  for await (const page of businessPages(ctx)) {
    if (!withoutTask.has(stringField(page, 'id', 'list Pages of a business'))) add(channels, page);
  }
  return [...channels.values()];
}

/** Gives every permission back: https://developers.facebook.com/docs/facebook-login/guides/permissions/request-revoke */
export async function revoke(ctx: AccountContext): Promise<void> {
  const { token, userId } = userOf(ctx);
  await callForSuccess(ctx, { operation: 'revoke', method: 'DELETE', path: `${userId}/permissions`, token });
}

/**
 * Pages of the person's businesses. Here Facebook names no tasks; a Page token is handed out only to somebody who has a
 * role on the Page, and a missing task shows when something is published.
 */
async function* businessPages(ctx: AccountContext): AsyncGenerator<JsonObject> {
  const { token, userId } = userOf(ctx);
  if (!(await isGranted(ctx, BUSINESS_SCOPE))) return;
  const businesses = readEdge(ctx, {
    operation: 'list businesses',
    path: `${userId}/businesses`,
    token,
    query: { fields: 'id' },
  });
  for await (const business of businesses) {
    const id = stringField(business, 'id', 'list businesses');
    for (const edge of ['owned_pages', 'client_pages']) {
      const query = { fields: PAGE_FIELDS, limit: '100' };
      yield* readEdge(ctx, { operation: 'list Pages of a business', path: `${id}/${edge}`, token, query });
    }
  }
}

async function isGranted(ctx: AccountContext, scope: string): Promise<boolean> {
  const { token, userId } = userOf(ctx);
  const edge = readEdge(ctx, { operation: 'list permissions', path: `${userId}/permissions`, token });
  for await (const entry of edge) if (entry.permission === scope && entry.status === 'granted') return true;
  return false;
}

function add(channels: Map<string, ChannelInfo>, page: JsonObject): void {
  const token = page.access_token;
  const id = stringField(page, 'id', 'list Pages');
  if (typeof token !== 'string' || channels.has(id)) return;
  const picture = isJsonObject(page.picture) && isJsonObject(page.picture.data) ? page.picture.data.url : undefined;
  channels.set(id, {
    id,
    name: stringField(page, 'name', 'list Pages'),
    credentials: { pageToken: token },
    ...(typeof page.username === 'string' && { handle: page.username }),
    ...(typeof page.link === 'string' && { url: page.link }),
    ...(typeof picture === 'string' && { avatarUrl: picture }),
  });
}

function userOf(ctx: AccountContext): { token: string; userId: string } {
  const { userToken, userId } = ctx.credentials;
  if (typeof userToken !== 'string' || typeof userId !== 'string') {
    throw new Error('The stored Facebook connection has no user token.');
  }
  return { token: userToken, userId };
}
