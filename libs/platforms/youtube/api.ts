import { type AccountContext, type JsonObject, MalformedAnswerError, stringField } from '#platforms/core';
import { type Caller, callGoogle, type GoogleCall, googlePages } from '#platforms/google';
import { type Method, useQuota } from './quota.js';

/** As many as a page may hold. https://developers.google.com/youtube/v3/docs/playlists/list (`maxResults`) */
export const PAGE_SIZE = 50;

/** A request to the API: its endpoint and HTTP method follow from what is called. */
export interface ApiCall {
  /** What is done, for people: "read the playlists". */
  operation: string;
  /** What is called, as the documentation and the quota name it. */
  method: Method;
  query?: Readonly<Record<string, string>>;
  body?: JsonObject;
}

/** A JSON object from the API; what it costs is counted. Throws `PlatformHttpError` or `MalformedAnswerError`. */
export async function callYouTube(ctx: Caller, { operation, method, query, body }: ApiCall): Promise<JsonObject> {
  useQuota(ctx, method);
  return callGoogle(ctx, { operation, ...addressOf(method), ...(query && { query }), ...(body && { body }) });
}

/** The pages of a list, each of which costs as much as the first, and no more than `maxPages`. */
export async function* pagesOf(
  ctx: Caller,
  { operation, method, query, maxPages }: Omit<ApiCall, 'body'> & { maxPages: number },
): AsyncGenerator<{ items: JsonObject[]; isLast: boolean }> {
  const { endpoint, path } = addressOf(method);
  const call = { operation, endpoint, path, query: { maxResults: String(PAGE_SIZE), ...query } };
  const pages = googlePages(ctx, { ...call, field: 'items', maxPages });
  for (let page = 1; page <= maxPages; page += 1) {
    useQuota(ctx, method);
    const next = await pages.next();
    if (next.done === true) return;
    yield next.value;
    if (next.value.isLast) return;
  }
}

/** `commentThreads.insert` is `POST /commentThreads`. */
function addressOf(method: Method): Pick<GoogleCall, 'method' | 'endpoint' | 'path'> {
  const [resource = '', verb = ''] = method.split('.');
  return { method: VERBS[verb] ?? 'POST', endpoint: 'api', path: `/${resource}` };
}

const VERBS: Readonly<Record<string, GoogleCall['method']>> = {
  list: 'GET',
  insert: 'POST',
  update: 'PUT',
  delete: 'DELETE',
};

/** The channel that everything is done on. @throws Error where channels are only being listed */
export function channelOf({ channelId }: Pick<AccountContext, 'channelId'>): string {
  if (channelId === undefined) throw new Error('No YouTube channel is chosen.');
  return channelId;
}

/** An id as YouTube gives them: letters, digits, `-` and `_`. */
export function idField(body: JsonObject, field: string, operation: string): string {
  const id = stringField(body, field, operation);
  if (!/^[\w.-]+$/.test(id)) throw new MalformedAnswerError(operation, `"${field}" is no id`);
  return id;
}
