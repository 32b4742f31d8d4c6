import {
  type AccountContext,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  parseJson,
  type PlatformContext,
  PlatformHttpError,
  requestJson,
  stringField,
} from '#platforms/core';

/** What is kept of a sign-in. */
export type PinterestCredentials = { accessToken: string; refreshToken: string };

/** A request to the API. */
export interface ApiCall {
  /** What is done, for people: "read the board". */
  operation: string;
  method: 'GET' | 'POST' | 'PATCH';
  /** Below the version, with a slash before it. */
  path: string;
  query?: Readonly<Record<string, string>>;
  json?: JsonObject;
}

/** As many as a page may hold: https://developers.pinterest.com/docs/reference/pagination/ */
export const PAGE_SIZE = 250;

/** The tokens of a context. */
export function credentialsOf({ credentials }: Pick<AccountContext, 'credentials'>): PinterestCredentials {
  const { accessToken, refreshToken } = credentials;
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string') {
    throw new Error('The stored Pinterest connection has no token.');
  }
  return { accessToken, refreshToken };
}

/** A JSON object from the API. Throws `PlatformHttpError` or `MalformedAnswerError`. */
export async function callApi(
  ctx: PlatformContext & Pick<AccountContext, 'credentials'>,
  { operation, method, path, query = {}, json }: ApiCall,
): Promise<JsonObject> {
  const url = new URL(`${endpointOf(ctx, 'api')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { body } = await requestJson(ctx.fetch, operation, url.href, {
    method,
    headers: {
      authorization: `Bearer ${credentialsOf(ctx).accessToken}`,
      ...(json && { 'content-type': 'application/json' }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  return body;
}

/** `DELETE`, whose answer is empty. */
export async function deleteAt(ctx: AccountContext, operation: string, path: string): Promise<void> {
  const response = await ctx.fetch(`${endpointOf(ctx, 'api')}${path}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${credentialsOf(ctx).accessToken}` },
  });
  await refuseFailure(response, operation);
}

/** Throws `PlatformHttpError` unless the answer is a success, whose content does not matter. */
export async function refuseFailure(response: Response, operation: string): Promise<void> {
  const text = await response.text();
  if (!response.ok) {
    throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, operation);
  }
}

/** A page of a list, and where the next begins. */
export interface Page {
  items: JsonObject[];
  bookmark?: string;
}

/**
 * The pages of a list, one request each, and no more than `maxPages`.
 * https://developers.pinterest.com/docs/reference/pagination/
 */
export async function* pagesOf(
  ctx: AccountContext,
  { operation, path, maxPages }: { operation: string; path: string; maxPages: number },
): AsyncGenerator<Page> {
  let bookmark: string | undefined;
  for (let page = 1; page <= maxPages; page += 1) {
    const query = { page_size: String(PAGE_SIZE), ...(bookmark !== undefined && { bookmark }) };
    const body = await callApi(ctx, { operation, method: 'GET', path, query });
    if (!Array.isArray(body.items)) throw new MalformedAnswerError(operation, '"items" is not a list');
    const next = typeof body.bookmark === 'string' && body.bookmark !== '' ? body.bookmark : undefined;
    if (next !== undefined && next === bookmark) {
      throw new MalformedAnswerError(operation, 'its pages do not come to an end');
    }
    bookmark = next;
    yield { items: body.items.filter(isJsonObject), ...(bookmark !== undefined && { bookmark }) };
    if (bookmark === undefined) return;
  }
}

/** An id of an answer: digits alone, more than a number holds. */
export function idField(body: JsonObject, field: string, operation: string): string {
  const id = stringField(body, field, operation);
  if (!/^\d+$/.test(id)) throw new MalformedAnswerError(operation, `"${field}" is no id`);
  return id;
}
